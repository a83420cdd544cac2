import type { Request } from 'express';

/** The address that a client used for this server, as far as it can be known. */
export function origin(request: Request): string {
  const { localAddress = 'localhost', localPort = 80 } = request.socket;
  const host = request.host ?? '';
  const named = /^[\w.-]+(:\d+)?$|^\[[\da-fA-F:.]+\](:\d+)?$/.test(host);
  return `${request.protocol}://${named ? host : `${localAddress}:${localPort}`}`;
}

/** Gives a request's address with other query parameters: the values to set; null removes one. */
export type AddressWith = (changes: Record<string, string | number | null>) => string;

/** Makes addresses of a request with other query parameters. Each call changes what the calls before it have left. */
export function addressesOf(request: Request): AddressWith {
  const url = new URL(request.originalUrl.replace(/^\/+/, '/'), origin(request));
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return (changes) => {
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, String(value));
    }
    return url.href;
  };
}
