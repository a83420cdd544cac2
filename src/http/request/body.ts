import { isUtf8 } from 'node:buffer';
import express, { type Request, type Response } from 'express';
import { refusal } from '../errors.js';
import { pass } from '../middleware.js';

/** The largest request body, in bytes. */
export const BODY_LIMIT = 102_400;

function requireUtf8(_request: unknown, _response: unknown, buffer: Buffer): void {
  if (!isUtf8(buffer)) throw new Error('The request body is not valid UTF-8.');
}

const options = { limit: BODY_LIMIT, verify: requireUtf8 };

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

const parsers = {
  [JSON_TYPE]: express.json({ ...options, strict: false, type: JSON_TYPE }),
  // The size is the only limit on the number of fields.
  [FORM]: express.urlencoded({ ...options, extended: false, parameterLimit: BODY_LIMIT, type: FORM }),
};

/**
 * Reads a request's body.
 * @returns the parsed body; an empty object if there is none
 * @throws {ApiError} 415 for another media type, 413 if it is too large, 400 if it is malformed
 */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (!hasBody) return {};
  const { charset = 'utf-8' } =
    /;\s*charset="?(?<charset>[^\s;"]+)/i.exec(request.headers['content-type'] ?? '')?.groups ?? {};
  const type = request.is([JSON_TYPE, FORM]) as keyof typeof parsers | false | null;
  if (!type || !/^utf-?8$/i.test(charset)) {
    throw refusal(415, `Unsupported media type "${request.headers['content-type'] ?? ''}" in request.`);
  }
  await pass(parsers[type], request, response);
  return type === FORM ? lastValues(request.body as Record<string, unknown>) : request.body;
}

/** The last of repeated values, which is the one that counts, as in Django. */
export function last(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}

/** The last value of every name in a form or a query. */
export function lastValues(values: object): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, last(value)]));
}
