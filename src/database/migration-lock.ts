import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import sqlite3 from 'sqlite3';
import { databaseFile, databaseId, type MysqlAddress, primaryAddress } from './connection-options.js';
import { openMysqlConnection } from './mysql-connection.js';
import { CONNECT_MS } from './mysql-session.js';

/** How long one waits for another that migrates, in seconds: a big table may take a while. */
const PATIENCE_SECONDS = 3_600;

/** Gives the lock back. */
export type Release = () => Promise<void>;

/**
 * Waits until no other process migrates or seeds this database, and keeps others from it. The lock is a connection's:
 * it ends with the process, however that ends.
 * @throws where the database does not answer, or another has held the lock for an hour
 */
export function lockMigrations(): Promise<Release> {
  return primaryAddress ? lockServer(primaryAddress) : lockFile(databaseFile as string);
}

async function lockServer(address: MysqlAddress): Promise<Release> {
  const connection = await openMysqlConnection(address, { connectTimeout: CONNECT_MS });
  // The name is the whole server's, and of at most 64 characters.
  const name = `marquee-migrations-${databaseId}`;
  const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS got', [
    name,
    PATIENCE_SECONDS,
  ]);
  if (rows[0]?.got !== 1) {
    connection.destroy();
    throw new Error('another process is migrating this database');
  }
  return () => connection.end();
}

/** SQLite's own lock, on a file beside the database: a transaction on the database itself would shut out its readers. */
function lockFile(file: string): Promise<Release> {
  mkdirSync(dirname(file), { recursive: true });
  return new Promise((resolve, reject) => {
    const lock = new sqlite3.Database(`${file}-migrating`, (opening) => {
      if (opening) {
        reject(opening);
        return;
      }
      lock.configure('busyTimeout', PATIENCE_SECONDS * 1_000);
      lock.exec('BEGIN EXCLUSIVE', (error) => {
        if (error) reject(error);
        else resolve(() => new Promise((done) => lock.close(() => done())));
      });
    });
  });
}
