import { AddressError, parametersOf, parseAddress, requireHost } from './parts.js';

/**
 * Checks `smtp://user:password@host:587`, or `smtps://` with TLS from the start.
 * @throws {AddressError}
 */
export function checkSmtpUrl(text: string): void {
  const url = parseAddress(text, ['smtp', 'smtps'], 'smtp://user:password@host:587');
  requireHost(url);
  const parameters = parametersOf(url, ['requireTLS']);
  const requireTls = parameters.get('requireTLS');
  if (requireTls !== undefined && requireTls !== 'true') {
    throw new AddressError(`has requireTLS=${requireTls}: write requireTLS=true, or leave it out`);
  }
  if (!/^\/?$/.test(url.pathname)) throw new AddressError(`has the path ${url.pathname}, but it takes none`);
}
