import type { CurrentAdmin } from 'adminjs';
import type { Role } from '../../src/models/user.js';
import { type Actor, can } from '../../src/policies/policies.js';

/** Whether an actor may run an action on a record with these values or, without values, on any record. */
export type Permission = (actor: Actor | null, values?: Record<string, unknown>) => boolean;

/** Who may do what in one resource. `read` covers its list, its records' pages and its pickers. */
export interface Permissions {
  read: Permission;
  create: Permission;
  update: Permission;
  delete: Permission;
}

/** AdminJS's logged-in user as the actor of a policy. */
export function actorOf(admin: CurrentAdmin | undefined): Actor | null {
  return admin ? { id: Number(admin.id), role: (admin as { role?: Role }).role ?? 'user' } : null;
}

/** A review without an author: who may change it may change everyone's. */
const ANY_REVIEW = { user_id: 0, active: true };

/** Whether an actor may write all fields of every review, and so also create reviews in anyone's name. */
export function mayWriteAnyReview(actor: Actor | null): boolean {
  return can(actor, 'update', 'review', ANY_REVIEW);
}
