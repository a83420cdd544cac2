import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { open, type FileHandle, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { OWNER_FILE } from '../../database/owner-only.js';

/** A file of an archive: its name and its text, part by part. */
export interface ArchivedFile {
  name: string;
  text: AsyncIterable<string>;
}

/** A finished archive. Its file goes when its content has been read or is destroyed. */
export interface Spooled {
  bytes: number;
  content: Readable;
}

/**
 * Writes a ZIP archive to a temporary file: its texts are read as fast as the database gives them, and sent as slowly as a
 * client may read. The file has no name, so that nothing is left of it, whatever happens.
 * @throws any error of the texts, and of a full disk
 */
export async function spoolArchive(files: readonly ArchivedFile[]): Promise<Spooled> {
  const file = await nameless();
  try {
    await writeArchive(files, file);
    const { size } = await file.stat();
    return { bytes: size, content: file.createReadStream({ start: 0 }) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function nameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `marquee-export-${randomBytes(12).toString('hex')}`);
  const file = await open(path, 'wx+', OWNER_FILE);
  await rm(path);
  return file;
}

async function writeArchive(files: readonly ArchivedFile[], file: FileHandle): Promise<void> {
  const archive = new ZipFile();
  const output = archive.outputStream as Readable;
  archive.on('error', (error: Error) => output.destroy(error));
  const parts = files.map(({ name, text }) => {
    const part = new PassThrough();
    archive.addReadStream(part, name);
    return { part, text };
  });
  archive.end();
  const written = writeAll(output, file);
  // Awaited below; the texts' own error comes first.
  written.catch(() => undefined);
  try {
    for (const { part, text } of parts) {
      for await (const chunk of text)
        if (!part.write(chunk)) await Promise.race([once(part, 'drain'), written]);
      part.end();
    }
  } catch (error) {
    output.destroy(error as Error);
    throw error;
  }
  await written;
}

async function writeAll(content: Readable, file: FileHandle): Promise<void> {
  for await (const chunk of content) await file.writeFile(chunk as Buffer);
}
