import type { Request, Response } from 'express';
import { Sealer } from '../../src/auth/sealing.js';
import { sessionSecrets } from '../../src/auth/secrets.js';
import { config } from '../../src/config.js';
import { BadCredentials } from '../../src/http/errors.js';
import { authenticateToken, type Credentials } from '../../src/http/request/authentication.js';
import { readCookie } from '../../src/http/request/cookie.js';
import { setCookie } from './cookies.js';

/** The cookie of a session. */
export const SESSION_COOKIE = 'marquee.session';

const sealer = new Sealer(sessionSecrets, 'marquee site session');
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

/** A token as the cookie's value. */
export function seal(token: string): string {
  return sealer.seal(Buffer.from(token, 'hex'));
}

function unseal(sealed: string): string | null {
  return sealer.unseal(sealed)?.toString('hex') ?? null;
}
