import { Mutex } from 'async-mutex';
import { type QueryOptions, type QueryOptionsWithType, Sequelize } from 'sequelize';
import sqlite3 from 'sqlite3';
import { transactionOf } from './transaction-context.js';

/** How long a connection waits for a write of another process, in milliseconds. */
const BUSY_TIMEOUT_MS = 30_000;

/** SQLite allows one writer. Writers of this process queue here, in order, instead of failing with `SQLITE_BUSY`. */
export const writer = new Mutex();

/** A connection that waits for writers of other processes, and whose writes do not block readers (WAL). */
class EmbeddedConnection extends sqlite3.Database {
  constructor(file: string, mode: number, done: (error: Error | null) => void) {
    super(file, mode, done);
    this.configure('busyTimeout', BUSY_TIMEOUT_MS);
    this.exec('PRAGMA journal_mode = WAL');
  }
}

/** The driver as Sequelize's `dialectModule` takes it. */
export const embeddedDriver = { ...sqlite3, Database: EmbeddedConnection };

const WRITE = /^\s*(insert|update|delete|replace|create|drop|alter)\b/i;

/** Sequelize on SQLite. A write outside of a transaction queues with the transactions. */
export class EmbeddedSequelize extends Sequelize {
  // Sequelize declares `query` with a dozen overloads; this passes every one of them on.
  override query(
    sql: string | { query: string; values: unknown[] },
    options?: QueryOptions | QueryOptionsWithType<never>,
  ): Promise<never> {
    const send = () => super.query(sql, options as QueryOptionsWithType<never>) as unknown as Promise<never>;
    const text = typeof sql === 'string' ? sql : sql.query;
    return WRITE.test(text) && !transactionOf(options) ? writer.runExclusive(send) : send();
  }
}
