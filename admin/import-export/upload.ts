import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { Request } from 'express';
import { feed } from '../../src/http/request/multipart.js';

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
  const pending = new Set(names);
  try {
    const form = new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { files: names.length, fields: 0, parts: PARTS_MAX },
    });
    let hasTooManyParts = false;
    form.on('partsLimit', () => {
      hasTooManyParts = true;
    });
    const written = finished(form);
    written.catch(() => undefined);
    form.on('file', (name, stream) => {
      // Discards an unknown or repeated field.
      if (!pending.delete(name)) {
        stream.on('error', () => undefined).resume();
        return;
      }
      const file = pipeline(stream, createWriteStream(join(folder, `${name}.csv`)));
      file.catch((error: Error) => form.destroy(error));
      files.push(file);
    });
    await feed(form, request as AsyncIterable<Buffer>, () => hasTooManyParts);
    if (hasTooManyParts) throw new UnreadableForm('The form has too many parts.');
    await written;
  } catch (error) {
    for (const file of await Promise.allSettled(files)) {
      // A full disk is no fault of the form; a form that ends inside a file is.
      if (file.status === 'rejected' && isSystemError(file.reason)) throw file.reason;
    }
    throw error instanceof UnreadableForm
      ? error
      : new UnreadableForm('The form cannot be read.', { cause: error });
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
