import { AsyncLocalStorage } from 'node:async_hooks';
import { Mutex } from 'async-mutex';
import {
  ConnectionError,
  DatabaseError,
  type Options,
  type QueryOptions,
  type QueryOptionsWithType,
  QueryTypes,
  Sequelize,
  Transaction,
} from 'sequelize';
import sqlite3 from 'sqlite3';
import { config } from '../config.js';
import { log } from '../log.js';
import { plainTransactions } from './plain-transactions.js';
import { Replicas } from './replicas.js';
import { Scope } from './async-scope.js';
import { type Connection, CONNECT_MS, setUpSession, withoutLimit } from './mysql-session.js';

/** How long a connection waits for another process's write to an embedded database, in milliseconds. */
const BUSY_TIMEOUT_MS = 30_000;

/**
 * How many statements a connection keeps prepared, those used last: by filters and orders a client can ask for thousands,
 * and the server has 16,382 for all connections together.
 */
const PREPARED_PER_CONNECTION = 100;

/** How many may wait for each connection of the pool: who comes then is better told at once than kept waiting. */
const WAITING_PER_CONNECTION = 100;
const OVERLOADED = 'too many requests wait for a connection';

/** The two kinds of database that Marquee speaks. */
export type Dialect = 'sqlite' | 'mysql';

export const dialect: Dialect = config.DATABASE_URL.startsWith('sqlite:') ? 'sqlite' : 'mysql';

/** The embedded database's file, or null with MySQL. */
export const databaseFile =
  dialect === 'sqlite' ? config.DATABASE_URL.replace(/^sqlite:(\/\/(?=\/))?/, '') : null;

/** Carries the open transaction along the asynchronous calls made within it, as Sequelize's `useCLS` asks. */
const contexts = new Scope<Map<string, unknown>>();
Sequelize.useCLS({
  run: (work: (context: unknown) => unknown) =>
    contexts.run(new Map(contexts.get()), () => work(contexts.get())),
  get: (key: string) => contexts.get()?.get(key),
  set: (key: string, value: unknown) => contexts.get()?.set(key, value),
  bind: <F extends (...args: never[]) => unknown>(work: F) => AsyncLocalStorage.bind(work),
});

/** SQLite has one writer: in this process writers wait here, in order, and not on `SQLITE_BUSY`. */
const writer = new Mutex();

/** A connection that waits for writers of other processes and lets readers read while one writes. */
class EmbeddedConnection extends sqlite3.Database {
  constructor(file: string, mode: number, done: (error: Error | null) => void) {
    super(file, mode, done);
    this.configure('busyTimeout', BUSY_TIMEOUT_MS);
    this.exec('PRAGMA journal_mode = WAL');
  }
}

const WRITE = /^\s*(insert|update|delete|replace|create|drop|alter)\b/i;

/** Sequelize on SQLite, where single writes queue up with the transactions. */
class EmbeddedSequelize extends Sequelize {
  // Sequelize declares `query` with a dozen overloads; this passes every one of them on.
  override query(
    sql: string | { query: string; values: unknown[] },
    options?: QueryOptions | QueryOptionsWithType<never>,
  ): Promise<never> {
    const send = () => super.query(sql, options as QueryOptionsWithType<never>) as unknown as Promise<never>;
    const text = typeof sql === 'string' ? sql : sql.query;
    const joined = options?.transaction === undefined ? currentTransaction() : options.transaction;
    return WRITE.test(text) && !joined ? writer.runExclusive(send) : send();
  }
}

/** The options that Sequelize, and sequelize-cli too, open the database with. */
export const connectionOptions =
  dialect === 'sqlite'
    ? { dialect, storage: databaseFile as string }
    : {
        dialect,
        ...parseMysqlUrl(config.DATABASE_URL),
        timezone: '+00:00',
        dialectOptions: {
          charset: 'utf8mb4',
          connectTimeout: CONNECT_MS,
          maxPreparedStatements: PREPARED_PER_CONNECTION,
          // Sequelize's own way would wrap every value of every row in a function; for the types here the result is the same.
          typeCast: true,
        },
      };

/** The parts of the address of a MySQL database. */
function parseMysqlUrl(address: string) {
  const url = new URL(address);
  return {
    host: url.hostname,
    port: Number(url.port || 3306),
    database: decodeURIComponent(url.pathname.slice(1)),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}

const define = { timestamps: false, underscored: false, freezeTableName: true };

/** Sequelize on MySQL: what may be read from a replica is. */
class ReplicatedSequelize extends Sequelize {
  // Sequelize declares `query` with a dozen overloads; this passes every one of them on.
  override async query(
    sql: string | { query: string; values: unknown[] },
    options?: QueryOptions | QueryOptionsWithType<never>,
  ): Promise<never> {
    const send = () => super.query(sql, options as QueryOptionsWithType<never>) as unknown as Promise<never>;
    if (!options || !isPlainRead(options)) return send();
    const copy = (replica: Sequelize) => replica.query(sql, { ...options } as QueryOptionsWithType<never>);
    return replicaFirst(copy as (replica: Sequelize) => Promise<never>, send);
  }
}

/** Reads from the replica that was chosen for this request; from the primary where there is none, or it fails. */
async function replicaFirst<T>(
  onReplica: (replica: Sequelize) => Promise<T>,
  onPrimary: () => Promise<T>,
): Promise<T> {
  const replica = replicas.current();
  if (replica) {
    try {
      return await onReplica(replica.sequelize);
    } catch (error) {
      // What is wrong with the statement itself the primary will say again.
      if (isConnectionLost(error)) replica.lost(error);
    }
  }
  return onPrimary();
}

function isPlainRead(options: QueryOptions): boolean {
  const joined = options.transaction === undefined ? currentTransaction() : options.transaction;
  const { lock } = options as { lock?: unknown };
  return options.type === QueryTypes.SELECT && !joined && !lock;
}

function isConnectionLost(error: unknown): error is Error {
  if (error instanceof ConnectionError) return true;
  const cause = error instanceof DatabaseError ? error.original : error;
  return (cause as { fatal?: boolean } | undefined)?.fatal === true;
}

function connect(): Sequelize {
  if (dialect === 'mysql') {
    const instance = limited(new ReplicatedSequelize(mysqlOptions(config.DATABASE_URL)));
    plainTransactions(instance);
    return instance;
  }
  const dialectModule = { ...sqlite3, Database: EmbeddedConnection };
  return new EmbeddedSequelize({ ...connectionOptions, dialectModule, logging: false, define });
}

function mysqlOptions(address: string): Options & { keepDefaultTimezone: true } {
  // Writers of one movie wait for each other with a connection each: who finds none left is to wait, not to fail.
  const acquire = config.DATABASE_TIMEOUT_SECONDS * 1_000;
  const pool = { max: config.DATABASE_POOL_MAX, min: 0, acquire, idle: 60_000 };
  // `setUpSession` sets the time zone, under its limit of time.
  return {
    ...connectionOptions,
    ...parseMysqlUrl(address),
    keepDefaultTimezone: true,
    logging: false,
    define,
    pool,
  };
}

/** Bounds the time of every statement, and how many wait for a connection. */
function limited(instance: Sequelize): Sequelize {
  instance.addHook('afterConnect', async (connection) => {
    try {
      await setUpSession(connection as Connection);
    } catch (error) {
      (connection as { destroy(): void }).destroy();
      throw error;
    }
  });
  const most = config.DATABASE_POOL_MAX * WAITING_PER_CONNECTION;
  instance.addHook('beforePoolAcquire', () => {
    if (poolOf(instance).waiting >= most) throw new ConnectionError(new Error(OVERLOADED));
  });
  return instance;
}

/** The read replicas; none where none are configured. */
const replicas = new Replicas(
  config.DATABASE_REPLICA_URLS.map((address) => {
    const { username, ...where } = parseMysqlUrl(address);
    const instance = limited(new Sequelize(mysqlOptions(address)));
    return [`${where.host}:${where.port}`, instance, { ...where, user: username }];
  }),
);

/**
 * Lets what `work` reads come from a replica, where there is one: it may be behind. Whatever is locked, written or read
 * in a transaction is the primary's, as is everything outside this function.
 */
export function readingFromReplica<T>(work: () => Promise<T>): Promise<T> {
  return replicas.reading(work);
}

/** What a pool of connections says of itself. */
export interface Pool {
  size: number;
  using: number;
  available: number;
  waiting: number;
}

function poolOf(instance: Sequelize): Pool {
  return (instance.connectionManager as unknown as { pool: Pool }).pool;
}

/** The connection that every model uses. */
export const sequelize = connect();

/** The connections to the primary, as they stand; null with the embedded database, which has no pool. */
export const pool: Pool | null = dialect === 'mysql' ? poolOf(sequelize) : null;

/** The transaction that the calling code runs in, or null. */
export function currentTransaction(): Transaction | null {
  return (contexts.get()?.get('transaction') as Transaction | undefined) ?? null;
}

/** Whether the calling code reads from the primary, outside of transactions. */
export function isPlainPrimary(): boolean {
  return !currentTransaction() && !replicas.current();
}

/**
 * Lends the driver's connection to read with: the open transaction's, else one of the pool of the replica that was chosen
 * for this request, else of the primary's. What is read must be plain, without locks.
 * @throws whatever `work` throws; {ConnectionError} where no connection is to be had
 */
export function lendForReading<T>(work: (connection: unknown) => Promise<T>): Promise<T> {
  const holder = currentTransaction() as (Transaction & { connection: unknown }) | null;
  if (holder) return work(holder.connection);
  if (!replicas.current()) return lend(sequelize, work);
  return replicaFirst(
    (replica) => lend(replica, work),
    () => lend(sequelize, work),
  );
}

async function lend<T>(instance: Sequelize, work: (connection: unknown) => Promise<T>): Promise<T> {
  const { connectionManager } = instance;
  const connection = await connectionManager.getConnection({ type: 'read' });
  try {
    return await work(connection);
  } finally {
    if (dialect === 'mysql') connectionManager.releaseConnection(connection);
  }
}

/** What a database says of a transaction that lost against another one: nothing of it is there. */
const DEADLOCK = 'ER_LOCK_DEADLOCK';
/** What a Galera node says while it is no part of its cluster, or catches up with it. */
const NOT_READY = 'ER_UNKNOWN_COM_ERROR';

/** What ends an attempt that `beginAnew` gave up. */
class Overtaken extends Error {
  readonly code = 'OVERTAKEN';
}

/** The open attempts of transactions that may be given up and run again. */
const repeatables = new WeakSet<Transaction>();

/**
 * Gives the running transaction up, to run again, where it is repeatable. For who finds that what it looked at has changed
 * before it was locked, and would have to lock something else out of turn now; where it returns, that must be.
 */
export function beginAnew(): void {
  const holder = currentTransaction();
  if (holder && repeatables.has(holder)) throw new Overtaken();
}

const RETRIES = 20;
/** The longest pause before a retry, in milliseconds; it doubles from the first on. */
const LONGEST_PAUSE_MS = 400;

/**
 * Runs `work` in a transaction: what it writes is there whole or not at all. Every query in it joins by itself.
 * Within a transaction it joins that one, so models can ask for one without knowing their caller's.
 * @param options.repeatable whether the whole of `work` may be run again after the database has rolled it back for
 *   another's sake, as Galera does at a commit, or `beginAnew` has given it up. It may where it begins anew each time: it
 *   loads or makes every record that it writes (one that was written once takes itself for saved), and does nothing
 *   outside the database.
 * @returns what `work` returns
 * @throws whatever `work` throws, after everything is rolled back
 */
export async function transaction<T>(
  work: () => Promise<T>,
  { repeatable = false }: { repeatable?: boolean } = {},
): Promise<T> {
  if (currentTransaction()) return work();
  if (dialect === 'sqlite')
    return writer.runExclusive(() => sequelize.transaction({ type: Transaction.TYPES.IMMEDIATE }, work));
  for (let attempt = 1; ; attempt += 1) {
    let committing = false;
    try {
      return await sequelize.transaction(async (holder) => {
        if (repeatable && attempt <= RETRIES) repeatables.add(holder);
        const result = await work();
        committing = true;
        return result;
      });
    } catch (error) {
      if (!repeatable || attempt > RETRIES || !isUndone(error, committing)) throw error;
      log.warn({ attempt, reason: codeOf(error) }, 'a transaction lost against another and is run again');
      await pause(attempt);
    }
  }
}

/**
 * Whether the database has surely undone a failed transaction, and another attempt may succeed. A node that is not
 * ready has refused a statement, but of a commit it might have told the others before it left them.
 */
function isUndone(error: unknown, committing: boolean): boolean {
  const code = codeOf(error);
  return error instanceof Overtaken || code === DEADLOCK || (code === NOT_READY && !committing);
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof Overtaken) return error.code;
  return error instanceof DatabaseError ? (error.original as { code?: string }).code : undefined;
}

/** Waits, each time longer and never as long as another does: who collided must not do so again in step. */
function pause(attempt: number): Promise<void> {
  const longest = Math.min(LONGEST_PAUSE_MS, 5 * 2 ** attempt);
  return new Promise((resolve) => {
    setTimeout(resolve, Math.random() * longest);
  });
}

/** Lets the statements of `work` take as long as they need, past the limit of time; within a transaction alone. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const holder = currentTransaction() as (Transaction & { connection: Connection }) | null;
  return dialect === 'mysql' && holder ? withoutLimit(holder.connection, work) : work();
}

/** Runs `work` outside the caller's transaction, for what must not be undone with it or outlives it. */
export function outsideTransaction<T>(work: () => Promise<T>): Promise<T> {
  return contexts.run(new Map(), work);
}

/** Closes every connection; waits for the running queries. */
export async function closeDatabase(): Promise<void> {
  await replicas.close();
  await sequelize.close();
}
