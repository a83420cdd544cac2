import { BasePropertyComponent, type EditPropertyProps } from 'adminjs';
import { useState } from 'react';
import type { Role } from '../../../src/models/user.js';

/** The roles by their rights, the fewest first. */
const ROLES: readonly Role[] = ['user', 'moderator', 'admin'];

interface Account {
  role?: unknown;
  is_active?: unknown;
  email?: unknown;
  password?: unknown;
}

/** The field for one's own password, shown while the form needs it: see `staffErrors` in resources/users.ts. */
export default function OwnPassword(props: EditPropertyProps) {
  const { record } = props;
  const [stored] = useState<Account>(record.id ? record.params : {});
  const error = record.errors?.[props.property.path];
  return error || gainsRights(stored, record.params) || takesOver(stored, record.params) ? (
    <BasePropertyComponent.Password.Edit {...props} />
  ) : null;
}

function takesOver(stored: Account, typed: Account): boolean {
  return rankOf(stored.role) > 0 && (typed.email !== stored.email || Boolean(typed.password));
}

function gainsRights(stored: Account, typed: Account): boolean {
  const rank = rankOf(typed.role);
  return rank > 0 && (rank > rankOf(stored.role) || (isActive(typed) && !isActive(stored)));
}

function rankOf(role: unknown): number {
  return ROLES.findIndex((one) => one === role);
}

function isActive({ is_active }: Account): boolean {
  return is_active === true || is_active === 'true';
}
