import { refusal } from '../errors.js';
import { decode } from './charset.js';

/** The most fields of a body, repeated ones counted. The largest form of the API has a tenth of it. */
export const FIELDS_MAX = 200;

/** The fields of a form; of a repeated field the last value. */
export type Fields = { [name: string]: unknown };

export const tooManyFields = () => refusal(400, `The request body has more than ${FIELDS_MAX} fields.`);

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
