import express, { type Request, type Response } from 'express';
import { refusal } from '../errors.js';
import { pass } from '../middleware.js';
import { decode, decoderOf, unsupportedMediaType } from './charset.js';
import { type Fields, parseForm, requireFewFields } from './forms.js';
import { parseMultipart } from './multipart.js';

/** The largest request body, in bytes. */
export const BODY_LIMIT = 102_400;

/** How deep JSON may nest. Whatever walks a value recursively has room for this. */
const DEPTH_MAX = 100;

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

const readBytes = express.raw({ limit: BODY_LIMIT, type: () => true });

/**
 * Reads a request's body.
 * @returns its value; an empty object where there is no body
 * @throws {ApiError} 415 of another media type, 413 too large, 400 malformed
 */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (!hasBody) return {};
  const contentType = request.headers['content-type'] ?? '';
  const type = request.is([JSON_TYPE, FORM, MULTIPART]);
  if (!type) throw unsupportedMediaType(contentType);
  const decoder = decoderOf(contentType);
  await pass(readBytes, request, response);
  const bytes = request.body as unknown;
  // Express leaves no buffer where a chunked body turns out to be empty.
  request.body = Buffer.isBuffer(bytes) ? await parse(type, bytes, contentType, decoder) : {};
  return request.body;
}

/** Reads bytes of one of the three types. */
function parse(type: string, bytes: Buffer, contentType: string, decoder: TextDecoder): unknown {
  if (type === MULTIPART) return parseMultipart(bytes, contentType, decoder);
  const text = decode(decoder, bytes);
  return type === FORM ? parseForm(text, decoder) : parseJson(text);
}

/**
 * Parses JSON.
 * @throws {ApiError} 400 where it is malformed, nested too deeply or has too many fields
 */
export function parseJson(text: string): unknown {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refusal(400, `JSON parse error - ${(error as Error).message}`);
  }
  if (isDeeperThan(value, DEPTH_MAX)) {
    throw refusal(400, `JSON parse error - nested more than ${DEPTH_MAX} levels deep`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    requireFewFields(Object.keys(value).length);
  }
  return value;
}

/** Whether a value nests deeper than so many levels; goes through it level by level, without recursion. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}

/** The last of repeated values, which is the one that counts, as in Django. */
export function last(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}

/** The same for every value of a query. */
export function lastValues(values: object): Fields {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, last(value)]));
}
