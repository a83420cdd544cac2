import { UniqueConstraintError } from 'sequelize';
import { transaction } from '../database/transactions.js';
import { EmailChange } from '../models/email-change.js';
import { User } from '../models/user.js';
import { issueTo } from './issuing.js';
import { hashSecretKey, makeSecretKey } from './secret-key.js';

const DAY_MS = 86_400_000;

/**
 * Issues the token that confirms a user's new address; an earlier one is void.
 * @returns the token: 64 hexadecimal digits. Only its hash is stored
 * @throws {StaleLogin} where the user's logins were ended meanwhile
 */
export async function issueEmailChange(user: User, email: string): Promise<string> {
  const token = makeSecretKey();
  const expires = new Date(Date.now() + DAY_MS);
  await issueTo(user, async () => {
    await EmailChange.destroy({ where: { user_id: user.id } });
    await EmailChange.create({ user_id: user.id, token_hash: hashSecretKey(token), email, expires });
  });
  return token;
}

/** Voids the change of address that a user has asked for, if any. */
export async function cancelEmailChange(user: User): Promise<void> {
  await EmailChange.destroy({ where: { user_id: user.id } });
}

/**
 * Changes the address that a token confirms, once.
 * @returns the user, and the address before; null where the token is wrong, spent or expired, or another account has the
 *   address by now
 */
export async function confirmEmailChange(token: string): Promise<{ user: User; previous: string } | null> {
  try {
    return await transaction(async () => {
      const change = await EmailChange.findOne({ where: { token_hash: hashSecretKey(token) } });
      const user = change && (await User.findByPk(change.user_id, { lock: true }));
      if (!change || !user?.is_active || change.expires.getTime() <= Date.now()) return null;
      const spent = await EmailChange.destroy({
        where: { user_id: user.id, token_hash: change.token_hash },
      });
      if (spent === 0) return null;
      const previous = user.email;
      await user.update({ email: change.email });
      return { user, previous };
    });
  } catch (error) {
    if (error instanceof UniqueConstraintError) return null;
    throw error;
  }
}
