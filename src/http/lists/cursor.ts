import { hash, timingSafeEqual } from 'node:crypto';
import { jwtSecrets } from '../../auth/secrets.js';
import type { Key } from './ordering.js';

/** The start of a page: after the row with these keys, or before it when paging backward. */
export interface Position {
  keys: Key[];
  backward: boolean;
}

/** 12 bytes of the signature, in base64url. */
const SIGNATURE_LENGTH = 16;

/**
 * Signs a payload. Hashing the secret before the text is safe with SHA-384: its digest does not reveal the hash's whole
 * state, which rules out length extension. An HMAC takes three times as long.
 */
function sign(secret: string, list: string, payload: string): string {
  const text = `${secret.length}\n${secret}\ncursor\n${list}\n${payload}`;
  return hash('sha384', text, 'base64url').slice(0, SIGNATURE_LENGTH);
}

/**
 * Writes a cursor.
 * @param list identifies the list with its filters and order; the cursor is valid for no other
 */
export function writeCursor(list: string, { keys, backward }: Position): string {
  const payload = Buffer.from(JSON.stringify([backward ? 1 : 0, ...keys])).toString('base64url');
  return `${payload}.${sign(jwtSecrets()[0] as string, list, payload)}`;
}

/** Reads a cursor; null if it was not issued for this list. */
export function readCursor(list: string, cursor: string): Position | null {
  const [payload = '', signature = '', ...rest] = cursor.split('.');
  const given = Buffer.from(signature);
  const isGenuine = jwtSecrets().some((secret) => {
    const expected = Buffer.from(sign(secret, list, payload));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  if (!isGenuine || rest.length > 0) return null;
  const [backward, ...keys] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [number, ...Key[]];
  return { backward: backward === 1, keys };
}
