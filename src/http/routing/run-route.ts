import type { Request, Response } from 'express';
import { type Acting, actingAs, type Door } from '../../audit/acting-as.js';
import { transaction } from '../../database/transactions.js';
import { movieRow } from '../../ratings/locks.js';
import { type Actor, can } from '../../policies/policies.js';
import { toJson } from '../compatibility/decimal-points.js';
import { forbidden, notFound, refusal, unauthenticated } from '../errors.js';
import type { Credentials } from '../request/authentication.js';
import { readBody } from '../request/body.js';
import { clientAddress } from '../request/client-address.js';
import type { Throttles } from '../request/throttle.js';
import { uploadTurn } from '../request/upload-turn.js';
import type { Answer } from '../response/answers.js';
import { entityTag, matches } from '../response/etag.js';
import { checkBody, checkQuery, fieldsOf } from './checks.js';
import type { RouteMatch } from './fast-router.js';
import { runOnce } from './idempotency.js';
import type { AnyRoute, Context } from './route.js';

/** Who runs a route, and how. */
export interface Caller {
  throttles: Pick<Throttles, 'countAttempt' | 'countUpload'>;
  credentials: Credentials | null;
  /** Through what a change comes, for the audit log. */
  door: Door;
  /** The body, if it is not to be read from the request. */
  sent?: object;
}

/** What a route that has run leaves. */
export interface Ran {
  answer: Answer;
  /** The names in `?fields=`; null for all. */
  fields: string[] | null;
  context: Context;
}

/** The user that policies ask about. */
export function actorOf(credentials: Credentials | null): Actor | null {
  return credentials && { id: credentials.user.id, role: credentials.user.role };
}

/**
 * Checks whether the actor may.
 * @param record where there is one
 * @throws {ApiError} 401 without an actor, else 403
 */
export function authorize(route: AnyRoute, actor: Actor | null, record?: unknown): void {
  const [subject, action] = route.policy;
  if (can(actor, action as never, subject, record)) return;
  throw actor ? forbidden() : unauthenticated();
}

/**
 * Runs a route for a caller whom its limits and its policy have let pass: finds the record, checks the query and the
 * body, and calls the handler, for a write in a transaction.
 * @returns the answer, which is not sent
 * @throws {ApiError} for every refusal
 */
export async function runRoute(
  match: RouteMatch,
  request: Request,
  response: Response,
  caller: Caller,
): Promise<Ran> {
  const { route, id } = match;
  const { throttles, credentials, door } = caller;
  const actor = actorOf(credentials);
  const record =
    route.load && !route.loadLate ? await loadOrRefuse(route, id, actor, { lock: false }) : undefined;
  const isSending = route.upload !== undefined || route.body !== undefined;
  const sent = isSending ? await readSent(match, request, response, caller) : caller.sent;
  const context: Context = {
    request,
    credentials,
    actor,
    door,
    id,
    record,
    body: undefined,
    query: checkQuery(route, request),
    fields: fieldsOf(route, request),
    countAttempt: (kind, name) => throttles.countAttempt(request, kind, name),
  };
  const answer = await (route.method === 'GET' ? route.handle(context) : write(route, context, sent));
  return { answer, fields: context.fields as string[] | null, context };
}

/** Reads what a request sends. */
async function readSent(
  { route, id }: RouteMatch,
  request: Request,
  response: Response,
  { throttles, credentials, sent }: Caller,
): Promise<unknown> {
  if (sent) return sent;
  if (route.upload?.isLimited) {
    await throttles.countUpload(request, response);
    await uploadTurn(request, response);
  }
  const read = route.upload ? route.upload.receive : readBody;
  return afterRecord(route, id, actorOf(credentials), () => read(request, response));
}

/** Reads or checks a body; where that fails, a missing record is refused first. */
async function afterRecord<T>(
  route: AnyRoute,
  id: number,
  actor: Actor | null,
  read: () => Promise<T>,
): Promise<T> {
  if (!route.loadLate) return read();
  return read().catch(async (error: unknown) => {
    await loadOrRefuse(route, id, actor, { lock: false });
    throw error;
  });
}

/** Runs the handler of a write in its transaction. */
function write(route: AnyRoute, context: Context, sent: unknown): Promise<Answer> {
  const { request, credentials, actor, door, id, record } = context;
  const rows = route.movie ? [movieRow(route.movie({ id, record }))] : [];
  const check = async () => {
    const body = route.upload
      ? sent
      : await afterRecord(route, id, actor, () => checkBody(route, sent, credentials));
    return handle(route, { ...context, body }, rows);
  };
  const work = () => runOnce({ route, request, actor, rows }, check);
  const staff = staffOf(request, credentials, door);
  return staff ? actingAs(staff, work) : work();
}

/** The actor of a write for the audit log; null unless it is staff. */
function staffOf(request: Request, credentials: Credentials | null, door: Door): Acting | null {
  if (!credentials || !can(credentials.user, 'read', 'panel')) return null;
  const { id, username: name, role } = credentials.user;
  return { id, name, role, door, address: clientAddress(request), requestId: request.id };
}

/**
 * Runs the handler. Where it changes a record, the record is loaded again, locked, in the transaction of the change. The
 * transaction can be repeated after a deadlock.
 */
function handle(route: AnyRoute, context: Context, rows: readonly string[]): Promise<Answer> {
  if (!route.load || !['PUT', 'PATCH', 'DELETE'].includes(route.method)) return route.handle(context);
  const change = async () => {
    await route.lockFirst?.(context.id, context.body);
    const record = await loadOrRefuse(route, context.id, context.actor, { lock: true, seen: context.record });
    const ifMatch = context.request.get('if-match');
    if (ifMatch !== undefined && route.represent) {
      const tag = entityTag(toJson(await route.represent(record, context.request)));
      if (!matches(ifMatch, tag)) throw refusal(412, 'The record has changed since.');
    }
    return route.handle({ ...context, record });
  };
  return transaction(change, { repeatable: true, rows });
}

async function loadOrRefuse(
  route: AnyRoute,
  id: number,
  actor: Actor | null,
  options: { lock: boolean; seen?: unknown },
): Promise<unknown> {
  const record = await route.load?.(id, actor, options);
  if (!record) throw notFound();
  authorize(route, actor, record);
  return record;
}
