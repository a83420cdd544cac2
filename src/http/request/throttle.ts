import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, MemoryStore, rateLimit } from 'express-rate-limit';
import type { Config, Rate } from '../../config.js';
import type { Redis } from '../../redis.js';
import { foldCase } from '../../models/validation.js';
import { RedisThrottleStore } from './throttle-store.js';
import { refusal } from '../errors.js';
import { pass } from '../middleware.js';

/** The rate limits on top of those of every request. */
export type Scope =
  'login' | 'password' | 'password-reset' | 'review-create' | 'review-list' | 'review-detail';

/** The rate limits of one application, with counters of its own. */
export interface Throttles {
  /** Counts a request, and refuses it with a 429 if it is over a limit. Undefined if no limit applies. */
  count(request: Request, response: Response, scope: Scope | undefined): Promise<void> | undefined;
  /** Counts a request against the account that its parsed body names, for all senders. Undefined if no limit applies. */
  countNamed(request: Request, response: Response, scope: Scope | undefined): Promise<void> | undefined;
  /** The login's limits by address and by username, as middleware after a body parser. */
  login: RequestHandler[];
  close(): void;
}

const MS_PER_SECOND = 1_000;

function addressKey(request: Request): string {
  return `address:${request.ip ? ipKeyGenerator(request.ip) : 'unknown'}`;
}

function callerKey(request: Request): string {
  const { credentials } = request;
  return credentials ? `user:${credentials.user.id}` : addressKey(request);
}

function usernameKey(request: Request): string | null {
  const { username, email } = (request.body ?? {}) as Record<string, unknown>;
  // AdminJS's login form calls the username `email`.
  const name = username ?? email;
  return typeof name === 'string' && name !== '' ? `username:${foldCase(name)}` : null;
}

function emailKey(request: Request): string | null {
  const { email } = (request.body ?? {}) as Record<string, unknown>;
  return typeof email === 'string' && email !== '' ? `email:${foldCase(email)}` : null;
}

const isSet = (handler: RequestHandler | null) => handler !== null;

async function passAll(handlers: RequestHandler[], request: Request, response: Response): Promise<void> {
  for (const handler of handlers) await pass(handler, request, response);
}

/**
 * Makes the configured rate limits.
 * @param redis holds the counters that processes share; null keeps them in this process
 */
export function createThrottles(config: Config, redis: Redis | null): Throttles {
  const stores: (MemoryStore | RedisThrottleStore)[] = [];

  const limiter = (
    name: string,
    rate: Rate | null,
    key: (request: Request) => string | null,
  ): RequestHandler | null => {
    if (!rate) return null;
    const store = redis ? new RedisThrottleStore(redis, name) : new MemoryStore();
    stores.push(store);
    return rateLimit({
      store,
      windowMs: rate.windowMs,
      limit: rate.limit,
      identifier: name,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      keyGenerator: (request) => key(request) ?? '',
      skip: (request) => key(request) === null,
      handler: (request, response, next) => {
        const reset = (request as Request & { rateLimit: { resetTime?: Date } }).rateLimit.resetTime;
        const seconds = Math.max(
          1,
          Math.ceil(((reset?.getTime() ?? Date.now()) - Date.now()) / MS_PER_SECOND),
        );
        response.set('Retry-After', String(seconds));
        next(refusal(429, `Request was throttled. Expected available in ${seconds} seconds.`));
      },
    });
  };

  const anon = limiter('anon', config.THROTTLE_ANON, (request) =>
    request.credentials ? null : addressKey(request),
  );
  const user = limiter('user', config.THROTTLE_USER, (request) =>
    request.credentials ? callerKey(request) : null,
  );
  const loginAddress = limiter('login', config.THROTTLE_LOGIN, addressKey);
  const loginUsername = limiter('login-username', config.THROTTLE_LOGIN, usernameKey);
  const scoped: Record<Scope, RequestHandler | null> = {
    login: loginAddress,
    // A stolen token must not help to guess the password.
    password: limiter('password', config.THROTTLE_LOGIN, callerKey),
    'password-reset': limiter('password-reset', config.THROTTLE_LOGIN, addressKey),
    'review-create': limiter('review-create', config.THROTTLE_REVIEW_CREATE, callerKey),
    'review-list': limiter('review-list', config.THROTTLE_REVIEW_LIST, callerKey),
    'review-detail': limiter('review-detail', config.THROTTLE_REVIEW_DETAIL, callerKey),
  };
  const named: Partial<Record<Scope, RequestHandler | null>> = {
    login: loginUsername,
    // Protects a mailbox from a flood of mails.
    'password-reset': limiter('password-reset-email', config.THROTTLE_LOGIN, emailKey),
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
    countNamed(request, response, scope) {
      const handler = scope && named[scope];
      return handler ? pass(handler, request, response) : undefined;
    },
    login: [loginAddress, loginUsername].filter(isSet),
    close: () => stores.forEach((store) => store.shutdown()),
  };
}
