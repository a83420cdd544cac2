import type { Request } from 'express';
import { isLanguage, type Language, LANGUAGES } from '../locale/languages.js';
import { readCookie } from '../../src/http/request/cookie.js';
import type { Theme } from './page.js';

export const LANGUAGE_COOKIE = 'marquee.language';
export const THEME_COOKIE = 'marquee.theme';

const THEMES = ['light', 'dark', 'system'] as const;

export function isTheme(text: unknown): text is Theme {
  return THEMES.includes(text as Theme);
}

/**
 * The language of a page: that of its address (`?lang=de`), else the visitor's choice, else the first in
 * `Accept-Language` that the site has.
 */
export function languageOf(request: Request, query: URLSearchParams): Language {
  const asked = [query.get('lang'), readCookie(request, LANGUAGE_COOKIE)].find(isLanguage);
  if (asked) return asked;
  const accepted = request.headers['accept-language'];
  const [first] = LANGUAGES;
  const suited = accepted === undefined ? false : request.acceptsLanguages([...LANGUAGES]);
  return isLanguage(suited) ? suited : first;
}

/** The visitor's choice of colours; by default the system's. */
export function themeOf(request: Request): Theme {
  const chosen = readCookie(request, THEME_COOKIE);
  return isTheme(chosen) ? chosen : 'system';
}
