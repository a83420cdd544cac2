import type { Request } from 'express';

/** The address that a client used for this server, as far as it can be known. */
export function origin(request: Request): string {
  const { localAddress = 'localhost', localPort = 80 } = request.socket;
  const host = request.host ?? '';
  const named = /^[\w.-]+(:\d+)?$|^\[[\da-fA-F:.]+\](:\d+)?$/.test(host);
  return `${request.protocol}://${named ? host : `${localAddress}:${localPort}`}`;
}

/** Query parameters to set; null removes one. */
type Changes = Record<string, string | number | null>;

/**
 * The addresses of the pages beside the one that a request asks for.
 * @param beside what differs in their queries, by the same names in both; null where there is no such page
 */
export function pagesBeside(
  request: Request,
  beside: { next: Changes | null; previous: Changes | null },
): { next: string | null; previous: string | null } {
  const { next, previous } = beside;
  if (!next && !previous) return { next: null, previous: null };
  const url = new URL(request.originalUrl.replace(/^\/+/, '/'), origin(request));
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  const addressWith = (changes: Changes): string => {
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, String(value));
    }
    return url.href;
  };
  return { next: next && addressWith(next), previous: previous && addressWith(previous) };
}
