import { Counter } from 'prom-client';
import { Op } from 'sequelize';
import { acting } from '../audit/acting-as.js';
import { auditAction } from '../audit/audit-hooks.js';
import { processMetrics } from '../metrics.js';
import { destroyOneByOne } from '../database/model/destroy-one-by-one.js';
import { transaction } from '../database/transactions.js';
import { AuthToken } from '../models/auth-token.js';
import { EmailChange } from '../models/email-change.js';
import { JwtFamily } from '../models/jwt-family.js';
import { PasswordReset } from '../models/password-reset.js';
import { Session } from '../models/session.js';
import { newSecurityStamp, User } from '../models/user.js';
import { StaleLogin } from './issuing.js';
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
  /**
   * Counts the attempt against the account.
   * @param username the very name that is looked up
   * @throws where there were too many
   */
  count: (username: string) => Promise<void>;
}

/**
 * Verifies a login. Unknown, wrong and inactive take the same time. Records the login, and renews a hash that was made
 * with weaker parameters than today's.
 * @returns the active user; null where the credentials are wrong
 * @throws what `count` throws
 */
export async function verifyLogin({ username, password, count }: LoginAttempt): Promise<User | null> {
  await count(username).catch((error: unknown) => {
    logins.inc({ outcome: 'limited' });
    throw error;
  });
  const user = await User.byUsername(username);
  const verified = await verifyPassword(user, password);
  const isRight = user !== null && verified && user.is_active;
  logins.inc({ outcome: isRight ? 'right' : 'wrong' });
  if (!isRight) return null;
  await user.update({ last_login: new Date() });
  if (user.password && isOutdated(user.password)) await renewHash(user, password);
  return user;
}

/**
 * Verifies a login and issues its credential.
 * @param issue creates the credential by `issueTo`
 * @returns what `issue` returns; null where the login is refused
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

/** A login that stays when the others end: an opaque token, a JWT family, or the panel session with that id. */
export type Login = AuthToken | JwtFamily | { sid: string };

/**
 * Ends a user's logins: opaque tokens, JWTs, panel sessions, mailed resets, and logins that are under way.
 * @param except the login that asks for it, if it is to stay
 * @returns how many tokens, JWT families and sessions there were
 */
export async function endLogins(userId: number, except?: Login): Promise<number> {
  const tokenId = except instanceof AuthToken ? except.id : 0;
  const familyId = except instanceof JwtFamily ? except.id : 0;
  const sid = except && 'sid' in except ? except.sid : '';
  return transaction(async () => {
    const user = await User.findByPk(userId, { lock: true });
    await user?.update({ security_stamp: newSecurityStamp() });
    await destroyOneByOne(PasswordReset, { user_id: userId });
    await EmailChange.destroy({ where: { user_id: userId } });
    const counts = {
      auth_tokens: await destroyOneByOne(AuthToken, { user_id: userId, id: { [Op.ne]: tokenId } }),
      jwt_families: await destroyOneByOne(JwtFamily, { user_id: userId, id: { [Op.ne]: familyId } }),
      sessions: await destroyOneByOne(Session, { user_id: userId, sid: { [Op.ne]: sid } }),
    };
    const count = Object.values(counts).reduce((sum, some) => sum + some, 0);
    if (count > 0 && user && acting()) await auditAction('logout', user, counts);
    return count;
  });
}

/**
 * Sets a password, which must have been checked. Ends every login but `except`, and every mailed reset.
 * @param user as it was when it was allowed to do so
 * @throws {StaleLogin} where the user's logins were ended meanwhile, such as by another change of the password
 */
export async function setPassword(user: User, password: string, except?: Login): Promise<void> {
  const hashed = await hashPassword(password);
  await transaction(async () => {
    const stored = await User.findByPk(user.id, { lock: true });
    if (stored?.security_stamp !== user.security_stamp) throw new StaleLogin();
    await user.update({ password: hashed });
    await endLogins(user.id, except);
  });
}
