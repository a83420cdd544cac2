import { type Acting, actingAs } from '../audit/acting-as.js';
import { auditAction } from '../audit/audit-hooks.js';
import { outsideTransaction } from '../database/transaction-context.js';
import { log } from '../log.js';
import type { User } from '../models/user.js';
import { can } from '../policies/policies.js';

/** Where a login comes from, for the audit log. */
export type LoginOrigin = Pick<Acting, 'door' | 'address' | 'requestId'>;

/** The audit log has logins of staff, and whatever is tried at the panel. */
function isAudited({ door }: LoginOrigin, user: User): boolean {
  return door === 'panel' || can(user, 'read', 'panel');
}

/** Writes a login to the audit log, if it is one of staff. */
export async function auditLogin(origin: LoginOrigin, user: User): Promise<void> {
  if (!isAudited(origin, user)) return;
  const { id, username: name, role } = user;
  await actingAs({ ...origin, id, name, role }, () => auditAction('login', user, {}));
}

/**
 * Writes a login that was refused to the audit log, if it was tried on an account of staff or at the panel. In the background:
 * the time of the answer must not tell which accounts these are.
 */
export function auditRefusedLogin(origin: LoginOrigin, user: User | null): void {
  if (!user || !isAudited(origin, user)) return;
  // Nobody knows who it was.
  const nobody = { ...origin, id: null, name: '', role: '' };
  outsideTransaction(() => actingAs(nobody, () => auditAction('login_failed', user, {}))).catch(
    (error: unknown) => log.error({ err: error }, 'a refused login could not be written to the audit log'),
  );
}
