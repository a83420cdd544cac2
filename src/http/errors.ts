import type { ErrorRequestHandler } from 'express';
import {
  ConnectionError,
  EmptyResultError,
  ForeignKeyConstraintError,
  TimeoutError,
  UniqueConstraintError,
  ValidationError,
} from 'sequelize';
import { Busy } from '../database/busy.js';
import { causeOf, isDiskFull } from '../database/refusals.js';
import { StoreError } from '../media/media-store.js';
import { BadPicture } from '../media/picture.js';
import { originalError } from './compatibility/original-errors.js';
import { noteFailure } from './request-log.js';

/** Faults by field, in DRF's words. Those of no single field are under `non_field_errors`. */
export type Faults = Record<string, string[]>;

/** A refusal: the status and the body that the client gets. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: { detail: string; otp_required?: true } | Faults,
    readonly headers: Record<string, string> = {},
  ) {
    super(JSON.stringify(body));
  }
}

/** A refusal whose body is one sentence. */
export function refusal(status: number, detail: string, headers?: Record<string, string>): ApiError {
  return new ApiError(status, { detail }, headers);
}

export const invalid = (faults: Faults) => new ApiError(400, faults);
export const notFound = (detail = 'Not found.') => refusal(404, detail);
export const forbidden = () => refusal(403, 'You do not have permission to perform this action.');
/** A refusal of credentials that are wrong, expired or revoked; they count by address. */
export class BadCredentials extends ApiError {}

export const badCredentials = (detail: string) =>
  new BadCredentials(401, { detail }, { 'WWW-Authenticate': 'Token' });

/** A refusal of a request over a limit, with what says when it may come again. */
export function throttled(seconds: number): ApiError {
  return refusal(429, `Request was throttled. Expected available in ${seconds} seconds.`, {
    'Retry-After': String(seconds),
  });
}

export const unauthenticated = (detail = 'Authentication credentials were not provided.', scheme = 'Token') =>
  refusal(401, detail, { 'WWW-Authenticate': scheme });

const UNAVAILABLE = refusal(503, 'The service is temporarily unavailable.', { 'Retry-After': '5' });
const BUSY = refusal(503, 'Another change is not done yet: try again in a moment.', { 'Retry-After': '5' });
const FULL = refusal(503, 'There is no room left to store this.', { 'Retry-After': '60' });

/** Columns that have another name in the API. */
const FIELD_NAMES: Record<string, string> = { platform_id: 'platform', updated: 'update' };

/** Turns any error into a refusal. An unexpected one becomes a 500 without details. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof ValidationError) return fromValidation(error);
  if (error instanceof EmptyResultError) return notFound();
  // A row was deleted between this request's lookup and its write.
  if (error instanceof ForeignKeyConstraintError) return notFound();
  if (error instanceof URIError) return notFound();
  if (error instanceof BadPicture) return fromPicture(error);
  if (error instanceof StoreError) return error.isFull ? FULL : UNAVAILABLE;
  return fromDatabase(error) ?? fromBodyParser(error) ?? refusal(500, 'A server error occurred.');
}

function fromPicture({ message, isUnsupported }: BadPicture): ApiError {
  return isUnsupported ? refusal(415, message) : invalid({ poster: [message] });
}

function fromValidation(error: ValidationError): ApiError {
  if (error instanceof UniqueConstraintError && error.errors.length > 1) {
    return invalid({ non_field_errors: [...new Set(error.errors.map((item) => item.message))] });
  }
  const faults: Faults = {};
  for (const item of error.errors) {
    const path = item.path ?? 'non_field_errors';
    // A parent was deleted between this request's lookup and its write.
    if (item.validatorKey === 'exists' && path !== 'platform_id') return notFound();
    const name = FIELD_NAMES[path] ?? path.replace(/_key$/, '');
    (faults[name] ??= []).push(item.message);
  }
  return invalid(faults);
}

/** Error codes of a database that is down, being migrated, overloaded or too slow. */
const UNAVAILABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ER_BAD_FIELD_ERROR',
  'ER_CON_COUNT_ERROR',
  'ER_ERROR_DURING_COMMIT',
  'ER_LOCK_DEADLOCK',
  'ER_NO_SUCH_TABLE',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_QUERY_INTERRUPTED',
  'ER_QUERY_TIMEOUT',
  'ER_SERVER_SHUTDOWN',
  'ER_UNKNOWN_COM_ERROR',
  'PROTOCOL_CONNECTION_LOST',
  'SQLITE_INTERRUPT',
]);

/** Error codes of a lock that another transaction holds. */
const BUSY_CODES = new Set(['ER_LOCK_WAIT_TIMEOUT', 'SQLITE_BUSY']);

/**
 * Error numbers of MariaDB that MySQL and its driver do not know: a killed connection, a statement over its time limit,
 * and the same within a full-text index.
 */
const UNAVAILABLE_NUMBERS = new Set([1927, 1969, 188]);

/** The 503 for an error that comes from the database, or null. */
function fromDatabase(error: unknown): ApiError | null {
  if (error instanceof Busy) return BUSY;
  if (error instanceof ConnectionError) return UNAVAILABLE;
  if (!(error instanceof Error)) return null;
  const { code = '', errno = 0, fatal, message } = causeOf(error);
  if (isDiskFull(error)) return FULL;
  // Before the rest: it is a `TimeoutError`, too, where a writer waited for another process's lock of the SQLite file.
  if (BUSY_CODES.has(code)) return BUSY;
  const unavailable =
    error instanceof TimeoutError ||
    fatal ||
    UNAVAILABLE_CODES.has(code) ||
    UNAVAILABLE_NUMBERS.has(errno) ||
    /no such (table|column)/.test(message);
  return unavailable ? UNAVAILABLE : null;
}

/** The refusal for an error of Express's body parsers or router, by its `type` and `status`; null for other errors. */
function fromBodyParser(error: unknown): ApiError | null {
  const { type, status, message } = error as { type?: string; status?: number; message?: string };
  switch (type) {
    case 'entity.too.large':
    case 'parameters.too.many':
      return refusal(413, 'The request body is too large.');
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return refusal(415, `Unsupported media type: ${message ?? ''}.`);
    case 'entity.verify.failed':
      return refusal(400, message ?? 'Malformed request.');
    case 'entity.parse.failed':
      return refusal(400, `JSON parse error - ${message ?? ''}`);
    default:
      return status !== undefined && status >= 400 && status < 500
        ? refusal(status, message ?? 'Bad request.')
        : null;
  }
}

/** Turns every error of a request into its response. */
export const errorHandler: ErrorRequestHandler = (error, request, response, next) => {
  const answer = toApiError(error);
  if (answer.status >= 500) noteFailure(request, response, answer.status, error as Error);
  if (response.headersSent) {
    next(error);
    return;
  }
  const { path } = (request.route ?? {}) as { path?: string };
  const original = path === undefined ? undefined : originalError(path, answer);
  const body = original === undefined ? answer.body : { ...answer.body, error: original };
  response.status(answer.status).set(answer.headers).json(body);
};
