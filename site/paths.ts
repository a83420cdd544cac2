import type { Movie, Platform } from './api.js';

const SLUG_MAX = 60;
const ASCII = /^[ -~]*$/;
/** They stand within words: "Schindler's" is one. */
const APOSTROPHES = /['\u2018\u2019\u02BC]/g;
/** The first half of a character that was cut in two. */
const HALF_AT_END = /\p{Cs}$/u;

/**
 * The words of a name as a part of an address. Letters of other scripts stay; a name without letters and digits has none.
 * @returns lower case, parted by hyphens
 */
export function slugOf(name: string): string {
  let slug = '';
  for (const word of wordsOf(name) ?? []) {
    if (slug !== '' && slug.length + word.length >= SLUG_MAX) break;
    slug += slug === '' ? word.slice(0, SLUG_MAX).replace(HALF_AT_END, '') : `-${word}`;
  }
  return slug;
}

function wordsOf(title: string): string[] | null {
  const name = title.replace(APOSTROPHES, '');
  // Five times as fast, for most titles.
  if (ASCII.test(name)) return name.toLowerCase().match(/[a-z\d]+/g);
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .normalize('NFC')
    .match(/[\p{L}\p{N}]+/gu);
}

const withSlug = (base: string, name: string) => {
  const slug = slugOf(name);
  return slug === '' ? base : `${base}/${encodeURIComponent(slug)}`;
};

/** Where a member takes their data away, and brings it along. */
export const EXPORT_PATH = '/settings/export';
export const IMPORT_PATH = '/settings/import';

export function moviePath({ id, title }: Pick<Movie, 'id' | 'title'>): string {
  return withSlug(`/movies/${id}`, title);
}

export function platformPath({ id, name }: Pick<Platform, 'id' | 'name'>): string {
  return withSlug(`/platforms/${id}`, name);
}

/** Browsers take these usernames for steps in a path, even where the dots are encoded once. */
const STEPS = new Set(['.', '..']);
/** No username has a percent sign. */
const DOT = '%2E';

export function memberPath(username: string): string {
  const name = STEPS.has(username) ? username.replaceAll('.', DOT) : username;
  return `/members/${encodeURIComponent(name)}`;
}

/** The username that a part of a path stands for. */
export function memberOf(part = ''): string {
  const name = part.replaceAll(DOT, '.');
  return STEPS.has(name) ? name : part;
}

/** Longer addresses lose their query: a page repeats its own in many links. */
const NEXT_MAX = 1_000;

/** The address of a page for signing in or up, which leads to `next` afterwards. */
export function withNext(path: '/login' | '/login/code' | '/register', next: string): string {
  const shown = next.length > NEXT_MAX ? next.replace(/\?.*/s, '') : next;
  return shown === '/' || shown.length > NEXT_MAX ? path : `${path}?next=${encodeURIComponent(shown)}`;
}

/** The address of a list of movies with these filters. */
export function moviesPath(filters: Record<string, string>): string {
  return `/movies?${new URLSearchParams(filters).toString()}`;
}

/**
 * A path on this site, from text that anyone can write, such as `?next=`.
 * @returns `/` where it would lead elsewhere
 */
export function ownPath(text: string | null | undefined): string {
  if (!text?.startsWith('/') || /[\\\s\p{Cc}]/u.test(text)) return '/';
  const base = 'http://site.invalid';
  if (!URL.canParse(text, base)) return '/';
  const { origin, pathname, search } = new URL(text, base);
  // `/x/..//host` is `//host` by then.
  return origin === base && !/^\/(\/|logout\b|preferences\b)/.test(pathname) ? `${pathname}${search}` : '/';
}
