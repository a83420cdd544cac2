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
import { OWNER_FILE } from './owner-only.js';
import { type Database, sqlite3 } from './sqlite3.js';

/** A backup failed; the message says why. No file is left behind. */
export class BackupError extends Error {
  override name = 'BackupError';
}

/**
 * Copies a snapshot of an embedded database that may be in use. The copy is checked, appears under its name only when it
 * is complete, and is readable only by its owner.
 * @param source the database file
 * @param target the file of the copy
 * @param options.overwrite whether to replace an existing file
 * @throws {BackupError} where there is no database, the target exists or belongs to the database, or the copy is damaged
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
  await writeWhole(target, { overwrite }, async (draft) => {
    await run(source, sqlite3.OPEN_READWRITE, 'VACUUM INTO ?', [draft]);
    await checkCopy(draft);
  });
}

/**
 * Writes a file that only its owner can read, and that appears under its name only when it is whole and on the disk.
 * @param write fills the empty file that it is given
 * @throws {BackupError} where there is no folder, or the file exists and is not to be overwritten
 */
export async function writeWhole(
  target: string,
  { overwrite }: { overwrite: boolean },
  write: (draft: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(resolve(target));
  if (!existsSync(folder)) throw new BackupError(`There is no folder ${folder}`);
  if (existsSync(target) && !overwrite) throw new BackupError(taken(target));
  const draft = join(folder, `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  const discard = () => rmSync(draft, { force: true });
  process.once('exit', discard);
  try {
    // SQLite fills an existing empty file and keeps its permissions.
    closeSync(openSync(draft, 'wx', OWNER_FILE));
    await write(draft);
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

/** Runs one statement on a connection of its own and returns its rows. */
async function run(
  file: string,
  mode: number,
  sql: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const database = await new Promise<Database>((opened, failed) => {
    const connection: Database = new sqlite3.Database(file, mode, (error) =>
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

/** @throws {BackupError} where the copy is damaged, or a foreign key in it points nowhere */
export async function checkCopy(file: string): Promise<void> {
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

/** Flushes a file or a folder to the disk. */
function sync(path: string, flags: string): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Gives the finished copy its name. Without `overwrite` a file that has appeared meanwhile is kept. */
function publish(draft: string, target: string, overwrite: boolean): void {
  if (overwrite) return renameSync(draft, target);
  try {
    linkSync(draft, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new BackupError(taken(target), { cause: error });
    // Not every file system has hard links.
    if (existsSync(target)) throw error;
    renameSync(draft, target);
  }
}
