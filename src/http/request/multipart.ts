import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { refusal } from '../errors.js';
import { type Fields, FIELDS_MAX, tooManyFields } from './forms.js';

/** So few bytes hold so few parts that a limit of parts is noticed in time: an empty part has five bytes. */
const SLICE_BYTES = 1_024;

/**
 * Feeds a parser of multipart forms, slice by slice: it would go through all of what it is given, beyond its limits.
 * @param isOver whether the rest is passed over
 * @throws the parser's error
 */
export async function feed(
  form: Writable,
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  isOver: () => boolean,
): Promise<void> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length && !isOver(); at += SLICE_BYTES) {
      if (!form.write(chunk.subarray(at, at + SLICE_BYTES))) await once(form, 'drain');
    }
  }
  if (!isOver()) form.end();
}

/**
 * Reads the text parts of a multipart form; files are passed over.
 * @throws {ApiError} 400 for too many fields, or where the form is malformed or cut off
 */
export function parseMultipart(body: Buffer, contentType: string, decoder: TextDecoder): Promise<Fields> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    let parts = 0;
    let isOver = false;
    const refuse = (error: Error) => {
      isOver = true;
      reject(error);
    };
    const malformed = () => refuse(refusal(400, 'Multipart form parse error - the form is malformed.'));
    try {
      const form = new Busboy({
        headers: { 'content-type': contentType },
        limits: { parts: FIELDS_MAX + 1, fieldSize: body.length, fieldNameSize: 1_000 },
        defCharset: decoder.encoding,
      });
      form.on('field', (name, value, isNameCut) => {
        parts += 1;
        if (!isNameCut) fields.set(name, value);
      });
      form.on('file', (_name, file) => {
        parts += 1;
        // A form that ends inside a file: the form's own error tells.
        file.on('error', () => undefined).resume();
      });
      form.on('partsLimit', () => refuse(tooManyFields()));
      form.on('error', malformed);
      form.on('finish', () => {
        if (parts > FIELDS_MAX) refuse(tooManyFields());
        else resolve(Object.fromEntries(fields));
      });
      feed(form, [body], () => isOver).catch(malformed);
    } catch {
      // A boundary that is missing, say.
      malformed();
    }
  });
}
