import { Op } from 'sequelize';
import { acting } from '../audit/acting-as.js';
import { auditAction } from '../audit/audit-hooks.js';
import { destroyOneByOne } from '../database/model/destroy-one-by-one.js';
import { transaction } from '../database/transactions.js';
import { AuthToken } from '../models/auth-token.js';
import { EmailChange } from '../models/email-change.js';
import { JwtFamily } from '../models/jwt-family.js';
import { OtpFactor } from '../models/otp-factor.js';
import { PasswordReset } from '../models/password-reset.js';
import { Session } from '../models/session.js';
import { newSecurityStamp, User } from '../models/user.js';

/** A login that stays when the others end: an opaque token, a JWT family, or the panel session with that id. */
export type Login = AuthToken | JwtFamily | { sid: string };

/**
 * Ends a user's logins: opaque tokens, JWTs, panel sessions, mailed resets, and what is under way: logins, new addresses,
 * and the set-up of a second factor.
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
    await OtpFactor.destroy({ where: { user_id: userId, expires: { [Op.ne]: null } } });
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
