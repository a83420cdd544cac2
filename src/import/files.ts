import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BadInput } from './faults.js';

/** An input file, gzipped or not. */
export interface InputFile {
  /** Its name within the folder, for messages. */
  name: string;
  path: string;
  /** The size on disk. */
  bytes: number;
}

/** The size of those files that are there, in bytes on disk: what a progress of reading counts up to. */
export function sizeOf(files: readonly (InputFile | null | undefined)[]): number {
  return files.reduce((total, file) => total + (file?.bytes ?? 0), 0);
}

/** The files of a folder, by name without `.gz`. */
export class InputFolder {
  readonly #files = new Map<string, InputFile>();

  /** @throws {BadInput} if the folder cannot be read, or holds a file both plain and gzipped */
  constructor(readonly path: string) {
    for (const name of namesIn(path)) {
      const plain = name.replace(/\.gz$/, '');
      const other = this.#files.get(plain);
      if (other && /\.(csv|dat|json)$/.test(plain)) {
        throw new BadInput(`${path} holds both ${other.name} and ${name}: remove one of them`);
      }
      const file = join(path, name);
      this.#files.set(plain, {
        name,
        path: file,
        bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0,
      });
    }
  }

  /** The file of that name, plain or gzipped, or null. */
  find(name: string): InputFile | null {
    return this.#files.get(name) ?? null;
  }

  /** The files whose names without `.gz` match, sorted by name. */
  matching(pattern: RegExp): { plain: string; file: InputFile }[] {
    return [...this.#files]
      .filter(([plain]) => pattern.test(plain))
      .map(([plain, file]) => ({ plain, file }))
      .toSorted((a, b) => (a.plain < b.plain ? -1 : 1));
  }
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .toSorted();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new BadInput(`There is no folder ${path}`);
    if (code === 'ENOTDIR') throw new BadInput(`${path} is not a folder`);
    throw new BadInput(`The folder ${path} cannot be read: ${(error as Error).message}`);
  }
}

/** A gzipped table has at most a few times its size. One that has more than this, and is large, is a bomb. */
const BOMB = { ratio: 200, bytes: 50_000_000 };

/**
 * Reads a file's content, decompressed if it is gzipped.
 * @param onBytes called with the number of bytes of each chunk read from disk
 * @throws if it cannot be read, or unpacks to far more than a table does
 */
export async function* contentOf(
  file: InputFile,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const onDisk = createReadStream(file.path, { highWaterMark: 256 * 1024 });
  onDisk.on('data', (chunk) => onBytes(chunk.length));
  // An error in either stream is thrown here: the pipeline passes the first stream's error to the second.
  const content = file.name.endsWith('.gz') ? pipeline(onDisk, createGunzip(), () => {}) : onDisk;
  let bytes = 0;
  for await (const chunk of content) {
    bytes += (chunk as Buffer).length;
    if (content !== onDisk && bytes > Math.max(BOMB.bytes, file.bytes * BOMB.ratio)) {
      throw new Error(`it unpacks to over ${BOMB.ratio} times its size, as no table does`);
    }
    yield chunk as Buffer;
  }
}
