import type { RowDataPacket } from 'mysql2/promise';
import { sqlite3 } from './sqlite3.js';
import { ownerOnly } from './owner-only.js';
import type { MysqlAddress } from '../addresses/database.js';
import { databaseFile, databaseId, primaryAddress } from './connection-options.js';
import { openMysqlConnection } from './mysql-connection.js';
import { CONNECT_MS } from './mysql-session.js';

/** How long to wait for another process that migrates, in seconds: a large table takes long. */
const WAIT_SECONDS = 3_600;

/** Releases the lock. */
export type Release = () => Promise<void>;

/**
 * Locks this database against migrations and seeding by other processes; waits for those that run. The lock belongs to a
 * connection, so it ends with the process in any case.
 * @throws where the database does not answer, or another process holds the lock for an hour
 */
export function lockMigrations(): Promise<Release> {
  return primaryAddress ? lockServer(primaryAddress) : lockFile(databaseFile as string);
}

async function lockServer(address: MysqlAddress): Promise<Release> {
  const connection = await openMysqlConnection(address, { connectTimeout: CONNECT_MS });
  // Lock names are shared by the whole server and have at most 64 characters.
  const name = `marquee-migrations-${databaseId}`;
  const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS got', [
    name,
    WAIT_SECONDS,
  ]);
  if (rows[0]?.got !== 1) {
    connection.destroy();
    throw new Error('another process is migrating this database');
  }
  return () => connection.end();
}

/** Locks a file beside the database by an SQLite transaction: one on the database itself would block its readers. */
function lockFile(file: string): Promise<Release> {
  return new Promise((resolve, reject) => {
    const lock = new sqlite3.Database(ownerOnly(`${file}-migrating`), (opening) => {
      if (opening) {
        reject(opening);
        return;
      }
      lock.configure('busyTimeout', WAIT_SECONDS * 1_000);
      lock.exec('BEGIN EXCLUSIVE', (error) => {
        if (error) reject(error);
        else resolve(() => new Promise((done) => lock.close(() => done())));
      });
    });
  });
}
