import type { Request } from 'express';
import { config } from '../../config.js';

/** The site's own address: `PUBLIC_URL`, else the one that the client, or the proxy in front, used. */
export function origin(request: Request): string {
  if (config.PUBLIC_URL !== undefined) return config.PUBLIC_URL;
  const { localAddress = 'localhost', localPort = 80 } = request.socket;
  const host = request.host ?? '';
  const named = /^[\w.-]+(:\d+)?$|^\[[\da-fA-F:.]+\](:\d+)?$/.test(host);
  // A proxy may pass on what a client has sent.
  const scheme = request.protocol === 'https' ? 'https' : 'http';
  const address = `${scheme}://${host}`;
  return named && URL.canParse(address) ? address : `${scheme}://${localAddress}:${localPort}`;
}

/** Query parameters to set; null removes one. */
type Changes = Record<string, string | number | null>;

/**
 * The addresses of the pages before and after the requested one.
 * @param beside the changes to the query for each, with the same names in both; null where there is no such page
 */
export function pagesBeside(
  request: Request,
  beside: { next: Changes | null; previous: Changes | null },
): { next: string | null; previous: string | null } {
  const { next, previous } = beside;
  if (!next && !previous) return { next: null, previous: null };
  const { path, originalUrl } = request;
  const base = `${origin(request)}${path.endsWith('/') ? path : `${path}/`}`;
  const query = originalUrl.includes('?') ? originalUrl.slice(originalUrl.indexOf('?') + 1) : '';
  const pairs = PLAIN.test(query) ? query : new URLSearchParams(query).toString();
  const addressWith = (changes: Changes): string => {
    const changed = Object.entries(changes).reduce(change, pairs.split('&').filter(Boolean));
    return changed.length === 0 ? base : `${base}?${changed.join('&')}`;
  };
  return { next: next && addressWith(next), previous: previous && addressWith(previous) };
}

/** A query already in the form that `URLSearchParams` would write, which is slow. */
const PLAIN = /^(?:[\w*.-]+=[\w*.+%-]*(?:&|$))*$/;

/** A query's pairs with one changed or removed. */
function change(pairs: string[], [name, value]: [string, string | number | null]): string[] {
  const isNamed = (pair: string) => pair.startsWith(`${name}=`);
  const changed = value === null ? [] : [`${name}=${encodeURIComponent(value)}`];
  const at = pairs.findIndex(isNamed);
  if (at < 0) return [...pairs, ...changed];
  return [...pairs.slice(0, at), ...changed, ...pairs.slice(at + 1).filter((pair) => !isNamed(pair))];
}
