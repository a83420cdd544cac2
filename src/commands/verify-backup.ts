import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MysqlAddress } from '../addresses/database.js';
import { config } from '../config.js';
import { checkCopy } from '../database/backup.js';
import { databaseFile, primaryAddress } from '../database/connection-options.js';
import { restore } from '../database/dump.js';
import { openMysqlConnection } from '../database/mysql-connection.js';
import { CONNECT_MS } from '../database/mysql-session.js';
import { ROOT } from '../project-root.js';

/**
 * Restores a backup beside the database, runs `ratings verify` on it, and removes it.
 * @param signal ends it early: what was restored is removed, too
 * @returns the status of `ratings verify`
 * @throws {BackupError} where the backup cannot be restored; the signal's reason
 */
export async function verifyBackup(file: string, signal: AbortSignal): Promise<number> {
  try {
    return await (databaseFile === null ? verifyDump(file, signal) : verifyCopy(file, signal));
  } catch (error) {
    // A program that was ended says something else.
    signal.throwIfAborted();
    throw error;
  }
}

/** Verifies a copy of the copy: a connection would change it. */
async function verifyCopy(file: string, signal: AbortSignal): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-verify-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const copy = join(folder, 'copy.sqlite');
    copyFileSync(file, copy);
    await checkCopy(copy);
    return await verifyRatings(`sqlite:${copy}`, signal);
  } finally {
    remove();
    process.off('exit', remove);
  }
}

async function verifyDump(file: string, signal: AbortSignal): Promise<number> {
  const address = primaryAddress as MysqlAddress;
  const database = `${address.database.slice(0, 48)}_verify_${randomBytes(4).toString('hex')}`;
  const { database: _own, ...server } = address;
  const connection = await openMysqlConnection(server as MysqlAddress, { connectTimeout: CONNECT_MS });
  try {
    await connection.query(`CREATE DATABASE \`${database}\` CHARACTER SET utf8mb4`);
    try {
      await restore({ url: config.DATABASE_URL, database }, file, signal);
      const url = config.DATABASE_URL.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${database}`);
      return await verifyRatings(url, signal);
    } finally {
      await connection.query(`DROP DATABASE \`${database}\``);
    }
  } finally {
    await connection.end();
  }
}

/** Runs `ratings verify` on a database in a process of its own. */
function verifyRatings(url: string, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const program = join(ROOT, 'dist', 'src', 'commands', 'ratings.js');
  const env = { ...process.env, DATABASE_URL: url };
  const child = spawn(process.execPath, [program, 'verify'], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    signal,
    // It may wait for a statement that takes long. It only reads.
    killSignal: 'SIGKILL',
  });
  return new Promise((resolve, reject) => {
    let failure: Error | undefined;
    child.once('error', (error) => (failure = error));
    // After an error too, unless it could not be started.
    child.once('close', (code) => (failure ? reject(failure) : resolve(code ?? 1)));
  });
}
