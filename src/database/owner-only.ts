import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** The mode of a file, and of a folder, that only its owner can read. */
export const OWNER_FILE = 0o600;
export const OWNER_FOLDER = 0o700;

/** The files that this process has seen to: several connections open each. */
const secured = new Set<string>();

/** Makes the folder of a file, for its owner alone, where there is none. Node's own `recursive` does not end below /proc. */
export function makeFolderOf(file: string): void {
  const folder = dirname(file);
  if (existsSync(folder)) return;
  makeFolderOf(folder);
  try {
    mkdirSync(folder, OWNER_FOLDER);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * Makes a database's file readable by its owner alone, and creates it if need be; SQLite gives its other files the same
 * mode.
 * @returns the file
 */
export function ownerOnly(file: string): string {
  if (secured.has(file)) return file;
  secured.add(file);
  makeFolderOf(file);
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
