import type { Request } from 'express';
import { origin } from '../../src/http/response/links.js';

/**
 * Whether a page of this site sent a form, or a client that is no browser. A browser says from where a form comes: in
 * `Sec-Fetch-Site` over TLS, in `Origin` always.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const from = request.get('origin');
  return from === undefined || from === origin(request);
}
