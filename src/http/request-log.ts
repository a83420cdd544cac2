import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { log } from '../log.js';
import { clientAddress } from './request/client-address.js';

/** The request ids that are accepted from a proxy. Others are replaced. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

const SERVER_ERROR = 500;
const UNAVAILABLE = 503;

/** How much of a user agent's name is logged, in characters. */
const AGENT_LENGTH = 300;

/** The names of parameters whose values are never logged, such as the token of a mailed link. */
const SECRET_NAME = /passw|token|secret|otp/i;

/** What the end of a request shows. */
export interface Ended {
  /** How long the request took. */
  milliseconds: number;
  /** How many bytes the connection was given, headers included. */
  bytes: number;
  /** The client's address; see `clientAddress`. */
  address: string;
}

/** Called when a request is answered or its connection closes. */
export type Observer = (request: Request, response: Response, ended: Ended) => void;

/** Gives a request an id, and calls the observer at its end. */
export function follow(request: Request, response: Response, observe: Observer): void {
  const header = request.headers['x-request-id'];
  request.id = typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();
  const { socket } = request;
  // A connection that has closed no longer knows it.
  const address = clientAddress(request);
  const begun = performance.now();
  const before = socket.bytesWritten;
  response.on('close', () =>
    observe(request, response, {
      milliseconds: performance.now() - begun,
      bytes: socket.bytesWritten - before,
      address,
    }),
  );
}

/** Why a request failed, and with what status it was to be answered. */
interface Failure {
  status: number;
  error: Error;
}

/** The failures of requests whose log line is yet to be written. */
const failures = new WeakMap<Response, Failure>();

/** Notes why a request fails, for its log line. */
export function noteFailure(request: Request, response: Response, status: number, error: Error): void {
  const failure = { status, error };
  failures.set(response, failure);
  // The client has gone, and the line is written. It says that of an outage.
  if (response.closed && status !== UNAVAILABLE)
    log.warn({ req: loggedRequest(request), ...causeOf(failure) }, 'request failed');
}

/** What the log has of a failure. A 503 has no stack, since an outage causes many that are alike. */
function causeOf({ status, error }: Failure): object {
  return status === UNAVAILABLE ? { reason: error.message } : { err: error };
}

/** Writes a request's log line. */
export const logRequest: Observer = (request, response, { milliseconds, bytes, address }) => {
  const { statusCode: status } = response;
  // Whole objects: spreading parts into them took a third of the time of a short answer.
  const line = {
    req: {
      id: request.id,
      method: request.method,
      url: loggedUrl(request.originalUrl),
      route: routeOf(request),
      address,
      user: userOf(request),
      agent: request.headers['user-agent']?.slice(0, AGENT_LENGTH),
    },
    res: sentOf(response, bytes),
    responseTime: Math.round(milliseconds),
  };
  const failure = failures.get(response);
  if (failure) Object.assign(line, causeOf(failure));
  if (status === UNAVAILABLE) log.warn(line, 'request refused: the service is unavailable');
  else if (status >= SERVER_ERROR) log.error(line, 'request failed');
  else log.info(line, 'request');
};

/** What the log has of an answer; `aborted` where the client closed the connection before it was complete. */
function sentOf({ statusCode: status, headersSent, writableFinished }: Response, bytes: number): object {
  if (writableFinished) return { status, bytes };
  return headersSent ? { status, bytes, aborted: true } : { bytes, aborted: true };
}

/** The fields that identify a request in the log. */
export function loggedRequest({ id, method, originalUrl }: Request): object {
  return { id, method, url: loggedUrl(originalUrl) };
}

/** A request's address without the values of secret parameters. */
function loggedUrl(url: string): string {
  if (!url.includes('=')) return url;
  return url.replace(/([?&][^=&?#]*=)([^&#]*)/g, (pair, name: string) =>
    SECRET_NAME.test(unescaped(name)) ? `${name}…` : pair,
  );
}

/** A text of an address without its escapes: those that can't be read stay. */
function unescaped(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_escape, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
}

/** The route's pattern; `none` where no route was found. */
export function routeOf(request: Request): string {
  const path = (request.route as { path?: string } | undefined)?.path;
  if (request.originalUrl.startsWith('/admin')) return '/admin';
  return typeof path === 'string' ? path : 'none';
}

/** The id of the user whose credentials or session the request bears. */
function userOf(request: Request): number | undefined {
  const staff = (request as { user?: { id?: number } }).user;
  return request.credentials?.user.id ?? staff?.id;
}
