import type { Request, Response } from 'express';
import { last } from './body.js';
import { invalid } from './errors.js';
import { entityTag, matches } from './etag.js';
import type { Answer, AnyRoute } from './route.js';

/**
 * Sends a handler's answer: the fields that were asked for, with an entity tag, or 304 where the client has it.
 * @returns the text and the tag of an answer to GET, whether it was sent or not
 */
export function respond(
  request: Request,
  response: Response,
  answer: Answer,
  fields: string[] | null,
): { text: string; tag: string } | null {
  const reading = request.method === 'GET' || request.method === 'HEAD';
  const status = 'page' in answer ? 200 : answer.status;
  const body = 'page' in answer ? pageBody(answer.page, fields, response) : pick(answer.body, fields);
  response.status(status);
  if ('status' in answer && answer.headers) response.set(answer.headers);
  response.vary('Authorization');
  if (body === undefined) {
    response.end();
    return null;
  }
  const text = JSON.stringify(body);
  const tag = reading ? entityTag(text) : null;
  if (tag !== null) {
    response.set({ ETag: tag, 'Cache-Control': 'no-cache' });
    const known = request.get('if-none-match');
    if (known !== undefined && matches(known, tag, { weak: true })) {
      response.status(304).end();
      return { text, tag };
    }
  }
  response.set({
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
  });
  response.end(text);
  return tag === null ? null : { text, tag };
}

function pageBody(
  page: Extract<Answer, { page: unknown }>['page'],
  fields: string[] | null,
  response: Response,
): object {
  const links = [
    ...(page.next ? [`<${page.next}>; rel="next"`] : []),
    ...(page.previous ? [`<${page.previous}>; rel="prev"`] : []),
  ];
  if (links.length > 0) response.set('Link', links.join(', '));
  const { count, next, previous, results } = page;
  return {
    ...(count === undefined ? {} : { count }),
    next,
    previous,
    results: results.map((row) => pick(row, fields)),
  };
}

/**
 * The names that `?fields=` asks for, or null for all.
 * @throws {ApiError} 400 for one that the route's resource does not have
 */
export function fieldsOf(route: AnyRoute, request: Request): string[] | null {
  const text = last(request.query.fields);
  if (route.method !== 'GET' || !route.fields || typeof text !== 'string' || text === '') return null;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !route.fields?.includes(name));
  if (unknown.length > 0) {
    throw invalid({ fields: unknown.map((name) => `"${name}" is not one of: ${route.fields?.join(', ')}.`) });
  }
  return names;
}

function pick(body: object | undefined, fields: string[] | null): object | undefined {
  if (!body || !fields) return body;
  return Object.fromEntries(fields.map((name) => [name, (body as Record<string, unknown>)[name]]));
}
