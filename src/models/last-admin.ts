import { QueryTypes, ValidationError, ValidationErrorItem } from 'sequelize';
import { sequelize } from '../database/database.js';
import { selectIds } from '../database/sql/row-locks.js';
import { lockUsers } from '../ratings/locks.js';

const ACTIVE_ADMINS = "SELECT id FROM users WHERE role = 'admin' AND is_active = 1";

/**
 * Locks users of whom an active admin may be about to go, together with all other active admins: of two who take the
 * role from each other at once, one waits, and then meets the last.
 */
export async function lockWithAdmins(ids: number[]): Promise<void> {
  const admins = await selectIds(`${ACTIVE_ADMINS} AND id IN (?)`, [ids]);
  if (admins.length === 0) return;
  const all = [...ids, ...(await selectIds(ACTIVE_ADMINS, []))];
  await lockUsers(all, { required: [], alone: true });
}

/**
 * Sees to it that an active admin is left when this user is none any more.
 * @param field at which the fault stands; none where the user is to be deleted
 * @param text what is wrong
 * @throws {ValidationError} where the user is the only one
 */
export async function keepAnAdmin(id: number, text: string, field?: string): Promise<void> {
  await lockWithAdmins([id]);
  const admins = await sequelize.query<{ id: number }>(`${ACTIVE_ADMINS} ORDER BY id = ? DESC LIMIT 2`, {
    replacements: [id],
    type: QueryTypes.SELECT,
  });
  if (admins.length !== 1 || admins[0]?.id !== id) return;
  const item = new ValidationErrorItem(
    text,
    'validation error',
    field as string,
    String(id),
    null as never,
    'lastAdmin',
    'lastAdmin',
    [],
  );
  throw new ValidationError(text, [item]);
}
