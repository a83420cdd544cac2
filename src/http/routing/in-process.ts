import type { Request, Response } from 'express';
import type { Door } from '../../audit/acting-as.js';
import { preferReplica } from '../../database/read-connection.js';
import { notFound } from '../errors.js';
import type { Throttles } from '../request/throttle.js';
import type { Answer } from '../response/answers.js';
import { pathId } from './path-id.js';
import { type AnyRoute, type Method, scopeOf } from './route.js';
import { actorOf, authorize, runRoute } from './run-route.js';

/** What is asked of a route. */
export interface Question {
  method: Method;
  /** The path, without a query. */
  path: string;
  query?: URLSearchParams;
  /** The body's fields. */
  body?: object;
}

/** A route's answer, and what ends it. */
export interface InProcessAnswer {
  answer: Answer;
  /**
   * The movies whose change changes the answer; null where any movie's does, undefined where more does. See `Route.shows`.
   */
  movies: readonly number[] | null | undefined;
}

/** The request in whose name routes are asked: its client, its credentials and its limits are theirs. */
export interface Asking {
  request: Request;
  response: Response;
  /** Whether the data may come from a replica, and so be stale. */
  mayBeStale: boolean;
  /** The language of mail that the answer causes. */
  language: string;
}

/** Asks a route. Rejects with the `ApiError` of a refusal. */
export type Ask = (question: Question, asking: Asking) => Promise<InProcessAnswer>;

/**
 * Makes a function that asks the API's routes without HTTP: policies, checks, messages and handlers are those of a request.
 * A write counts against the limits like a request. A read does not: its request has been counted.
 * @param door through what changes come, for the audit log
 */
export function createAsk(routes: AnyRoute[], throttles: Throttles, door: Door): Ask {
  const match = createMatcher(routes);
  return async (question, { request, response, mayBeStale, language }) => {
    const found = match(question.method, question.path);
    const credentials = request.credentials ?? null;
    const asked = requestFor(question, request, found.params, language);
    const { route } = found;
    if (route.method !== 'GET') await throttles.count(asked, response, scopeOf(route, asked));
    authorize(route, actorOf(credentials));
    const run = () =>
      runRoute(found, asked, response, { throttles, credentials, door, sent: question.body ?? {} });
    const isStale = mayBeStale && route.method === 'GET' && !credentials;
    const { answer, context } = await (isStale ? preferReplica(run) : run());
    return { answer, movies: route.shows?.(answer, context) };
  };
}

/** Headers of the page's request that would change the meaning of another one. */
const CONDITIONS = new Set(['authorization', 'cookie', 'if-match', 'if-none-match', 'idempotency-key']);

/** A request like the page's, but for its method, address and body. */
function requestFor(
  { method, path, query, body }: Question,
  request: Request,
  params: Record<string, string>,
  language: string,
): Request {
  const search = query?.toString() ?? '';
  const url = search === '' ? path : `${path}?${search}`;
  const headers = {
    ...Object.fromEntries(Object.entries(request.headers).filter(([name]) => !CONDITIONS.has(name))),
    'accept-language': language,
  };
  const parsed: Record<string, string | string[]> = {};
  for (const name of new Set(query?.keys())) {
    const values = query?.getAll(name) ?? [];
    parsed[name] = values.length === 1 ? (values[0] as string) : values;
  }
  const own = { method, url, originalUrl: url, path, headers, params, query: parsed, body };
  return Object.create(
    request,
    Object.fromEntries(
      Object.entries(own).map(([name, value]) => [name, { value, writable: true, enumerable: true }]),
    ),
  ) as Request;
}

interface Match {
  route: AnyRoute;
  id: number;
  params: Record<string, string>;
}

const keyOf = (method: Method, path: string) => `${method} ${path}`;
const isPlain = ({ path }: AnyRoute) => !path.includes(':');

/** Makes a function that finds the route of a path. It throws the 404 of a path without one. */
function createMatcher(routes: AnyRoute[]): (method: Method, path: string) => Match {
  const plain = new Map(routes.filter(isPlain).map((route) => [keyOf(route.method, route.path), route]));
  const named = routes.filter((route) => !isPlain(route));
  const patterns = named.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
  }));
  return (method, path) => {
    const whole = plain.get(keyOf(method, path));
    if (whole) return { route: whole, id: 0, params: {} };
    for (const { route, pattern } of patterns) {
      const found = route.method === method && pattern.exec(path);
      if (!found) continue;
      const params = Object.fromEntries(
        Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
      );
      const id = params.id === undefined ? 0 : pathId(params.id);
      return { route, id, params };
    }
    throw notFound();
  };
}
