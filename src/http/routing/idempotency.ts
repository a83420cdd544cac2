import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { UniqueConstraintError } from 'sequelize';
import { transaction } from '../../database/transactions.js';
import { IdempotencyKey } from '../../models/idempotency-key.js';
import type { Actor } from '../../policies/policies.js';
import { ApiError, refusal, toApiError } from '../errors.js';
import { repeatedFields } from '../request/forms.js';
import type { Answer } from '../response/answers.js';
import type { AnyRoute } from './route.js';

const KEY_MAX = 255;
const DAY_MS = 86_400_000;
/** How long a request may run before another request may take over its key. */
const RUNNING_MS = 60_000;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A request that is to be run once. */
interface Once {
  route: AnyRoute;
  request: Request;
  actor: Actor | null;
  /** The rows that the work is known to lock, as `transaction` takes them. */
  rows: readonly string[];
}

/**
 * Runs a request's work once for each `Idempotency-Key`. The answer is stored in the work's transaction, so that a crash
 * leaves both or neither. Without a key the work just runs.
 * @returns the work's answer, or the stored answer of the first request
 * @throws {ApiError} 422 if the key came with another body, 409 if its request is still running
 */
export async function runOnce(
  { route, request, actor, rows }: Once,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const key = request.get('idempotency-key');
  if (!route.idempotent) return work();
  // The work creates one record, so its transaction can be repeated after a deadlock.
  if (!key || !actor) return transaction(work, { repeatable: true, rows });
  if (key.length > KEY_MAX) throw refusal(400, `The Idempotency-Key has more than ${KEY_MAX} characters.`);
  const claim = await claimKey({
    user_id: actor.id,
    request_hash: sha256(`${route.method} ${request.path.replace(/\/+$/, '')}\n${key}`),
    body_hash: sha256(textOf(request.body)),
  });
  if (claim.status !== null) return replay(claim);
  try {
    const workAndSettle = async () => {
      const answer = await work();
      await settle(claim, answer);
      return answer;
    };
    return await transaction(workAndSettle, { repeatable: true, rows });
  } catch (error) {
    await settleRefusal(claim, toApiError(error));
    throw error;
  }
}

/** A body as a text that tells it from others. */
function textOf(body: unknown): string {
  const repeated = repeatedFields(body);
  return JSON.stringify(body ?? {}) + (repeated.length > 0 ? JSON.stringify(repeated) : '');
}

type KeyedRequest = Pick<IdempotencyKey, 'user_id' | 'request_hash' | 'body_hash'>;

/** The key's row: a new one for this request, without an answer, or one with the stored answer. */
async function claimKey(request: KeyedRequest): Promise<IdempotencyKey> {
  const expires = new Date(Date.now() + RUNNING_MS);
  try {
    const claim = () => IdempotencyKey.create({ ...request, status: null, expires });
    return await transaction(claim, { repeatable: true });
  } catch (error) {
    if (!(error instanceof UniqueConstraintError)) throw error;
  }
  const { user_id, request_hash } = request;
  const row = await IdempotencyKey.findOne({ where: { user_id, request_hash } });
  const isExpired = row && row.expires.getTime() <= Date.now();
  if (isExpired) {
    const where = { id: row.id, expires: row.expires };
    const [taken] = await IdempotencyKey.update(
      { ...request, status: null, answer: null, expires },
      { where },
    );
    if (taken === 1) return row.set({ ...request, status: null, answer: null, expires });
  }
  if (row && !isExpired && row.body_hash !== request.body_hash) {
    throw refusal(422, 'This Idempotency-Key was used with another body.');
  }
  if (row && !isExpired && row.status !== null) return row;
  throw refusal(409, 'A request with this Idempotency-Key is still running.', { 'Retry-After': '1' });
}

function replay({ status, answer }: IdempotencyKey): Answer {
  const body = JSON.parse(answer ?? '{}') as { detail: string };
  const headers = { 'Idempotency-Replayed': 'true' };
  if ((status as number) >= 400) throw new ApiError(status as number, body, headers);
  return { status: status as number, body, headers };
}

async function settle(claim: IdempotencyKey, answer: Answer): Promise<void> {
  const { status, body } = 'page' in answer ? { status: 200, body: answer.page } : answer;
  const expires = new Date(Date.now() + DAY_MS);
  const where = { id: claim.id, expires: claim.expires };
  const [settled] = await IdempotencyKey.update({ status, answer: JSON.stringify(body), expires }, { where });
  if (settled === 0) throw refusal(409, 'Another request with this Idempotency-Key has overtaken this one.');
}

/** Stores a refusal as the answer. After a 5xx the key is free again. */
async function settleRefusal(claim: IdempotencyKey, { status, body }: ApiError): Promise<void> {
  if (status < 500) await settle(claim, { status, body });
  else await IdempotencyKey.destroy({ where: { id: claim.id, expires: claim.expires } });
}
