import {
  ConnectionError,
  type Options,
  type QueryOptions,
  type QueryOptionsWithType,
  QueryTypes,
  Sequelize,
} from 'sequelize';
import { config } from '../config.js';
import { parseMysqlUrl } from '../addresses/database.js';
import { causeOf, isOverTime } from './refusals.js';
import { mysqlConnectionOptions } from './connection-options.js';
import { passedGate, statementMs } from './gate.js';
import { type Connection, setUpSession, withLimit } from './mysql-session.js';
import { plainTransactions } from './plain-transactions.js';
import { Replicas } from './replicas.js';
import { transactionOf } from './transaction-context.js';

/** How many requests may wait per connection of the pool. Beyond that, an immediate 503 is better than a long wait. */
const WAITING_PER_CONNECTION = 100;
const OVERLOADED = 'too many requests wait for a connection';

/** The options of every model's table. */
export const define = { timestamps: false, underscored: false, freezeTableName: true };

/** The figures of a connection pool. */
export interface Pool {
  size: number;
  using: number;
  available: number;
  waiting: number;
}

/** An instance's pool. */
export function poolOf(instance: Sequelize): Pool {
  return (instance.connectionManager as unknown as { pool: Pool }).pool;
}

/** Sequelize on MySQL. It sends plain reads to the replica of the request, if it has one. */
class ReplicatedSequelize extends Sequelize {
  // Sequelize declares `query` with a dozen overloads; this passes every one of them on.
  override async query(
    sql: string | { query: string; values: unknown[] },
    options?: QueryOptions | QueryOptionsWithType<never>,
  ): Promise<never> {
    const isRead = options !== undefined && isPlainRead(options);
    const text = isRead && typeof sql === 'string' && passedGate() ? withLimit(sql, statementMs()) : sql;
    const send = () => super.query(text, options as QueryOptionsWithType<never>) as unknown as Promise<never>;
    if (!isRead) return send();
    const copy = (replica: Sequelize) => replica.query(text, { ...options } as QueryOptionsWithType<never>);
    return replicaFirst(copy as (replica: Sequelize) => Promise<never>, send);
  }
}

function isPlainRead(options: QueryOptions): boolean {
  const { lock } = options as { lock?: unknown };
  return options.type === QueryTypes.SELECT && !transactionOf(options) && !lock;
}

/** Reads from the request's replica; from the primary where it has none, or the replica fails. */
export async function replicaFirst<T>(
  onReplica: (replica: Sequelize) => Promise<T>,
  onPrimary: () => Promise<T>,
): Promise<T> {
  const replica = replicas.current();
  if (replica) {
    try {
      return await replica.whileUp(onReplica(replica.sequelize));
    } catch (error) {
      // The primary would take as long.
      if (isOverTime(error)) throw error;
      // Any other error is the statement's own: the primary reports it again.
      if (isConnectionLost(error)) replica.lost(error);
    }
  }
  return onPrimary();
}

function isConnectionLost(error: unknown): error is Error {
  if (error instanceof ConnectionError) return true;
  return error instanceof Error && causeOf(error).fatal === true;
}

/** Opens the primary. */
export function openPrimary(): Sequelize {
  const instance = limited(new ReplicatedSequelize(mysqlOptions(config.DATABASE_URL)));
  plainTransactions(instance);
  return instance;
}

function mysqlOptions(address: string): Options & { keepDefaultTimezone: true } {
  // Each writer of a movie holds a connection while it waits for the others. A writer without one must wait, not fail.
  const acquire = config.DATABASE_TIMEOUT_SECONDS * 1_000;
  const pool = { max: config.DATABASE_POOL_MAX, min: 0, acquire, idle: 60_000 };
  return {
    ...mysqlConnectionOptions(parseMysqlUrl(address)),
    // `setUpSession` sets the time zone, under its time limit.
    keepDefaultTimezone: true,
    logging: false,
    define,
    pool,
  };
}

/** Limits the time of every statement, and the number of requests that wait for a connection. */
function limited(instance: Sequelize): Sequelize {
  instance.addHook('afterConnect', async (connection) => {
    try {
      await setUpSession(connection as Connection);
    } catch (error) {
      (connection as { destroy(): void }).destroy();
      throw error;
    }
  });
  const maxWaiting = config.DATABASE_POOL_MAX * WAITING_PER_CONNECTION;
  instance.addHook('beforePoolAcquire', () => {
    if (poolOf(instance).waiting >= maxWaiting) throw new ConnectionError(new Error(OVERLOADED));
  });
  return instance;
}

/** The read replicas, if any are configured. */
export const replicas = new Replicas(
  config.DATABASE_REPLICA_URLS.map((url) => {
    const address = parseMysqlUrl(url);
    return [`${address.host}:${address.port}`, limited(new Sequelize(mysqlOptions(url))), address];
  }),
);
