import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { parseMysqlUrl, parseSqliteUrl } from './addresses/database.js';
import { parseMediaUrl } from './addresses/media.js';
import { origin, publicUrl } from './addresses/origin.js';
import { checkRedisUrl } from './addresses/redis.js';
import { checkSmtpUrl } from './addresses/smtp.js';

/** A rate limit: at most `limit` requests in `windowMs` milliseconds. */
export interface Rate {
  limit: number;
  windowMs: number;
}

/** The configuration is invalid. The message has a line for each invalid variable. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const PERIODS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const integer = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

const decimal = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

const rate = z.string().transform((text, context): Rate | null => {
  if (text === 'off') return null;
  const [, limit, period] =
    /^(\d+)\/(s|sec|second|m|min|minute|h|hour|d|day)s?$/.exec(text) ?? ([] as string[]);
  if (limit && period && Number(limit) > 0) {
    return { limit: Number(limit), windowMs: PERIODS[period.charAt(0)] as number };
  }
  context.addIssue({
    code: 'custom',
    message: 'must be like 300/minute (second, minute, hour, day), or off',
  });
  return z.NEVER;
});

const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item));

/** An address that a parser takes, in whose words its faults are told. */
const parsed = (parse: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
    }
  });

const mysqlUrl = parsed(parseMysqlUrl);
const databaseUrl = parsed((text) =>
  text.startsWith('sqlite:') ? parseSqliteUrl(text) : parseMysqlUrl(text),
);

/** A value of Express's `trust proxy`: off, on, a number of hops, or a list of addresses. */
const trustProxy = z.string().transform((text): boolean | number | string => {
  if (/^(off|false|no|0)$/i.test(text)) return false;
  if (/^(on|true|yes)$/i.test(text)) return true;
  return /^\d+$/.test(text) ? Number(text) : text;
});

const secret = z.string().min(16, 'must have at least 16 characters');

/** Every environment variable, its check and its default. */
const variables = z.object({
  /** `production` hardens cookies and requires secrets with MySQL; anything else is development. */
  NODE_ENV: z.string().default('development'),
  /** The port to listen on; 0 takes a free one. */
  PORT: integer(0, 65_535).default(3000),
  /** The address to listen on. */
  HOST: z.string().default('127.0.0.1'),
  /** The site's own address, with which absolute addresses begin, whatever `Host` and `X-Forwarded-*` say. */
  PUBLIC_URL: publicUrl.optional(),
  /** The database: an embedded SQLite file, or MySQL 8 or MariaDB 10.6 and later. */
  DATABASE_URL: databaseUrl.default('sqlite:./data/app.sqlite'),
  /** Read replicas of a MySQL database, comma-separated. */
  DATABASE_REPLICA_URLS: list(mysqlUrl).default([]),
  /** The most connections of one process. */
  DATABASE_POOL_MAX: integer(1, 1_000).default(Math.min(20, 4 + 4 * availableParallelism())),
  /** The time limit in seconds for a statement, and for the wait for a free connection. */
  DATABASE_TIMEOUT_SECONDS: integer(1, 3_600).default(15),
  /** The time limit in seconds for the wait for a lock that another transaction holds. */
  DATABASE_LOCK_SECONDS: integer(1, 3_600).default(5),
  /** A Redis for the rate limits and cache invalidations that several processes share. */
  REDIS_URL: parsed(checkRedisUrl).optional(),
  /** Signs the panel's session cookies. */
  SESSION_SECRET: secret.optional(),
  /** Signs JWTs and cursors. For rotation several, comma-separated: the first signs, and all verify. */
  JWT_SECRET: list(secret).optional(),
  /** The first admin's username. */
  ADMIN_USERNAME: z.string().default('admin'),
  /** The first admin's password. Without it a random one is generated and shown once. */
  ADMIN_PASSWORD: z.string().optional(),
  /** The prior mean (C) of the weighted rating. */
  RATING_PRIOR_MEAN: decimal(1, 5).default(3.5),
  /** The prior's weight in votes (m) in the weighted rating. */
  RATING_PRIOR_VOTES: decimal(0, 1_000_000).default(10),
  /** The page size where the request names none. */
  PAGE_SIZE: integer(1).default(20),
  /** The largest page size that a request may name. */
  MAX_PAGE_SIZE: integer(1).default(100),
  /** What a list is without a paging parameter: `page`, or the `array` that the original gives. */
  LIST_STYLE: z.enum(['page', 'array'], { error: 'must be page or array' }).default('page'),
  /** The most seconds that the response cache keeps an answer to an anonymous request; 0 turns it off. */
  CACHE_SECONDS: decimal(0, 3_600).default(1),
  THROTTLE_ANON: rate.prefault('300/minute'),
  THROTTLE_USER: rate.prefault('1000/minute'),
  THROTTLE_LOGIN: rate.prefault('10/minute'),
  /** Wrong tokens of an address. */
  THROTTLE_TOKEN: rate.prefault('100/minute'),
  THROTTLE_REVIEW_CREATE: rate.prefault('30/hour'),
  THROTTLE_REVIEW_LIST: rate.prefault('600/minute'),
  THROTTLE_REVIEW_DETAIL: rate.prefault('600/minute'),
  /** A member's imports; as often the dry runs of imports, and as often exports. */
  THROTTLE_OWN_DATA: rate.prefault('5/hour'),
  /** Days until an opaque token expires. */
  TOKEN_TTL_DAYS: integer(1, 36_500).default(30),
  /** Minutes until an access JWT expires. */
  JWT_ACCESS_MINUTES: integer(1).default(15),
  /** Days until a refresh JWT expires. */
  JWT_REFRESH_DAYS: integer(1).default(14),
  /** The proxies whose word on the client's address is trusted, as Express's `trust proxy`. */
  TRUST_PROXY: trustProxy.default(false),
  /** Whether moderators and admins need a second factor before the panel opens. */
  STAFF_2FA: z.enum(['optional', 'required'], { error: 'must be optional or required' }).default('optional'),
  /** Origins that may call the API from a browser, comma-separated. */
  CORS_ORIGINS: list(origin).default([]),
  /** The mail server for password resets. */
  SMTP_URL: parsed(checkSmtpUrl).optional(),
  /** The sender of that mail. */
  MAIL_FROM: z.string().optional(),
  /** Whether the site is served at `/`; `off` leaves API and panel. */
  SITE: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('on')
    .transform((text) => text === 'on'),
  /** The site's name, in its head and titles. */
  SITE_NAME: z.string().max(60, 'must have at most 60 characters').default('Marquee'),
  /** Where posters are stored: a folder, or a bucket of an S3-compatible store. */
  MEDIA_URL: parsed(parseMediaUrl).optional(),
  /** The bearer token that `/metrics` requires. */
  METRICS_TOKEN: z.string().optional(),
  /** How long a worker process may stand still, in seconds, before it is killed and replaced. */
  WORKER_TIMEOUT_SECONDS: integer(2, 3_600).default(30),
  /** The number of worker processes. More than one needs MySQL. */
  WEB_CONCURRENCY: integer(1, 1_024).default(1),
  /** The least severe level that is logged. */
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
});

/** The checked configuration, under the variables' own names. */
export type Config = Readonly<z.output<typeof variables>> & { readonly production: boolean };

/**
 * Checks the environment.
 * @param env the variables, as in `process.env`; an empty one counts as not set
 * @returns the frozen configuration
 * @throws {ConfigError} with every invalid variable
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const setVariables = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = variables.safeParse(setVariables);
  const faults = result.success
    ? crossFaults(result.data)
    : result.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  if (!result.success || faults.length > 0) {
    throw new ConfigError(
      `Marquee cannot start with this configuration:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
  }
  return Object.freeze({ ...result.data, production: result.data.NODE_ENV === 'production' });
}

/** The faults of rules that involve several variables. */
function crossFaults(values: z.output<typeof variables>): string[] {
  const embedded = values.DATABASE_URL.startsWith('sqlite:');
  const faults: string[] = [];
  if (!embedded && values.NODE_ENV === 'production') {
    if (!values.SESSION_SECRET) faults.push('SESSION_SECRET must be set with a MySQL database in production');
    if (!values.JWT_SECRET?.length) faults.push('JWT_SECRET must be set with a MySQL database in production');
  }
  if (embedded && values.WEB_CONCURRENCY > 1) {
    faults.push(
      'WEB_CONCURRENCY must be 1 with the embedded database: it has one writer; use MySQL for several processes',
    );
  }
  if (embedded && values.DATABASE_REPLICA_URLS.length > 0) {
    faults.push('DATABASE_REPLICA_URLS needs a MySQL database in DATABASE_URL');
  }
  if (values.NODE_ENV === 'production' && (values.SITE || values.SMTP_URL) && !values.PUBLIC_URL) {
    faults.push(
      'PUBLIC_URL must be set in production where the site is on (SITE) or mail is sent: their links begin with it',
    );
  }
  if (values.PAGE_SIZE > values.MAX_PAGE_SIZE) faults.push('PAGE_SIZE must not be larger than MAX_PAGE_SIZE');
  return faults;
}

/** Reads the process's configuration. An invalid one ends the process with its message, without a stack. */
function configOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** This process's configuration. */
export const config = configOrExit();
