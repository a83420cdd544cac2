import type { Request, Response } from 'express';
import { entityTag, matches } from './etag.js';
import type { HeaderList } from './headers.js';
import type { Answer, Page } from './answers.js';

/** The response to a GET, whether it was sent or the client had it already. */
export interface RenderedResponse {
  text: string;
  tag: string;
  /** Those that do not belong to one request, without the text's own. */
  headers: HeaderList;
}

/** What middleware sets for one request, or what is put together here. */
const OWN_HEADERS = /^(x-request-id|ratelimit|ratelimit-policy|connection|vary)$/;

/**
 * Sends a handler's answer: the fields that were asked for, with an entity tag, or 304 where the client has it.
 * @returns the answer to a GET
 */
export function respond(
  request: Request,
  response: Response,
  answer: Answer,
  fields: string[] | null,
): RenderedResponse | null {
  const status = 'page' in answer ? 200 : answer.status;
  const body = 'page' in answer ? pageBody(answer.page, fields) : pick(answer.body, fields);
  const further = 'page' in answer ? linkOf(answer.page) : Object.entries(answer.headers ?? {}).flat();
  const headers = [...(response.pendingHeaders ?? []), 'Vary', varyOf(response), ...further];
  const id = ['X-Request-Id', request.id];
  if (body === undefined) {
    response.writeHead(status, [...id, ...headers]).end();
    return null;
  }
  const text = JSON.stringify(body);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(status, [...id, ...headers, ...headersOf(text)]).end(text);
    return null;
  }
  const tag = entityTag(text);
  headers.push('ETag', tag, 'Cache-Control', 'no-cache');
  const given = { text, tag, headers: [...setAlready(response), ...headers] };
  const known = request.headers['if-none-match'];
  if (known !== undefined && matches(known, tag, { weak: true })) {
    response.writeHead(304, [...id, ...headers]).end();
  } else {
    response.writeHead(status, [...id, ...headers, ...headersOf(text)]).end(text);
  }
  return given;
}

/** The headers of a JSON text. */
export function headersOf(text: string | Buffer): HeaderList {
  const length = String(Buffer.byteLength(text));
  return ['Content-Type', 'application/json; charset=utf-8', 'Content-Length', length];
}

/** By what middleware says that an answer varies, and by what all of these do. */
function varyOf(response: Response): string {
  const before = response.getHeader('Vary');
  return before === undefined ? 'Authorization' : `${String(before)}, Authorization`;
}

/** What middleware has set that another request's answer would have too. */
function setAlready(response: Response): HeaderList {
  return response
    .getHeaderNames()
    .flatMap((name) => (OWN_HEADERS.test(name) ? [] : [name, String(response.getHeader(name))]));
}

function linkOf({ next, previous }: Page<object>): HeaderList {
  if (!next && !previous) return [];
  const links = [next && `<${next}>; rel="next"`, previous && `<${previous}>; rel="prev"`];
  return ['Link', links.filter(Boolean).join(', ')];
}

function pageBody({ count, next, previous, results }: Page<object>, fields: string[] | null): object {
  const rows = fields ? results.map((row) => pick(row, fields)) : results;
  return count === undefined ? { next, previous, results: rows } : { count, next, previous, results: rows };
}

function pick(body: object | undefined, fields: string[] | null): object | undefined {
  if (!body || !fields) return body;
  return Object.fromEntries(fields.map((name) => [name, (body as Record<string, unknown>)[name]]));
}
