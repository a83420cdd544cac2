import { isUtf8 } from 'node:buffer';
import express, { type Request, type Response } from 'express';
import { refusal } from './errors.js';
import { pass } from './middleware.js';

/** The largest request body, in bytes. */
export const BODY_LIMIT = 102_400;

function requireUtf8(_request: unknown, _response: unknown, buffer: Buffer): void {
  if (!isUtf8(buffer)) throw new Error('The request body is not valid UTF-8.');
}

const options = { limit: BODY_LIMIT, verify: requireUtf8 };

const parsers = [
  express.json({ ...options, strict: false, type: 'application/json' }),
  // As many fields as there is room for.
  express.urlencoded({
    ...options,
    extended: false,
    parameterLimit: BODY_LIMIT,
    type: 'application/x-www-form-urlencoded',
  }),
];

/**
 * Reads a request's body.
 * @returns what it holds; an empty object where there is none
 * @throws {ApiError} 415 of another media type, 413 too large, 400 malformed
 */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (!hasBody) return {};
  const { charset = 'utf-8' } =
    /;\s*charset="?(?<charset>[^\s;"]+)/i.exec(request.headers['content-type'] ?? '')?.groups ?? {};
  if (!request.is(['application/json', 'application/x-www-form-urlencoded']) || !/^utf-?8$/i.test(charset)) {
    throw refusal(415, `Unsupported media type "${request.headers['content-type'] ?? ''}" in request.`);
  }
  for (const parser of parsers) await pass(parser, request, response);
  const body: unknown = request.body;
  if (!request.is('application/x-www-form-urlencoded')) return body;
  return lastValues(body as Record<string, unknown>);
}

/** Of a value that was sent several times the last one counts, as in Django. */
export function last(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}

/** The same for every value of a form or a query. */
export function lastValues(values: object): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, last(value)]));
}
