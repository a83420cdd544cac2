import { Op } from 'sequelize';
import { transaction } from './database.js';
import { AuthToken } from './models/auth-token.js';
import { hashPassword, verifyPassword } from './models/password.js';
import { Session } from './models/session.js';
import { User } from './models/user.js';

/**
 * The active user with these credentials, or null. Unknown, wrong and inactive take the same time.
 * Records the login.
 */
export async function logIn(username: string, password: string): Promise<User | null> {
  const user = await User.byUsername(username);
  const verified = await verifyPassword(user, password);
  if (!user || !verified || !user.is_active) return null;
  await user.update({ last_login: new Date() });
  return user;
}

/**
 * Ends a user's tokens and panel sessions.
 * @param except what stays: the token or the session that asks for it
 */
export async function endSessions(
  userId: number,
  except: { tokenId?: number; sid?: string } = {},
): Promise<void> {
  await transaction(async () => {
    await AuthToken.destroy({
      where: { user_id: userId, ...(except.tokenId && { id: { [Op.ne]: except.tokenId } }) },
    });
    await Session.destroy({
      where: { user_id: userId, ...(except.sid && { sid: { [Op.ne]: except.sid } }) },
    });
  });
}

/** Gives a user a new password, which must have been checked, and ends every token and session but `except`. */
export async function setPassword(
  user: User,
  password: string,
  except: { tokenId?: number; sid?: string } = {},
): Promise<void> {
  const hashed = await hashPassword(password);
  await transaction(async () => {
    await user.update({ password: hashed });
    await endSessions(user.id, except);
  });
}
