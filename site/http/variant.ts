import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import { readCookie } from '../../src/http/request/cookie.js';
import { hasNotice } from './notices.js';
import { hasPendingLogin } from './pending-login.js';
import { languageOf, themeOf } from './preferences.js';
import { encodingOf } from './send.js';
import { SESSION_COOKIE } from './session.js';

/** The variants of headers that were seen: browsers send few, and reading them costs as much as a cached page. */
const known = new LRUCache<string, string>({ max: 1_000 });
/** Longer headers are read each time. */
const KEY_LENGTH = 300;
/** The variant of a page that only one client gets. */
const NONE = '';

/** The query of a request's address, with its question mark; '' where there is none. */
export const searchOf = ({ originalUrl }: Request) => {
  const start = originalUrl.indexOf('?');
  return start < 0 ? '' : originalUrl.slice(start);
};

/**
 * What the page of a visitor depends on besides its address: language, colours and encoding.
 * @returns null where the page is for one client only
 */
export function variantOf(request: Request): string | null {
  const search = searchOf(request);
  const query = search.includes('lang=') ? search : '';
  const { cookie = '', 'accept-language': languages = '', 'accept-encoding': encodings } = request.headers;
  const key = [query, cookie, languages, encodings ?? '-'].join('\n');
  if (key.length > KEY_LENGTH) return read(request, query) || null;
  let variant = known.get(key);
  if (variant === undefined) known.set(key, (variant = read(request, query)));
  return variant || null;
}

function read(request: Request, query: string): string {
  const isShared =
    readCookie(request, SESSION_COOKIE) === undefined && !hasNotice(request) && !hasPendingLogin(request);
  if (!isShared) return NONE;
  const language = languageOf(request, new URLSearchParams(query));
  return `page ${language} ${themeOf(request)} ${encodingOf(request)} `;
}
