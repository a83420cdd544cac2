import { Redirect, type Visit } from './page.js';

/**
 * Leads to a record's right address, with the query kept.
 * @param path the right path
 * @returns null where the visit's path is that one, in whatever percent-encoding
 */
export function leadToPath({ path, request }: Visit, right: string): Redirect | null {
  if (path === right || decodeURIComponent(path) === decodeURIComponent(right)) return null;
  const at = request.originalUrl.indexOf('?');
  return new Redirect(`${right}${at < 0 ? '' : request.originalUrl.slice(at)}`, 301);
}
