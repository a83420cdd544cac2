import { refusal } from '../errors.js';
import { decode } from './charset.js';

/** The most fields of a body, repeated ones counted. The largest form of the API has a tenth of it. */
export const FIELDS_MAX = 200;

/** The fields of a body; of a form's repeated field the last value. */
export type Fields = { [name: string]: unknown };

export const tooManyFields = () => refusal(400, `The request body has more than ${FIELDS_MAX} fields.`);

/** Each form's repeated fields with all of their values. */
const repeated = new WeakMap<object, Map<string, string[]>>();

/**
 * The fields of a form.
 * @param pairs its names and values, in their order
 */
export function fieldsOfForm(pairs: Iterable<readonly [string, string]>): Fields {
  const last = new Map<string, string>();
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const before = last.get(name);
    if (before !== undefined) all.set(name, [...(all.get(name) ?? [before]), value]);
    last.set(name, value);
  }
  const fields = Object.fromEntries(last);
  repeated.set(fields, all);
  return fields;
}

/**
 * All values of a form's field, for a field that is a list. A single empty one is an empty list.
 * @returns undefined where the fields are no form's, or the form lacks this one
 */
export function allValues(fields: Fields, name: string): string[] | undefined {
  const all = repeated.get(fields);
  if (!all || !Object.hasOwn(fields, name)) return undefined;
  const values = all.get(name) ?? [fields[name] as string];
  return values.length === 1 && values[0] === '' ? [] : values;
}

/** The repeated fields of a body, to tell it from others. */
export function repeatedFields(body: unknown): [string, string[]][] {
  return typeof body === 'object' && body !== null ? [...(repeated.get(body) ?? [])] : [];
}

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
  if (decoder.encoding === 'utf-8') return fieldsOfForm(new URLSearchParams(text));
  const pairs = text.split('&').filter(Boolean);
  return fieldsOfForm(
    pairs.map((pair): [string, string] => {
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
