import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { Request } from 'express';
import { sliced } from '../../src/http/request/multipart.js';

const PREFIX = 'marquee-import-';
const DAY_MS = 86_400_000;
/** The most parts of a form, unknown ones counted. */
const PARTS_MAX = 50;

/** A malformed form, or one whose sender disconnected. */
export class UnreadableForm extends Error {
  override name = 'UnreadableForm';
}

/**
 * Streams a form's files into a temporary folder, calls `work` with the folder, and removes it.
 * @param names the fields to read; the file of field `movies` becomes `movies.csv`
 * @returns what `work` returns
 * @throws {UnreadableForm}
 */
export async function withUpload<T>(
  request: Request,
  names: readonly string[],
  work: (folder: string) => Promise<T>,
): Promise<T> {
  await removeAbandoned();
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  try {
    await receive(request, names, folder);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function receive(request: Request, names: readonly string[], folder: string): Promise<void> {
  const files: Promise<void>[] = [];
  const streams: Readable[] = [];
  let hasTooManyParts = false;
  const pending = new Set(names);
  try {
    const form = new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { files: names.length, fields: 0, parts: PARTS_MAX },
    });
    form.on('partsLimit', () => {
      hasTooManyParts = true;
    });
    form.on('file', (name, stream) => {
      // Discards an unknown or repeated field.
      if (!pending.delete(name)) {
        stream.on('error', () => undefined).resume();
        return;
      }
      const file = pipeline(stream, createWriteStream(join(folder, `${name}.csv`)));
      file.catch((error: Error) => form.destroy(error));
      files.push(file);
      streams.push(stream);
    });
    await pipeline(request, (chunks: AsyncIterable<Buffer>) => sliced(chunks, () => hasTooManyParts), form);
  } catch (error) {
    // A form that was cut off ends none of its files.
    for (const stream of streams) stream.destroy(error as Error);
    for (const file of await Promise.allSettled(files)) {
      // A full disk is no fault of the form; a form that ends inside a file is.
      if (file.status === 'rejected' && isSystemError(file.reason)) throw file.reason;
    }
    const fault = hasTooManyParts ? 'The form has too many parts.' : 'The form cannot be read.';
    throw new UnreadableForm(fault, { cause: error });
  }
  await Promise.all(files);
}

function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

/** Removes the folders of processes that ended during an import. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    const info = await stat(folder).catch(() => null);
    if (info && info.mtimeMs < Date.now() - DAY_MS) await rm(folder, { recursive: true, force: true });
  }
}
