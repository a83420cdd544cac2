import { Op } from 'sequelize';
import { transaction } from '../database/transactions.js';
import { acting } from '../audit/acting-as.js';
import { auditAction } from '../audit/audit-hooks.js';
import { AuthToken } from '../models/auth-token.js';
import { JwtFamily } from '../models/jwt-family.js';
import { destroyOneByOne } from '../database/model/destroy-one-by-one.js';
import { hashPassword, isOutdated, verifyPassword } from './password.js';
import { PasswordReset } from '../models/password-reset.js';
import { Session } from '../models/session.js';
import { User } from '../models/user.js';

/**
 * Checks credentials and records the login. An unknown name, a wrong password and an inactive user take the same time. A
 * hash made with weaker parameters than today's is renewed.
 * @returns the active user with these credentials, or null
 */
export async function logIn(username: string, password: string): Promise<User | null> {
  const user = await User.byUsername(username);
  const verified = await verifyPassword(user, password);
  if (!user || !verified || !user.is_active) return null;
  await user.update({ last_login: new Date() });
  if (user.password && isOutdated(user.password)) await renewHash(user, password);
  return user;
}

async function renewHash(user: User, password: string): Promise<void> {
  const hashed = await hashPassword(password);
  await transaction(async () => {
    const stored = await User.findByPk(user.id, { lock: true });
    // A password that was changed meanwhile must not be restored.
    if (stored?.password === user.password) await stored?.update({ password: hashed });
  });
}

/** A login: an opaque token, a JWT family, or the id of a panel session. */
export type Login = AuthToken | JwtFamily | { sid: string };

/**
 * Ends a user's logins: opaque tokens, JWTs and panel sessions.
 * @param except a login to keep, such as that of the request
 * @returns the number of logins ended
 */
export async function endLogins(userId: number, except?: Login): Promise<number> {
  const tokenId = except instanceof AuthToken ? except.id : 0;
  const familyId = except instanceof JwtFamily ? except.id : 0;
  const sid = except && 'sid' in except ? except.sid : '';
  return transaction(async () => {
    const counts = {
      auth_tokens: await destroyOneByOne(AuthToken, { user_id: userId, id: { [Op.ne]: tokenId } }),
      jwt_families: await destroyOneByOne(JwtFamily, { user_id: userId, id: { [Op.ne]: familyId } }),
      sessions: await destroyOneByOne(Session, { user_id: userId, sid: { [Op.ne]: sid } }),
    };
    const count = Object.values(counts).reduce((sum, some) => sum + some, 0);
    if (count > 0) await auditEnd(userId, counts);
    return count;
  });
}

async function auditEnd(userId: number, counts: Record<string, number>): Promise<void> {
  const user = acting() && (await User.findByPk(userId));
  if (user) await auditAction('logout', user, counts);
}

/** Sets a user's password, which must be validated already; ends every login but `except`, and voids mailed resets. */
export async function setPassword(user: User, password: string, except?: Login): Promise<void> {
  const hashed = await hashPassword(password);
  await transaction(async () => {
    await user.update({ password: hashed });
    await destroyOneByOne(PasswordReset, { user_id: user.id });
    await endLogins(user.id, except);
  });
}
