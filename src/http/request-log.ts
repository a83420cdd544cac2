import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { log } from '../log.js';

/** The request ids that are accepted from a proxy. Others are replaced. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

const SERVER_ERROR = 500;

/** The names of parameters whose values are never logged, such as the token of a mailed link. */
const SECRET_NAME = /passw|token|secret|otp/i;

/** Called when a request is answered or its connection closes, with the milliseconds that it took. */
export type Observer = (request: Request, response: Response, milliseconds: number) => void;

/** Gives a request an id, and calls the observer at its end. */
export function follow(request: Request, response: Response, observe: Observer): void {
  const header = request.headers['x-request-id'];
  request.id = typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();
  const start = performance.now();
  response.on('close', () => observe(request, response, performance.now() - start));
}

/** Writes a request's log line. */
export const logRequest: Observer = (request, response, milliseconds) => {
  const { statusCode: status } = response;
  const line = {
    req: loggedRequest(request),
    // The client closed the connection before the answer was complete.
    res: response.writableFinished ? { status } : { aborted: true },
    responseTime: Math.round(milliseconds),
  };
  // The error handler has logged the cause of a 5xx.
  if (status >= SERVER_ERROR) log.error(line, 'request failed');
  else log.info(line, 'request');
};

/** The fields of a request in the log. */
export function loggedRequest({ id, method, originalUrl, socket }: Request): object {
  const url = originalUrl.replace(/([?&][^=&?#]*=)([^&#]*)/g, (pair, name: string) =>
    SECRET_NAME.test(name) ? `${name}…` : pair,
  );
  return { id, method, url, address: socket.remoteAddress };
}
