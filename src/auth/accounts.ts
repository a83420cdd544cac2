import { Counter } from 'prom-client';
import { processMetrics } from '../metrics.js';
import { transaction } from '../database/transactions.js';
import { User } from '../models/user.js';
import { endLogins, type Login } from './end-logins.js';
import { StaleLogin } from './issuing.js';
import { auditLogin, auditRefusedLogin, type LoginOrigin } from './login-audit.js';
import { forgetTries, OtpRefused, takeCode } from './otp/second-factor.js';
import { hashPassword, isOutdated, verifyPassword } from './password.js';

const logins = new Counter({
  name: 'marquee_logins_total',
  help: 'Logins by password through every door: right, wrong, or limited, as the account had too many.',
  labelNames: ['outcome'],
  registers: [processMetrics],
});

/** The credentials that a login gives. */
export interface LoginAttempt {
  username: string;
  password: string;
  /** A code of the second factor; nothing or an empty text where there is none. */
  otp?: string | null | undefined;
  origin: LoginOrigin;
  /**
   * Counts the attempt against the account.
   * @param username the very name that is looked up
   * @throws where there were too many
   */
  count: (username: string) => Promise<void>;
}

/**
 * Verifies a login. Unknown, wrong and inactive take the same time. Only after the right password it asks for a code, where
 * the user has a second factor. Records the login, and renews a hash that was made with weaker parameters than today's.
 * @param mayEnter whether the door is for this user; by default for all
 * @returns the active user; null where the credentials are wrong
 * @throws {OtpRefused} where the password is right and the code is missing or wrong
 * @throws what `count` throws
 */
export async function verifyLogin(
  { username, password, otp, origin, count }: LoginAttempt,
  mayEnter: (user: User) => boolean = () => true,
): Promise<User | null> {
  await count(username).catch((error: unknown) => {
    logins.inc({ outcome: 'limited' });
    throw error;
  });
  const user = await User.byUsername(username);
  const verified = await verifyPassword(user, password);
  if (!user || !verified || !user.is_active || !mayEnter(user)) {
    logins.inc({ outcome: 'wrong' });
    auditRefusedLogin(origin, user);
    return null;
  }
  await takeCode(user.id, otp).catch((error: unknown) => {
    // A door that has asked for the password asks for the code next.
    if (error instanceof OtpRefused && error.fault !== 'missing') {
      logins.inc({ outcome: 'wrong' });
      auditRefusedLogin(origin, user);
    }
    throw error;
  });
  logins.inc({ outcome: 'right' });
  await transaction(async () => {
    await user.update({ last_login: new Date() });
    await auditLogin(origin, user);
  });
  if (user.password && isOutdated(user.password)) await renewHash(user, password);
  return user;
}

/**
 * Verifies a login and issues its credential.
 * @param issue creates the credential by `issueTo`
 * @returns what `issue` returns; null where the login is refused
 * @throws {OtpRefused}
 * @throws what `count` throws
 */
export async function logIn<T>(attempt: LoginAttempt, issue: (user: User) => Promise<T>): Promise<T | null> {
  const user = await verifyLogin(attempt);
  if (!user) return null;
  return issue(user).catch((error: unknown) => {
    if (error instanceof StaleLogin) return null;
    throw error;
  });
}

async function renewHash(user: User, password: string): Promise<void> {
  const hashed = await hashPassword(password);
  await transaction(async () => {
    const stored = await User.findByPk(user.id, { lock: true });
    // A password that was changed meanwhile must not come back.
    if (!stored || stored.security_stamp !== user.security_stamp) return;
    await stored.update({ password: hashed });
    user.security_stamp = stored.security_stamp;
  });
}

/**
 * Sets a password, which must have been checked. Ends every login but `except`, and every mailed reset.
 * @param user as it was when it was allowed to do so
 * @param options.isMailed whether nothing but a mail allows it: whoever reads one's mail is to guess no more codes for it
 * @throws {StaleLogin} where the user's logins were ended meanwhile, such as by another change of the password
 */
export async function setPassword(
  user: User,
  password: string,
  except?: Login,
  { isMailed = false } = {},
): Promise<void> {
  const hashed = await hashPassword(password);
  await transaction(async () => {
    const stored = await User.findByPk(user.id, { lock: true });
    if (stored?.security_stamp !== user.security_stamp) throw new StaleLogin();
    await user.update({ password: hashed });
    if (!isMailed) await forgetTries(user.id);
    await endLogins(user.id, except);
  });
}
