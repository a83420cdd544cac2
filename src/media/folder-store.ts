import { randomUUID } from 'node:crypto';
import { mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { OWNER_FILE, OWNER_FOLDER } from '../database/owner-only.js';
import { type MediaStore, StoreError, type StoredFile } from './media-store.js';

/** Error codes of a disk or quota without room. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** The prefix of files that are being written. */
const DRAFT = '.draft-';

/** Files in a folder, in a subfolder for each two first digits of a name, so that no folder has millions. */
export class FolderStore implements MediaStore {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  async put(name: string, content: Buffer): Promise<void> {
    const file = this.#path(name);
    const draft = join(dirname(file), `${DRAFT}${randomUUID()}`);
    await attempt(async () => {
      await mkdir(dirname(file), { recursive: true, mode: OWNER_FOLDER });
      try {
        await writeDurably(draft, content);
        await rename(draft, file);
        await syncFolder(dirname(file));
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined);
        throw error;
      }
    });
  }

  async read(name: string): Promise<Buffer | null> {
    return attempt(() => unlessMissing(readFile(this.#path(name))));
  }

  async has(name: string): Promise<boolean> {
    return attempt(async () => (await unlessMissing(stat(this.#path(name)))) !== null);
  }

  async remove(name: string): Promise<void> {
    await attempt(() => rm(this.#path(name), { force: true }));
  }

  async *list(): AsyncGenerator<StoredFile> {
    const folders = await attempt(() => unlessMissing(opendir(this.folder)));
    if (!folders) return;
    for await (const folder of folders) {
      if (!folder.isDirectory() || !/^[0-9a-f]{2}$/.test(folder.name)) continue;
      for await (const { name } of await attempt(() => opendir(join(this.folder, folder.name)))) {
        const inFolder = name.startsWith(DRAFT) ? join(folder.name, name) : name;
        const info = await attempt(() => unlessMissing(stat(this.#path(inFolder))));
        if (info?.isFile()) yield { name: inFolder, modified: info.mtime };
      }
    }
  }

  /** A file's place; drafts are listed with their folder. */
  #path(name: string): string {
    return name.includes('/') ? join(this.folder, name) : join(this.folder, placeOf(name));
  }
}

/** A file's path below the folder. */
export function placeOf(name: string): string {
  return join(name.slice(0, 2), name);
}

async function writeDurably(file: string, content: Buffer): Promise<void> {
  const handle = await open(file, 'wx', OWNER_FILE);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a rename durable. Some file systems cannot, and need not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}

/** The result, or null where there is no such file. */
async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Rethrows the system's errors as the store's. */
async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new StoreError(message, FULL.has(code), { cause: error });
  }
}
