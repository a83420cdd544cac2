import { Op } from 'sequelize';
import { destroyOneByOne } from '../database/model/destroy-one-by-one.js';
import { log } from '../log.js';
import { sweepWhenDue } from '../media/sweep.js';
import { resealSecrets } from '../auth/otp/second-factor.js';
import { AuthToken } from '../models/auth-token.js';
import { EmailChange } from '../models/email-change.js';
import { IdempotencyKey } from '../models/idempotency-key.js';
import { ImportPart } from '../models/import-part.js';
import { JwtFamily } from '../models/jwt-family.js';
import { OtpFactor } from '../models/otp-factor.js';
import { PasswordReset } from '../models/password-reset.js';
import { Session } from '../models/session.js';
import { drawWhenDue } from '../seeds/demo/posters-due.js';
import { queueForgottenWhenDue } from '../search/catch-up.js';
import { indexMovies } from '../search/indexing.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;

/** Work that every process repeats in the background. */
interface Job {
  intervalMs: number;
  /** Whether it runs at the start, too. */
  atOnce?: boolean;
  work: () => Promise<unknown>;
  /** The log message for a failure. */
  failure: string;
}

const JOBS: { [name: string]: Job } = {
  'delete expired rows': {
    intervalMs: HOUR_MS,
    work: deleteExpired,
    failure: 'expired rows could not be deleted',
  },
  'remove pictures that no movie has': {
    intervalMs: HOUR_MS,
    work: sweepWhenDue,
    failure: 'pictures that no movie has could not be removed',
  },
  'seal second factors by the newest key': {
    intervalMs: HOUR_MS,
    atOnce: true,
    work: resealSecrets,
    failure: 'second factors could not be sealed anew',
  },
  'index queued movies for search': {
    intervalMs: SECOND_MS,
    work: indexMovies,
    failure: 'the search index could not be brought up to date',
  },
  'draw the posters of the demo catalogue': {
    intervalMs: 5 * SECOND_MS,
    atOnce: true,
    work: drawWhenDue,
    failure: 'the posters of the demo catalogue could not be drawn',
  },
  'queue movies that the search index misses': {
    intervalMs: 60 * SECOND_MS,
    work: queueForgottenWhenDue,
    failure: 'the search index could not be looked through',
  },
};

/**
 * Starts the jobs.
 * @param ready fulfilled when the database has the tables that they work on: what is missing is said once, and not by each
 * @returns a function that stops them
 */
export function startJobs(ready: Promise<void>): () => void {
  let timers: NodeJS.Timeout[] = [];
  let isStopped = false;
  void ready.then(() => {
    if (!isStopped) timers = Object.values(JOBS).map(start);
  });
  return () => {
    isStopped = true;
    timers.forEach((timer) => clearInterval(timer));
  };
}

/** Repeats a job, never twice at once. A failure is logged once, until the job succeeds again. */
function start({ intervalMs, atOnce, work, failure }: Job): NodeJS.Timeout {
  let isRunning = false;
  let isFailing = false;
  const run = async () => {
    if (isRunning) return;
    isRunning = true;
    try {
      await work();
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.warn({ err: error }, failure);
      isFailing = true;
    } finally {
      isRunning = false;
    }
  };
  if (atOnce) void run();
  return setInterval(() => void run(), intervalMs).unref();
}

async function deleteExpired(): Promise<void> {
  const where = { expires: { [Op.lt]: new Date() } };
  for (const model of [
    AuthToken,
    JwtFamily,
    PasswordReset,
    EmailChange,
    OtpFactor,
    IdempotencyKey,
    ImportPart,
    Session,
  ]) {
    await destroyOneByOne(model, where);
  }
}
