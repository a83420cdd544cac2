import type { Page } from './page.js';

/** A page and the named parts of its path. */
export interface PageMatch {
  page: Page;
  params: Record<string, string>;
  /** The path without a slash at its end, if it has one: the address to lead to. */
  withoutSlash?: string;
}

/** The first part of a path that has a named part in it. */
const ANY = ':';

/**
 * Makes a function that finds the page of a path.
 * @returns undefined where there is none
 */
export function createPageMatcher(pages: readonly Page[]): (path: string) => PageMatch | undefined {
  const bySegment = new Map<string, { page: Page; pattern: RegExp }[]>();
  for (const page of pages) {
    const segment = firstSegment(page.path);
    const first = segment.includes(':') ? ANY : segment;
    const entry = { page, pattern: patternOf(page.path) };
    bySegment.set(first, [...(bySegment.get(first) ?? []), entry]);
  }
  return (path) => {
    const candidates = bySegment.get(firstSegment(path)) ?? bySegment.get(ANY) ?? [];
    const bare = withoutSlashes(path);
    for (const { page, pattern } of candidates) {
      const groups = pattern.exec(bare);
      if (!groups) continue;
      const params = decoded(groups.groups ?? {});
      if (!params) return undefined;
      return { page, params, ...(bare !== path && { withoutSlash: bare }) };
    }
    return undefined;
  };
}

/** A path without slashes at its end, found in linear time. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

/** The first part of a path; that of a path's file name is the whole name. */
function firstSegment(path: string): string {
  const end = path.indexOf('/', 1);
  return end < 0 ? path : path.slice(0, end);
}

/** `:name` is a part of a path, `:name?` one that may be missing. */
function patternOf(path: string): RegExp {
  const source = path
    .replaceAll('.', '\\.')
    .replace(/\/:(\w+)\?/g, '(?:/(?<$1>[^/]+))?')
    .replace(/:(\w+)/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}$`);
}

function decoded(groups: Record<string, string | undefined>): Record<string, string> | null {
  try {
    return Object.fromEntries(
      Object.entries(groups)
        .filter((entry): entry is [string, string] => entry[1] !== undefined)
        .map(([name, value]) => [name, decodeURIComponent(value)]),
    );
  } catch {
    return null;
  }
}
