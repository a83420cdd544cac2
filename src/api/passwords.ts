import { passwordFaults } from '../models/password.js';
import type { Faults } from '../http/errors.js';

/**
 * What is wrong with a new password and its repetition, under the names of their fields.
 * @param owner whose it would be
 */
export function newPasswordFaults(
  password: unknown,
  repeated: unknown,
  owner: { username?: unknown; email?: unknown },
  field: string,
  repeatedField: string,
): Faults {
  const faults: Faults = {};
  if (typeof password !== 'string') return faults;
  const weaknesses = passwordFaults(password, owner);
  if (weaknesses.length > 0) faults[field] = weaknesses;
  if (password !== repeated) faults[repeatedField] = ["The two password fields didn't match."];
  return faults;
}
