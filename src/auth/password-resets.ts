import { Op } from 'sequelize';
import { PasswordReset } from '../models/password-reset.js';
import { User } from '../models/user.js';
import { issueTo, StaleLogin } from './issuing.js';
import { hashSecretKey, makeSecretKey } from './secret-key.js';

const HOUR_MS = 3_600_000;

/**
 * Issues a reset token.
 * @returns the token: 64 hexadecimal digits. Only its hash is stored
 * @throws {StaleLogin} where the user is not active, or has another address by now
 */
export async function issueReset(user: User): Promise<string> {
  const token = makeSecretKey();
  const values = {
    user_id: user.id,
    token_hash: hashSecretKey(token),
    expires: new Date(Date.now() + HOUR_MS),
  };
  await issueTo(user, async (stored) => {
    // Mailed to the address before, it would open the account to whoever has that mailbox.
    if (stored.email !== user.email) throw new StaleLogin();
    await PasswordReset.create(values);
  });
  return token;
}

/** Finds the active user whose password an unexpired token may set; null where there is none. */
export async function findResetUser(token: string): Promise<User | null> {
  const reset = await PasswordReset.findOne({
    where: { token_hash: hashSecretKey(token), expires: { [Op.gt]: new Date() } },
  });
  const user = reset && (await User.findByPk(reset.user_id));
  return user?.is_active ? user : null;
}

/**
 * Uses up a token. Call it in the transaction that sets the password.
 * @returns the user, to one caller only; null to all others
 */
export async function spendReset(token: string): Promise<User | null> {
  const owner = await findResetUser(token);
  // Locks the user first, so that only one of a user's tokens can be used.
  const user = owner && (await User.findByPk(owner.id, { lock: true }));
  const spent = await PasswordReset.destroy({ where: { token_hash: hashSecretKey(token) } });
  return spent > 0 && user?.is_active ? user : null;
}
