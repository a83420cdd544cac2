import type { Request, Response } from 'express';
import { toJson } from '../compatibility/decimal-points.js';
import { entityTag, matches } from './etag.js';
import type { HeaderList } from './headers.js';
import type { Answer, Page } from './answers.js';

/** The response to a GET, also where a 304 was sent in its place. */
export interface RenderedResponse {
  text: string | Buffer;
  tag: string;
  /** The headers that suit every request, without those of the text. */
  headers: HeaderList;
  /** The headers that describe the text. */
  textHeaders: HeaderList;
}

/** Headers that middleware sets for one request, or that are built here. */
const REQUEST_HEADERS = /^(x-request-id|ratelimit|ratelimit-policy|connection|vary)$/;

/**
 * Sends a handler's answer. A GET gets an entity tag, or a 304 if the client has that tag.
 * @param fields the fields to send; null for all
 * @returns the response to a GET; null for other methods
 */
export function respond(
  request: Request,
  response: Response,
  answer: Answer,
  fields: string[] | null,
): RenderedResponse | null {
  const status = 'page' in answer ? 200 : answer.status;
  const body = 'page' in answer ? pageBody(answer.page, fields) : pick(answer.body, fields);
  const answerHeaders = 'page' in answer ? linkOf(answer.page) : Object.entries(answer.headers ?? {}).flat();
  const headers = [...(response.pendingHeaders ?? []), 'Vary', varyOf(response), ...answerHeaders];
  const id = ['X-Request-Id', request.id];
  if (body === undefined) {
    response.writeHead(status, [...id, ...headers]).end();
    return null;
  }
  const text = toJson(body);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(status, [...id, ...headers, ...headersOf(text)]).end(text);
    return null;
  }
  const tag = entityTag(text);
  headers.push('ETag', tag, 'Cache-Control', 'no-cache');
  const textHeaders = headersOf(text);
  const rendered = { text, tag, headers: [...sharedHeaders(response), ...headers], textHeaders };
  const clientTags = request.headers['if-none-match'];
  if (clientTags !== undefined && matches(clientTags, tag)) {
    response.writeHead(304, [...id, ...headers]).end();
  } else {
    response.writeHead(status, [...id, ...headers, ...textHeaders]).end(text);
  }
  return rendered;
}

/** The headers that describe a JSON text. */
function headersOf(text: string): HeaderList {
  const length = String(Buffer.byteLength(text));
  return ['Content-Type', 'application/json; charset=utf-8', 'Content-Length', length];
}

/** The `Vary` header: what middleware has set, and `Authorization`. */
function varyOf(response: Response): string {
  const header = response.getHeader('Vary');
  return header === undefined ? 'Authorization' : `${String(header)}, Authorization`;
}

/** The headers set by middleware that are the same for every request. */
function sharedHeaders(response: Response): HeaderList {
  return response
    .getHeaderNames()
    .flatMap((name) => (REQUEST_HEADERS.test(name) ? [] : [name, String(response.getHeader(name))]));
}

/**
 * The longest `Link` header, in characters. It repeats the query twice, and proxies refuse an answer whose headers exceed
 * their buffer: 4 KiB in nginx. The body has the same addresses.
 */
const LINK_MAX = 3_000;

function linkOf({ next, previous }: Page<object>): HeaderList {
  if (!next && !previous) return [];
  const links = [next && `<${next}>; rel="next"`, previous && `<${previous}>; rel="prev"`];
  const value = links.filter(Boolean).join(', ');
  return value.length > LINK_MAX ? [] : ['Link', value];
}

function pageBody(page: Page<object>, fields: string[] | null): object {
  const { count, next, previous, results } = page;
  const rows = fields ? results.map((row) => pick(row, fields)) : results;
  if (page.isBare) return rows;
  return count === undefined ? { next, previous, results: rows } : { count, next, previous, results: rows };
}

function pick(body: object | undefined, fields: string[] | null): object | undefined {
  if (!body || !fields) return body;
  return Object.fromEntries(fields.map((name) => [name, (body as Record<string, unknown>)[name]]));
}
