import { type Request, type Response, Router } from 'express';
import { preferReplica } from '../../database/read-connection.js';
import { authenticate, type Credentials } from '../request/authentication.js';
import { BadCredentials, refusal } from '../errors.js';
import type { PendingResponse, ResponseCache } from '../response/response-cache.js';
import type { RouteMatch } from './fast-router.js';
import { pathId } from './path-id.js';
import { respond } from '../response/respond.js';
import { sendFile } from '../response/send-file.js';
import { type AnyRoute, scopeOf } from './route.js';
import { actorOf, authorize, runRoute } from './run-route.js';
import type { Throttles } from '../request/throttle.js';

/** The parts of an application that all routes share. */
export interface Shared {
  throttles: Throttles;
  cache: ResponseCache;
}

/**
 * Serves a table of routes. Requests are refused in the order of the contract: path, method, credentials, throttle,
 * policy, record, body.
 */
export function serve(routes: AnyRoute[], shared: Shared): Router {
  const router = Router({ caseSensitive: true });
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = new Map<string, AnyRoute>(
      routes.filter((route) => route.path === path).map((route) => [route.method, route]),
    );
    const get = methods.get('GET');
    if (get) methods.set('HEAD', get);
    const allow = [...methods.keys(), 'OPTIONS'].join(', ');
    router.all(path, async (request, response) => {
      const id = idOf(request);
      if (request.method === 'OPTIONS') {
        response.status(204).set('Allow', allow).end();
        return;
      }
      const route = methods.get(request.method);
      if (!route) throw refusal(405, `Method "${request.method}" not allowed.`, { Allow: allow });
      await answerRoute({ route, id }, request, response, shared);
    });
  }
  return router;
}

/** The id in the path, or 0 if the path has none. */
function idOf(request: Request): number {
  const text = request.params.id as string | undefined;
  return text === undefined ? 0 : pathId(text);
}

/** Answers a request that has matched a route. Rejects with the error if it is refused. */
export async function answerRoute(
  found: RouteMatch,
  request: Request,
  response: Response,
  shared: Shared,
): Promise<void> {
  const pending = found.route.shows ? shared.cache.begin(request) : null;
  try {
    await authenticated(found, request, response, { ...shared, pending });
  } catch (error) {
    if (error instanceof BadCredentials) await shared.throttles.countBadCredentials(request);
    throw error;
  } finally {
    if (pending) shared.cache.end(pending);
  }
}

async function authenticated(
  found: RouteMatch,
  request: Request,
  response: Response,
  shared: Shared & { pending: PendingResponse | null },
): Promise<void> {
  const { route } = found;
  const credentials = request.headers.authorization === undefined ? null : await authenticate(request);
  request.credentials = credentials;
  const counted = shared.throttles.count(request, response, scopeOf(route, request));
  if (counted) await counted;
  authorize(route, actorOf(credentials));
  // A client with credentials reads its own writes, so not from a replica, which may be stale. Nor may a cached answer be.
  const mayBeStale = route.method === 'GET' && !credentials && !shared.pending;
  const send = () => answer(found, request, response, { ...shared, credentials });
  await (mayBeStale ? preferReplica(send) : send());
}

async function answer(
  found: RouteMatch,
  request: Request,
  response: Response,
  {
    throttles,
    cache,
    pending,
    credentials,
  }: Shared & { pending: PendingResponse | null; credentials: Credentials | null },
): Promise<void> {
  const { route } = found;
  const ran = await runRoute(found, request, response, { throttles, credentials, door: 'api' });
  if ('file' in ran.answer && ran.answer.file) {
    await sendFile(request, response, ran.answer.file, route.answers.type as string);
    return;
  }
  const rendered = respond(request, response, ran.answer, ran.fields);
  if (pending && route.shows && rendered) {
    const scope = scopeOf(route, request);
    cache.store(pending, {
      ...rendered,
      route: { path: route.path, ...(scope && { throttle: scope }) },
      movies: route.shows(ran.answer, ran.context),
    });
  }
}
