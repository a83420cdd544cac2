import type { Request, Response } from 'express';
import type { Texts } from '../locale/index.js';
import { readCookie } from '../../src/http/request/cookie.js';
import { setCookie } from './cookies.js';
import type { Visit } from './page.js';

/** A notice that the next page shows once, such as "Your review is posted". */
const NOTICE_COOKIE = 'marquee.notice';
const NOTICE_SECONDS = 60;

export function hasNotice(request: Request): boolean {
  return readCookie(request, NOTICE_COOKIE) !== undefined;
}

/** The text of a request's notice, or undefined. */
export function noticeOf({ request, text }: Visit): string | undefined {
  const name = readCookie(request, NOTICE_COOKIE);
  return name !== undefined && Object.hasOwn(text.notices, name)
    ? text.notices[name as keyof Texts['notices']]
    : undefined;
}

export function setNotice(response: Response, name: keyof Texts['notices']): void {
  setCookie(response, NOTICE_COOKIE, name, NOTICE_SECONDS);
}

export function clearNotice(response: Response): void {
  setCookie(response, NOTICE_COOKIE, '', 0);
}
