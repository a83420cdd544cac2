import { hashPassword, passwordFaults } from '../../src/auth/password.js';
import { ROLES, type Role, type User } from '../../src/models/user.js';
import type { Context } from '../adapter/read-resource.js';
import type { FieldErrors } from '../adapter/validation-errors.js';
import { OWN_PASSWORD, ownPasswordFault } from '../http/own-password.js';

/** Checks a typed password, and sets its hash on a new user; an existing user's is set after the record is stored. */
export async function setNewPassword(user: User, params: Record<string, unknown>): Promise<FieldErrors> {
  const password = typedPassword(params);
  if (password === null) return {};
  const faults = passwordFaults(password, { username: user.username, email: user.email });
  if (faults.length > 0) return { password: faults.join(' ') };
  if (user.isNewRecord) user.password = await hashPassword(password);
  return {};
}

/** Nobody may lock themselves out, so at least one admin remains. */
export function selfLockoutErrors(user: User, context?: Context): FieldErrors {
  if (!isSelf(user, context?.currentAdmin)) return {};
  return {
    ...(user.changed('role') && { role: 'You cannot change your own role.' }),
    ...(user.changed('is_active') && { is_active: 'You cannot deactivate yourself.' }),
  };
}

/** An open panel must not be enough to make more staff, to give staff more rights or their rights back, or to take a staff account over. */
export function staffErrors(user: User, params: Record<string, unknown>, context?: Context): FieldErrors {
  const isAsked = gainsRights(user) || takesOver(user, params);
  const fault = isAsked ? ownPasswordFault(context) : null;
  return fault === null ? {} : { [OWN_PASSWORD]: fault };
}

/**
 * Whether the change lets someone else log in as this member of staff: by a new password, or by one mailed to a new address.
 * A plain user's are changed freely, so whoever ceases to be staff could be taken over before they are staff again.
 */
function takesOver(user: User, params: Record<string, unknown>): boolean {
  if (user.isNewRecord || user.previous('role') === 'user') return false;
  return user.changed('email') || typedPassword(params) !== null || user.role === 'user';
}

function gainsRights(user: User): boolean {
  if (user.role === 'user' || !ROLES.includes(user.role)) return false;
  if (user.isNewRecord || (user.changed('is_active') && user.is_active)) return true;
  return ROLES.indexOf(user.role) > ROLES.indexOf(user.previous('role') as Role);
}

/** Whether this user is the admin who acts. */
export function isSelf(
  user: { id?: unknown } | undefined,
  admin: { id?: unknown } | null | undefined,
): boolean {
  return admin?.id !== undefined && Number(user?.id) === Number(admin.id);
}

/** The password that a form has; null where its field is empty. */
export function typedPassword({ password }: Record<string, unknown>): string | null {
  return typeof password === 'string' && password !== '' ? password : null;
}
