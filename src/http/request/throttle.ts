import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Config, Rate } from '../../config.js';
import type { Redis } from '../../redis.js';
import { foldCase } from '../../models/validation.js';
import { clientAddress } from './client-address.js';
import { ThrottleStore } from './throttle-store.js';
import { throttled } from '../errors.js';
import { pass } from '../middleware.js';

/** The rate limits on top of those of every request. */
export type Scope =
  | 'login'
  | 'password'
  | 'password-reset'
  | 'review-create'
  | 'review-list'
  | 'review-detail'
  | 'import'
  | 'import-dry-run'
  | 'export';

/** What an account is tried for: a login by its username, a reset by its e-mail address. */
export type Attempt = 'login' | 'password-reset';

/** The rate limits of one application: its counts are its own. */
export interface Throttles {
  /** Counts a request, and refuses it with a 429 if it is over a limit. Undefined if no limit applies. */
  count(request: Request, response: Response, scope: Scope | undefined): Promise<void> | undefined;
  /**
   * Counts an attempt against an account, from whichever address. Called with the value that is then looked up.
   * @param name the username, or the e-mail address; its case does not matter
   * @throws {ApiError} 429
   */
  countAttempt: (request: Request, kind: Attempt, name: string) => Promise<void>;
  /**
   * Counts a member's file before it is read, whatever becomes of it.
   * @throws {ApiError} 429
   */
  countUpload: (request: Request, response: Response) => Promise<void>;
  /**
   * Counts wrong credentials by address.
   * @throws {ApiError} 429
   */
  countBadCredentials: (request: Request) => Promise<void>;
  /** The login's limit per address, as middleware. */
  login: RequestHandler[];
  close(): void;
}

const MS_PER_SECOND = 1_000;
const BAD_REQUEST = 400;

/** How many files one may send for each that is imported: those that are refused do not count as imports. */
const UPLOADS_PER_IMPORT = 4;

function addressKey(request: Request): string {
  return `address:${ipKeyGenerator(clientAddress(request))}`;
}

function callerKey(request: Request): string {
  const { credentials } = request;
  return credentials ? `user:${credentials.user.id}` : addressKey(request);
}

const isSet = (handler: RequestHandler | null) => handler !== null;

async function passAll(handlers: RequestHandler[], request: Request, response: Response): Promise<void> {
  for (const handler of handlers) await pass(handler, request, response);
}

/** Makes a limit count no request that is refused. One whose client has gone is counted, since its work may be done. */
function givingBack(limit: RequestHandler, store: ThrottleStore): RequestHandler {
  return (request, response, next) => {
    const counted = (error?: unknown) => {
      const { key } = (request as Request & { rateLimit: { key: string } }).rateLimit;
      response.once('finish', () => {
        if (response.statusCode >= BAD_REQUEST) void store.decrement(key);
      });
      next(error);
    };
    void limit(request, response, counted);
  };
}

/**
 * Makes the configured rate limits.
 * @param redis holds the counters that processes share; null keeps them in this process
 */
export function createThrottles(config: Config, redis: Redis | null): Throttles {
  const stores: ThrottleStore[] = [];

  const limiter = (
    name: string,
    rate: Rate | null,
    key: (request: Request) => string | null,
    { countsRefused = true } = {},
  ): RequestHandler | null => {
    if (!rate) return null;
    const store = new ThrottleStore(redis, name);
    stores.push(store);
    const limit = rateLimit({
      store,
      windowMs: rate.windowMs,
      limit: rate.limit,
      identifier: name,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      keyGenerator: (request) => key(request) ?? '',
      skip: (request) => key(request) === null,
      handler: (request, _response, next) => {
        const reset = (request as Request & { rateLimit: { resetTime?: Date } }).rateLimit.resetTime;
        const seconds = Math.max(
          1,
          Math.ceil(((reset?.getTime() ?? Date.now()) - Date.now()) / MS_PER_SECOND),
        );
        next(throttled(seconds));
      },
    });
    return countsRefused ? limit : givingBack(limit, store);
  };

  const anon = limiter('anon', config.THROTTLE_ANON, (request) =>
    request.credentials ? null : addressKey(request),
  );
  const user = limiter('user', config.THROTTLE_USER, (request) =>
    request.credentials ? callerKey(request) : null,
  );
  const loginAddress = limiter('login', config.THROTTLE_LOGIN, addressKey);
  const badCredentials = limiter('bad-credentials', config.THROTTLE_TOKEN, addressKey);
  const scoped: Record<Scope, RequestHandler | null> = {
    login: loginAddress,
    // A stolen token must not help to guess the password.
    password: limiter('password', config.THROTTLE_LOGIN, callerKey),
    'password-reset': limiter('password-reset', config.THROTTLE_LOGIN, addressKey),
    'review-create': limiter('review-create', config.THROTTLE_REVIEW_CREATE, callerKey),
    'review-list': limiter('review-list', config.THROTTLE_REVIEW_LIST, callerKey),
    'review-detail': limiter('review-detail', config.THROTTLE_REVIEW_DETAIL, callerKey),
    import: limiter('import', config.THROTTLE_OWN_DATA, callerKey, { countsRefused: false }),
    'import-dry-run': limiter('import-dry-run', config.THROTTLE_OWN_DATA, callerKey, {
      countsRefused: false,
    }),
    export: limiter('export', config.THROTTLE_OWN_DATA, callerKey),
  };
  const { THROTTLE_OWN_DATA: ownData } = config;
  const uploads = limiter(
    'upload',
    ownData && { ...ownData, limit: ownData.limit * UPLOADS_PER_IMPORT },
    callerKey,
  );
  /** The account that each request is counted against. */
  const accounts = new WeakMap<Request, string>();
  const account = (request: Request) => accounts.get(request) ?? null;
  const attempts: Record<Attempt, RequestHandler | null> = {
    login: limiter('login-username', config.THROTTLE_LOGIN, account),
    // Keeps a mailbox from being flooded.
    'password-reset': limiter('password-reset-email', config.THROTTLE_LOGIN, account),
  };

  const limits = (scope?: Scope) => [anon, user, scope ? scoped[scope] : null].filter(isSet);
  const general = limits();
  const withScope = Object.fromEntries(
    Object.keys(scoped).map((scope) => [scope, limits(scope as Scope)]),
  ) as Record<Scope, RequestHandler[]>;

  return {
    count(request, response, scope) {
      const handlers = scope ? withScope[scope] : general;
      return handlers.length === 0 ? undefined : passAll(handlers, request, response);
    },
    async countAttempt(request, kind, name) {
      const handler = attempts[kind];
      accounts.set(request, `${kind}:${foldCase(name)}`);
      if (handler) await pass(handler, request, request.res as Response);
    },
    async countUpload(request, response) {
      if (uploads) await pass(uploads, request, response);
    },
    async countBadCredentials(request) {
      if (badCredentials) await pass(badCredentials, request, request.res as Response);
    },
    login: [loginAddress].filter(isSet),
    close: () => stores.forEach((store) => store.shutdown()),
  };
}
