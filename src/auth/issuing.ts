import { Transaction } from 'sequelize';
import { transaction } from '../database/transactions.js';
import { User } from '../models/user.js';

/** The user's logins were ended after this one was verified. */
export class StaleLogin extends Error {
  override name = 'StaleLogin';
}

/**
 * Issues a credential for a login. The user's row is locked meanwhile, and its security stamp must be the one that the
 * login verified: a login under way never outlives a new password, a deactivation or the end of all logins.
 * @param user as the login verified it
 * @param issue creates the credential of the user as stored
 * @returns what `issue` returns
 * @throws {StaleLogin} where the login is no longer good
 */
export function issueTo<T>(
  user: Pick<User, 'id' | 'security_stamp'>,
  issue: (stored: User) => Promise<T>,
): Promise<T> {
  return transaction(async () => {
    const stored = await User.findByPk(user.id, { lock: Transaction.LOCK.SHARE });
    if (!stored?.is_active || stored.security_stamp !== user.security_stamp) throw new StaleLogin();
    return issue(stored);
  });
}
