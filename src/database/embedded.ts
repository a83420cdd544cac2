import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { Mutex } from 'async-mutex';
import { type QueryOptions, type QueryOptionsWithType, Sequelize } from 'sequelize';
import sqlite3 from 'sqlite3';
import { transactionOf } from './transaction-context.js';

/** How long a connection waits for a write of another process, in milliseconds. */
const BUSY_TIMEOUT_MS = 30_000;

/** SQLite allows one writer. Writers of this process queue here, in order, instead of failing with `SQLITE_BUSY`. */
export const writer = new Mutex();

/** The mode of a file, and of a folder, that only its owner can read. */
const OWNER_FILE = 0o600;
const OWNER_FOLDER = 0o700;

/** The files that this process has seen to: Sequelize opens a connection for each transaction. */
const secured = new Set<string>();

/**
 * Makes a database's file readable by its owner alone, and creates it if need be; SQLite gives its other files the same
 * mode.
 * @returns the file
 */
export function ownerOnly(file: string): string {
  if (secured.has(file)) return file;
  secured.add(file);
  mkdirSync(dirname(file), { recursive: true, mode: OWNER_FOLDER });
  closeSync(openSync(file, 'a', OWNER_FILE));
  for (const name of [file, `${file}-wal`, `${file}-shm`]) {
    try {
      chmodSync(name, OWNER_FILE);
    } catch {
      // There is none, or another user owns it.
    }
  }
  return file;
}

/** A connection that waits for writers of other processes, and whose writes do not block readers (WAL). */
class EmbeddedConnection extends sqlite3.Database {
  constructor(file: string, mode: number, done: (error: Error | null) => void) {
    super(ownerOnly(file), mode, done);
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
