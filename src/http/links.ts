import type { Request } from 'express';

/** The address that a client used for this server, as far as it can be known. */
export function origin(request: Request): string {
  const { localAddress = 'localhost', localPort = 80 } = request.socket;
  const host = request.host ?? '';
  const named = /^[\w.-]+(:\d+)?$|^\[[\da-fA-F:.]+\](:\d+)?$/.test(host);
  return `${request.protocol}://${named ? host : `${localAddress}:${localPort}`}`;
}

/**
 * The address of this request with other query parameters.
 * @param changes values to set; null removes one
 */
export function addressWith(request: Request, changes: Record<string, string | number | null>): string {
  const url = new URL(request.originalUrl.replace(/^\/+/, '/'), origin(request));
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, String(value));
  }
  return url.href;
}
