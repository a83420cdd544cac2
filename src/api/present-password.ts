import { verifyPassword } from '../auth/password.js';
import type { Credentials } from '../http/request/authentication.js';
import { type Faults, invalid } from '../http/errors.js';
import { digits, secret } from '../http/request/fields.js';
import { REQUIRED } from '../models/validation.js';
import type { User } from '../models/user.js';

/** The field for the caller's own password. */
export const presentPassword = secret().meta({
  description: 'The present password.',
  example: 'correct-horse-7',
});

/** The user of a request, on a route whose policy requires credentials. */
export function userOf(credentials: Credentials | null): User {
  return credentialsOf(credentials).user;
}

/** The credentials of a request, on a route whose policy requires them. */
export function credentialsOf(credentials: Credentials | null): Credentials {
  if (!credentials) throw new Error('the policy of this route must ask for credentials');
  return credentials;
}

/** The faults that say that a password is not the caller's. */
export const wrongPassword = (field: string): Faults => ({
  [field]: ['Your password was entered incorrectly.'],
});

/** The fault of a wrong present password, under the name of its field. */
export async function presentPasswordFaults(
  sent: unknown,
  credentials: Credentials | null,
  field: string,
): Promise<Faults> {
  const password = digits(sent);
  if (password === undefined) return { [field]: [REQUIRED] };
  const isRight = typeof password === 'string' && (await verifyPassword(userOf(credentials), password));
  return isRight ? {} : wrongPassword(field);
}

/**
 * Refuses what a password that was checked allows, where the password has been changed meanwhile.
 * @throws {ApiError} 400
 */
export function requireSameLogins(user: User, credentials: Credentials | null): void {
  if (user.security_stamp !== userOf(credentials).security_stamp) throw invalid(wrongPassword('password'));
}
