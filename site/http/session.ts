import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { sessionSecrets } from '../../src/auth/secrets.js';
import { config } from '../../src/config.js';
import { BadCredentials } from '../../src/http/errors.js';
import { authenticateToken, type Credentials } from '../../src/http/request/authentication.js';
import { readCookie, setCookie } from './cookies.js';

/** The cookie of a session. */
export const SESSION_COOKIE = 'marquee.session';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const DAY_S = 86_400;

/*
 * A session is a token of the API, sealed in a cookie: it stands among the member's tokens and ends like them. The cookie's
 * value is no token, so that a copy of it opens nothing but pages.
 */

/** Starts a session. The cookie lives as long as the token. */
export function startSession(response: Response, token: string): void {
  setCookie(response, SESSION_COOKIE, seal(token), config.TOKEN_TTL_DAYS * DAY_S);
}

/** Takes the session's cookie away. */
export function clearSession(response: Response): void {
  setCookie(response, SESSION_COOKIE, '', 0);
}

/** The member's credentials; null where there is no session, or it has ended. */
export async function readSession(request: Request): Promise<Credentials | null> {
  const sealed = readCookie(request, SESSION_COOKIE);
  const token = sealed === undefined ? null : unseal(sealed);
  if (token === null) return null;
  return authenticateToken(token).catch((error: unknown) => {
    if (error instanceof BadCredentials) return null;
    throw error;
  });
}

/** The keys that seal: the first seals, all unseal. */
let keys: Buffer[] | undefined;

function sealingKeys(): Buffer[] {
  return (keys ??= sessionSecrets().map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', 'marquee site session', KEY_BYTES)),
  ));
}

/** A token as the cookie's value. */
export function seal(token: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, sealingKeys()[0] as Buffer, iv);
  const text = Buffer.concat([cipher.update(token, 'hex'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
}

function unseal(sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length <= IV_BYTES + TAG_BYTES) return null;
  for (const key of sealingKeys()) {
    try {
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('hex');
    } catch {
      // Another key's, or no session at all.
    }
  }
  return null;
}
