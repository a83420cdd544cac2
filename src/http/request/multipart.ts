import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { refusal } from '../errors.js';
import { type Fields, FIELDS_MAX, fieldsOfForm, tooManyFields } from './forms.js';

/** So few bytes hold so few parts that a limit of parts is noticed in time: an empty part has five bytes. */
const SLICE_BYTES = 1_024;

/** How long a form may take that is in memory already, in milliseconds. */
const LONGEST_MS = 2_000;

/**
 * Cuts the chunks of a form into slices for its parser, which would go through all of what it is given, beyond its limits.
 * @param isOver whether the rest is passed over
 */
export async function* sliced(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  isOver: () => boolean,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length && !isOver(); at += SLICE_BYTES) {
      yield chunk.subarray(at, at + SLICE_BYTES);
    }
  }
}

/**
 * Reads the text parts of a multipart form; files are passed over.
 * @throws {ApiError} 400 for too many fields, or where the form is malformed or cut off
 */
export function parseMultipart(body: Buffer, contentType: string, decoder: TextDecoder): Promise<Fields> {
  return new Promise((resolve, reject) => {
    const fields: [string, string][] = [];
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
        if (!isNameCut) fields.push([name, value]);
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
        else resolve(fieldsOfForm(fields));
      });
      // The parser waits for ever behind a large part without a name.
      const signal = AbortSignal.timeout(LONGEST_MS);
      pipeline(
        sliced([body], () => isOver),
        form,
        { signal },
      ).catch(malformed);
    } catch {
      // A boundary that is missing, say.
      malformed();
    }
  });
}
