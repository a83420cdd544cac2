import type { Request } from 'express';
import { origin } from './links.js';

/** Responses of longer addresses are not cached. */
const URL_LENGTH = 1_000;

/**
 * The part of a request that its response depends on, or null where the response is not cached.
 * @param variant what else the response depends on, such as a language
 */
export function keyOf(request: Request, variant: string): string | null {
  const { method, headers } = request;
  const url = request.originalUrl;
  const special =
    (method !== 'GET' && method !== 'HEAD') ||
    url.length > URL_LENGTH ||
    headers.authorization !== undefined ||
    headers.origin !== undefined ||
    headers['content-length'] !== undefined ||
    headers['transfer-encoding'] !== undefined;
  // Addresses in the body begin with the host that the client, or the proxy, names.
  return special ? null : `${variant}${origin(request)}${url}`;
}
