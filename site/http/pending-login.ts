import type { Request, Response } from 'express';
import {
  openPendingLogin,
  PENDING_LOGIN_SECONDS,
  type PendingLogin,
  sealPendingLogin,
} from '../../src/auth/pending-login.js';
import { readCookie } from '../../src/http/request/cookie.js';
import { setCookie } from './cookies.js';

/** The cookie of a login whose password was right, until its code is right too. */
const COOKIE = 'marquee.login';

export function hasPendingLogin(request: Request): boolean {
  return readCookie(request, COOKIE) !== undefined;
}

/** The login of the request whose password was right; null where there is none, or it has become too old. */
export function readPendingLogin(request: Request): PendingLogin | null {
  return openPendingLogin(readCookie(request, COOKIE));
}

export function keepPendingLogin(response: Response, login: PendingLogin): void {
  setCookie(response, COOKIE, sealPendingLogin(login), PENDING_LOGIN_SECONDS);
}

export function dropPendingLogin(response: Response): void {
  setCookie(response, COOKIE, '', 0);
}
