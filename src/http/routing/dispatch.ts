import { type Request, type Response, Router } from 'express';
import { preferReplica } from '../../database/read-connection.js';
import { transaction } from '../../database/transactions.js';
import { type Acting, actingAs } from '../../audit/acting-as.js';
import { can, type Actor } from '../../policies/policies.js';
import { toJson } from '../compatibility/decimal-points.js';
import { authenticate, type Credentials } from '../request/authentication.js';
import { clientAddress } from '../request/client-address.js';
import { readBody } from '../request/body.js';
import { checkBody, checkQuery, fieldsOf } from './checks.js';
import { BadCredentials, forbidden, notFound, refusal, unauthenticated } from '../errors.js';
import { entityTag, matches } from '../response/etag.js';
import type { PendingResponse, ResponseCache } from '../response/response-cache.js';
import type { RouteMatch } from './fast-router.js';
import { runOnce } from './idempotency.js';
import { respond } from '../response/respond.js';
import type { Answer } from '../response/answers.js';
import type { AnyRoute, Context } from './route.js';
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
  if (text === undefined) return 0;
  const id = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  if (id < 1 || !Number.isSafeInteger(id)) throw notFound();
  return id;
}

/** The state of a request, with the parts that all routes share. */
interface RequestState extends Shared {
  /** The announced cache entry; null if the answer will not be cached. */
  pending: PendingResponse | null;
  credentials: Credentials | null;
  actor: Actor | null;
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
  { route, id }: RouteMatch,
  request: Request,
  response: Response,
  shared: Omit<RequestState, 'credentials' | 'actor'>,
): Promise<void> {
  const credentials = request.headers.authorization === undefined ? null : await authenticate(request);
  request.credentials = credentials;
  const counted = shared.throttles.count(request, response, route.throttle);
  if (counted) await counted;
  const actor = credentials && { id: credentials.user.id, role: credentials.user.role };
  authorize(route, actor);
  // A client with credentials reads its own writes, so not from a replica, which may be stale. Nor may a cached answer be.
  const mayBeStale = route.method === 'GET' && !credentials && !shared.pending;
  const send = () => answer(route, id, request, response, { ...shared, credentials, actor });
  await (mayBeStale ? preferReplica(send) : send());
}

async function answer(
  route: AnyRoute,
  id: number,
  request: Request,
  response: Response,
  { throttles, cache, pending, credentials, actor }: RequestState,
): Promise<void> {
  const record = route.load && !route.loadLate ? await loadOrRefuse(route, id, actor, false) : undefined;
  /** Refuses a missing record before a body. */
  const afterRecord = async <T>(read: () => Promise<T>): Promise<T> => {
    if (!route.loadLate) return read();
    return read().catch(async (error: unknown) => {
      await loadOrRefuse(route, id, actor, false);
      throw error;
    });
  };
  const read = route.upload ? route.upload.receive : route.body && readBody;
  const sent = read && (await afterRecord(() => read(request, response)));
  const query = checkQuery(route, request);
  const fields = fieldsOf(route, request);
  const countAttempt: Context['countAttempt'] = (kind, name) => throttles.countAttempt(request, kind, name);
  const context = { request, credentials, actor, id, record, body: undefined, query, countAttempt };
  const work = () =>
    runOnce(route, request, actor, async () => {
      const body = route.upload ? sent : await afterRecord(() => checkBody(route, sent, credentials));
      return handle(route, { ...context, body });
    });
  const staff = staffOf(request, credentials);
  const write = () => (staff ? actingAs(staff, work) : work());
  const result = await (route.method === 'GET' ? route.handle(context) : write());
  const rendered = respond(request, response, result, fields);
  if (pending && route.shows && rendered) {
    cache.store(pending, { ...rendered, route, movies: route.shows(result, context) });
  }
}

/** The actor of a write for the audit log; null unless it is staff. */
function staffOf(request: Request, credentials: Credentials | null): Acting | null {
  if (!credentials || !can(credentials.user, 'read', 'panel')) return null;
  const { id, username: name, role } = credentials.user;
  return { id, name, role, door: 'api', address: clientAddress(request), requestId: request.id };
}

/**
 * Runs the handler. Where it changes a record, the record is loaded again, locked, in the transaction of the change. The
 * transaction can be repeated after a deadlock.
 */
function handle(route: AnyRoute, context: Context): Promise<Answer> {
  if (!route.load || !['PUT', 'PATCH', 'DELETE'].includes(route.method)) return route.handle(context);
  const change = async () => {
    await route.lockFirst?.(context.id, context.body);
    const record = await loadOrRefuse(route, context.id, context.actor, true);
    const ifMatch = context.request.get('if-match');
    if (ifMatch !== undefined && route.represent) {
      const tag = entityTag(toJson(await route.represent(record, context.request)));
      if (!matches(ifMatch, tag)) throw refusal(412, 'The record has changed since.');
    }
    return route.handle({ ...context, record });
  };
  return transaction(change, { repeatable: true });
}

function authorize(route: AnyRoute, actor: Actor | null, record?: unknown): void {
  const [subject, action] = route.policy;
  if (can(actor, action as never, subject, record)) return;
  throw actor ? forbidden() : unauthenticated();
}

async function loadOrRefuse(
  route: AnyRoute,
  id: number,
  actor: Actor | null,
  lock: boolean,
): Promise<unknown> {
  const record = await route.load?.(id, actor, { lock });
  if (!record) throw notFound();
  authorize(route, actor, record);
  return record;
}
