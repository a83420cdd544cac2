import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { log } from '../log.js';

/** Ids that a proxy in front may give a request; anything else is replaced. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

const SERVER_ERROR = 500;

/** Told of a request when it is answered, or its connection gone, and how many milliseconds that took. */
export type Observer = (request: Request, response: Response, milliseconds: number) => void;

/** Gives a request an id, and tells the observer of its end. */
export function follow(request: Request, response: Response, observe: Observer): void {
  const given = request.headers['x-request-id'];
  request.id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  const began = performance.now();
  response.on('close', () => observe(request, response, performance.now() - began));
}

/** Writes a request's line of log. */
export const logRequest: Observer = (request, response, milliseconds) => {
  const { statusCode: status } = response;
  const line = {
    req: loggedRequest(request),
    // Whoever asked did not wait for the answer.
    res: response.writableFinished ? { status } : { aborted: true },
    responseTime: Math.round(milliseconds),
  };
  // An answer of 500 is logged with its cause where it is made.
  if (status >= SERVER_ERROR) log.error(line, 'request failed');
  else log.info(line, 'request');
};

/** What the log says of a request. */
export function loggedRequest({ id, method, originalUrl, socket }: Request): object {
  return { id, method, url: originalUrl, address: socket.remoteAddress };
}
