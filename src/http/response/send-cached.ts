import type { Request, Response } from 'express';
import { matches } from './etag.js';
import type { CachedResponse } from './response-cache.js';

/** Sends a cached response, or a 304 if the client has it. */
export function sendCached(cached: CachedResponse, request: Request, response: Response): void {
  const id = ['X-Request-Id', request.id];
  const clientTags = request.headers['if-none-match'];
  if (clientTags !== undefined && matches(clientTags, cached.tag)) {
    response.writeHead(304, [...id, ...cached.bareHeaders]).end();
  } else {
    response.writeHead(200, [...id, ...cached.headers]).end(cached.text);
  }
}
