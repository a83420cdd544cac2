import { AsyncLocalStorage } from 'node:async_hooks';
import { Mutex } from 'async-mutex';
import { type QueryOptions, type QueryOptionsWithType, Sequelize, Transaction } from 'sequelize';
import sqlite3 from 'sqlite3';
import { config } from './config.js';

/** How long a connection waits for another process's write to an embedded database, in milliseconds. */
const BUSY_TIMEOUT_MS = 30_000;

/** The two kinds of database that Marquee speaks. */
export type Dialect = 'sqlite' | 'mysql';

export const dialect: Dialect = config.DATABASE_URL.startsWith('sqlite:') ? 'sqlite' : 'mysql';

/** The embedded database's file, or null with MySQL. */
export const databaseFile =
  dialect === 'sqlite' ? config.DATABASE_URL.replace(/^sqlite:(\/\/(?=\/))?/, '') : null;

/** Carries the open transaction along the asynchronous calls made within it, as Sequelize's `useCLS` asks. */
const contexts = new AsyncLocalStorage<Map<string, unknown>>();
Sequelize.useCLS({
  run: (work: (context: unknown) => unknown) =>
    contexts.run(new Map(contexts.getStore()), () => work(contexts.getStore())),
  get: (key: string) => contexts.getStore()?.get(key),
  set: (key: string, value: unknown) => contexts.getStore()?.set(key, value),
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
        dialectOptions: { charset: 'utf8mb4', connectTimeout: 10_000 },
      };

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

function connect(): Sequelize {
  const define = { timestamps: false, underscored: false, freezeTableName: true };
  if (dialect === 'sqlite') {
    const dialectModule = { ...sqlite3, Database: EmbeddedConnection };
    return new EmbeddedSequelize({ ...connectionOptions, dialectModule, logging: false, define });
  }
  // Writers of one movie wait for each other with a connection each: who finds none left is to wait, not to fail.
  const pool = { max: config.DATABASE_POOL_MAX, min: 0, acquire: 30_000, idle: 60_000 };
  const instance = new Sequelize({ ...connectionOptions, logging: false, define, pool });
  instance.addHook('afterConnect', async (connection) => {
    const session = connection as { promise(): { query(sql: string): Promise<unknown> } };
    // Gap locks of the default level would make reviewers of neighbouring movies deadlock.
    await session.promise().query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await session
      .promise()
      .query(
        "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
      );
  });
  return instance;
}

/** The connection that every model uses. */
export const sequelize = connect();

/** The transaction that the calling code runs in, or null. */
export function currentTransaction(): Transaction | null {
  return (contexts.getStore()?.get('transaction') as Transaction | undefined) ?? null;
}

/**
 * Runs `work` in a transaction: what it writes is there whole or not at all. Every query in it joins by itself.
 * Within a transaction it joins that one, so models can ask for one without knowing their caller's.
 * @returns what `work` returns
 * @throws whatever `work` throws, after everything is rolled back
 */
export async function transaction<T>(work: () => Promise<T>): Promise<T> {
  if (currentTransaction()) return work();
  if (dialect === 'mysql') return sequelize.transaction(work);
  return writer.runExclusive(() => sequelize.transaction({ type: Transaction.TYPES.IMMEDIATE }, work));
}

/** Runs `work` outside the caller's transaction, for what must not be undone with it or outlives it. */
export function outsideTransaction<T>(work: () => Promise<T>): Promise<T> {
  return contexts.run(new Map(), work);
}

/** Closes every connection; waits for the running queries. */
export async function closeDatabase(): Promise<void> {
  await sequelize.close();
}
