import { Busboy } from '@fastify/busboy';
import { refusal } from '../errors.js';
import { decode } from './charset.js';

/** The most fields of a body, repeated ones counted. The largest form of the API has a tenth of it. */
export const FIELDS_MAX = 200;

/** The fields of a form; of a repeated field the last value. */
export type Fields = { [name: string]: unknown };

const tooManyFields = () => refusal(400, `The request body has more than ${FIELDS_MAX} fields.`);

/** @throws {ApiError} 400 where a body has too many fields */
export function requireFewFields(count: number): void {
  if (count > FIELDS_MAX) throw tooManyFields();
}

/**
 * Reads a form in linear time, whatever its names are.
 * @param text the form as it was sent
 * @param decoder decodes the escapes; where the form is not UTF-8, they are bytes of its charset
 * @throws {ApiError} 400 for too many fields
 */
export function parseForm(text: string, decoder: TextDecoder): Fields {
  let count = 1;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    count += 1;
    requireFewFields(count);
  }
  if (decoder.encoding === 'utf-8') return Object.fromEntries(new URLSearchParams(text));
  const pairs = text.split('&').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const end = pair.includes('=') ? pair.indexOf('=') : pair.length;
      return [unescaped(pair.slice(0, end), decoder), unescaped(pair.slice(end + 1), decoder)];
    }),
  );
}

function unescaped(text: string, decoder: TextDecoder): string {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return decode(decoder, Buffer.from(bytes, 'latin1'));
}

/**
 * Reads the text parts of a multipart form; files are passed over.
 * @throws {ApiError} 400 for too many fields, or where the form is malformed or cut off
 */
export function parseMultipart(body: Buffer, contentType: string, decoder: TextDecoder): Promise<Fields> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    const malformed = () => reject(refusal(400, 'Multipart form parse error - the form is malformed.'));
    let parts = 0;
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
      form.on('partsLimit', () => reject(tooManyFields()));
      form.on('error', malformed);
      form.on('finish', () => {
        if (parts > FIELDS_MAX) reject(tooManyFields());
        else resolve(Object.fromEntries(fields));
      });
      form.end(body);
    } catch {
      // A boundary that is missing, say.
      malformed();
    }
  });
}
