import { AddressError, parametersOf, parseAddress, requireHost } from './parts.js';

/**
 * Checks `redis://user:password@host:6379/0`, or `rediss://` with TLS.
 * @throws {AddressError}
 */
export function checkRedisUrl(text: string): void {
  const url = parseAddress(text, ['redis', 'rediss'], 'redis://user:password@host:6379');
  requireHost(url);
  parametersOf(url, []);
  if (!/^\/?$|^\/\d{1,5}$/.test(url.pathname)) {
    throw new AddressError(
      `has the path ${url.pathname}, which must be the number of a database, such as /0`,
    );
  }
}
