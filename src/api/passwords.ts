import { z } from 'zod';
import type { LoginAttempt } from '../auth/accounts.js';
import type { Faults } from '../http/errors.js';
import type { Context } from '../http/routing/route.js';
import { clientAddress } from '../http/request/client-address.js';
import { digits, secret } from '../http/request/fields.js';
import { PASSWORDS_DIFFER } from '../models/validation.js';
import { passwordFaults } from '../auth/password.js';
import { optionalCode } from './otp-code.js';

/** The body of a login. */
export const credentialsBody = z
  .object({
    username: secret({ trim: true }).meta({ description: 'The username, in any case.', example: 'ana' }),
    password: secret().meta({ description: 'The password.', example: 'correct-horse-7' }),
    otp: optionalCode,
  })
  .meta({
    id: 'CredentialsBody',
    description: 'A username, its password, and a code where it has a second factor.',
  });

/** The login that a request attempts. */
export function attemptOf({
  body,
  door,
  request,
  countAttempt,
}: Context<unknown, z.output<typeof credentialsBody>>): LoginAttempt {
  const origin = { door, address: clientAddress(request), requestId: request.id };
  return { ...body, origin, count: (username) => countAttempt('login', username) };
}

/** A new password, and its repetition. */
function newPasswordAs(example: string) {
  const password = secret().meta({
    description:
      '8 to 128 characters, not only digits, not among the most common, not too like the username or the e-mail address.',
    example,
  });
  const repeated = secret().meta({ description: 'The same password again, against slips.', example });
  return { password, repeated };
}

/** The first password of an account; the examples of logins have it. */
export const firstPassword = newPasswordAs('correct-horse-7');

/** The password that replaces another. */
export const newPassword = newPasswordAs('louder-lantern-29');

/**
 * The faults of a new password and its repetition, under the names of their fields.
 * @param owner the user, whose name and address the password must not resemble
 */
export function newPasswordFaults(
  sent: unknown,
  sentAgain: unknown,
  owner: { username?: unknown; email?: unknown },
  field: string,
  repeatedField: string,
): Faults {
  const [password, repeated] = [digits(sent), digits(sentAgain)];
  const faults: Faults = {};
  if (typeof password !== 'string') return faults;
  const weaknesses = passwordFaults(password, owner);
  if (weaknesses.length > 0) faults[field] = weaknesses;
  if (password !== repeated) faults[repeatedField] = [PASSWORDS_DIFFER];
  return faults;
}
