import { Redirect, type Visit } from './page.js';
import { searchOf } from './variant.js';

/**
 * Leads to a record's right address, with the query kept.
 * @param path the right path
 * @returns null where the visit's path is that one, in whatever percent-encoding
 */
export function leadToPath({ path, request }: Visit, right: string): Redirect | null {
  if (path === right || decodeURIComponent(path) === decodeURIComponent(right)) return null;
  return new Redirect(`${right}${searchOf(request)}`, 301);
}
