import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';

/** A backup could not be made; the message says why. Nothing is left behind. */
export class BackupError extends Error {
  override name = 'BackupError';
}

/**
 * Copies an embedded database as it is at one moment, while others read and write it. The copy is checked, and appears
 * under its name only when it is whole; only its owner may read it.
 * @param source the database's file
 * @param target the copy's file
 * @param options.overwrite whether a file of that name is replaced
 * @throws {BackupError} where there is no database, the target's name is taken or is the database's own, or the copy
 *   is damaged
 */
export async function backUp(
  source: string,
  target: string,
  { overwrite = false }: { overwrite?: boolean } = {},
): Promise<void> {
  if (!existsSync(source)) throw new BackupError(`There is no database at ${source}`);
  const folder = dirname(resolve(target));
  if (!existsSync(folder)) throw new BackupError(`There is no folder ${folder}`);
  const own = realpathSync(source);
  const named = existsSync(target) ? realpathSync(target) : join(realpathSync(folder), basename(target));
  if (['', '-wal', '-shm', '-journal'].some((ending) => named === own + ending)) {
    throw new BackupError(`${target} belongs to the database itself`);
  }
  if (existsSync(target) && !overwrite) throw new BackupError(taken(target));

  const draft = join(folder, `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  const discard = () => rmSync(draft, { force: true });
  process.once('exit', discard);
  try {
    // SQLite fills an empty file that is there, and leaves its permissions alone.
    closeSync(openSync(draft, 'wx', 0o600));
    await run(source, sqlite3.OPEN_READWRITE, 'VACUUM INTO ?', [draft]);
    await check(draft);
    sync(draft, 'r+');
    publish(draft, target, overwrite);
    sync(folder, 'r');
  } finally {
    discard();
    process.off('exit', discard);
  }
}

function taken(target: string): string {
  return `${target} exists already: choose another name, or say --overwrite`;
}

/** Runs one statement on a connection of its own and gives its rows. */
async function run(
  file: string,
  mode: number,
  sql: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const database = await new Promise<sqlite3.Database>((opened, failed) => {
    const connection: sqlite3.Database = new sqlite3.Database(file, mode, (error) =>
      error ? failed(error) : opened(connection),
    );
  });
  database.configure('busyTimeout', 30_000);
  try {
    return await new Promise((done, failed) => {
      database.all(sql, values, (error, rows) =>
        error ? failed(error) : done(rows as Record<string, unknown>[]),
      );
    });
  } finally {
    await promisify(database.close.bind(database))();
  }
}

/** @throws {BackupError} where the copy is damaged, or rows of it point at none */
async function check(file: string): Promise<void> {
  const found = await run(file, sqlite3.OPEN_READONLY, 'PRAGMA integrity_check');
  const faults = found.map((row) => String(row.integrity_check)).filter((line) => line !== 'ok');
  const orphans = await run(file, sqlite3.OPEN_READONLY, 'PRAGMA foreign_key_check');
  faults.push(...orphans.map(({ table, parent }) => `a row of ${String(table)} lacks its ${String(parent)}`));
  if (faults.length > 0) {
    throw new BackupError(
      `The copy is damaged, and so may the database be:\n${faults.slice(0, 10).join('\n')}`,
    );
  }
}

/** Waits until a file or a folder is on the disk, not only in memory. */
function sync(path: string, flags: string): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Gives the finished copy its name; a name that was taken meanwhile stays as it is. */
function publish(draft: string, target: string, overwrite: boolean): void {
  if (overwrite) return renameSync(draft, target);
  try {
    linkSync(draft, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new BackupError(taken(target), { cause: error });
    // Not every file system has links.
    if (existsSync(target)) throw error;
    renameSync(draft, target);
  }
}
