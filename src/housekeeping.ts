import { Op } from 'sequelize';
import { log } from './log.js';
import { AuthToken } from './models/auth-token.js';
import { IdempotencyKey } from './models/idempotency-key.js';
import { JwtFamily } from './models/jwt-family.js';
import { destroyOneByOne } from './models/one-by-one.js';
import { PasswordReset } from './models/password-reset.js';
import { Session } from './models/session.js';

const HOUR_MS = 3_600_000;

/** Deletes what has expired. */
export async function sweep(): Promise<void> {
  const where = { expires: { [Op.lt]: new Date() } };
  for (const model of [AuthToken, JwtFamily, PasswordReset, IdempotencyKey, Session]) {
    await destroyOneByOne(model, where);
  }
}

/**
 * Sweeps every hour.
 * @returns what stops it
 */
export function startSweeping(): () => void {
  const timer = setInterval(() => {
    sweep().catch((error: unknown) => log.warn({ err: error }, 'expired rows could not be deleted'));
  }, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
