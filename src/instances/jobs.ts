import { Op } from 'sequelize';
import { log } from '../log.js';
import { AuthToken } from '../models/auth-token.js';
import { IdempotencyKey } from '../models/idempotency-key.js';
import { JwtFamily } from '../models/jwt-family.js';
import { destroyOneByOne } from '../database/model/destroy-one-by-one.js';
import { PasswordReset } from '../models/password-reset.js';
import { Session } from '../models/session.js';
import { indexMovies, queueForgotten } from '../search/indexing.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;

/** Deletes what has expired. */
export async function sweep(): Promise<void> {
  const where = { expires: { [Op.lt]: new Date() } };
  for (const model of [AuthToken, JwtFamily, PasswordReset, IdempotencyKey, Session]) {
    await destroyOneByOne(model, where);
  }
}

/**
 * Sweeps every hour, and puts what was written into the search index every second.
 * @returns what stops it
 */
export function startJobs(): () => void {
  const timers = [
    every(HOUR_MS, sweep, 'expired rows could not be deleted'),
    every(SECOND_MS, indexMovies, 'the search index could not be brought up to date'),
    every(HOUR_MS, queueForgotten, 'the search index could not be looked through'),
  ];
  return () => timers.forEach((timer) => clearInterval(timer));
}

/** Does a work again and again, each time after it has ended; what is wrong with it is said once, until it succeeds. */
function every(milliseconds: number, work: () => Promise<unknown>, otherwise: string): NodeJS.Timeout {
  let isRunning = false;
  let isFailing = false;
  const run = async () => {
    if (isRunning) return;
    isRunning = true;
    try {
      await work();
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.warn({ err: error }, otherwise);
      isFailing = true;
    } finally {
      isRunning = false;
    }
  };
  return setInterval(() => void run(), milliseconds).unref();
}
