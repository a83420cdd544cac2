import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry as ZipEntry, fromBufferPromise, type ZipFile } from 'yauzl';
import { BadFile } from './entry.js';

/** A file of an upload. */
export interface NamedFile {
  /** Its name, within an archive with the folders. */
  name: string;
  content: Buffer;
}

/** The most entries of an archive. Letterboxd's has a file for each list. */
const ENTRIES_MAX = 5_000;
/** What the files of an archive may have together, unpacked. */
const UNPACKED_MAX = 50_000_000;
const MEGABYTE = 1_000_000;

/** What Letterboxd has deleted, and what macOS adds to an archive. */
const PASSED_OVER = /(^|\/)(__MACOSX|deleted|orphaned|likes|lists)\/|(^|\/)\.(?!\.?\/)/i;

/** Whether bytes begin like a ZIP archive. */
export function isArchive(bytes: Buffer): boolean {
  return bytes.subarray(0, 2).toString('latin1') === 'PK' && [3, 5, 7].includes(bytes[2] ?? 0);
}

/**
 * Unpacks the files of a ZIP archive that an import may read, in any folder.
 * @param isWanted by a file's name without its folders
 * @throws {BadFile} where it is broken, encrypted, or unpacks to more than such files do
 */
export async function unpack(bytes: Buffer, isWanted: (name: string) => boolean): Promise<NamedFile[]> {
  const archive = await opened(bytes);
  if (archive.entryCount > ENTRIES_MAX) {
    throw new BadFile(`The ZIP archive has more than ${ENTRIES_MAX.toLocaleString('en')} files.`);
  }
  const files: NamedFile[] = [];
  let left = UNPACKED_MAX;
  try {
    for await (const entry of archive.eachEntry()) {
      // Old archives have names in another code page; those that matter are ASCII.
      const name = entry.fileNameRaw.toString('utf8').replaceAll('\\', '/');
      if (PASSED_OVER.test(name) || !isWanted(baseName(name))) continue;
      if (entry.isEncrypted()) {
        throw new BadFile(`The ZIP archive is encrypted: unpack it, and import ${baseName(name)} by itself.`);
      }
      const content = await contentOf(archive, entry, left);
      left -= content.length;
      files.push({ name, content });
    }
  } catch (error) {
    throw error instanceof BadFile ? error : broken(error);
  }
  return files;
}

/** A file's name without its folders. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

async function opened(bytes: Buffer): Promise<ZipFile> {
  try {
    // Nothing is written by its name. So one with `..` does no harm, and its file is read like any other.
    return await fromBufferPromise(bytes, { decodeStrings: false });
  } catch (error) {
    throw broken(error);
  }
}

async function contentOf(archive: ZipFile, entry: ZipEntry, most: number): Promise<Buffer> {
  if (entry.uncompressedSize > most) throw tooLarge();
  const content = Buffer.allocUnsafe(entry.uncompressedSize);
  let length = 0;
  let sum = 0;
  const stream: Readable = await archive.openReadStreamPromise(entry);
  for await (const chunk of stream) {
    // The library refuses what has more bytes than it says, or less.
    length += (chunk as Buffer).copy(content, length);
    sum = crc32(chunk as Buffer, sum);
  }
  // The library does not check the sum.
  if (length !== content.length || sum !== entry.crc32)
    throw broken(new Error(`${entry.fileNameRaw.toString('utf8')} is damaged`));
  return content;
}

function tooLarge(): BadFile {
  return new BadFile(`The files of the ZIP archive have over ${UNPACKED_MAX / MEGABYTE} MB unpacked.`);
}

function broken(error: unknown): BadFile {
  return new BadFile(`The ZIP archive is broken or cut off: ${(error as Error).message}`);
}
