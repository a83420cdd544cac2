import { QueryTypes, ValidationError } from 'sequelize';
import { sequelize } from '../database/database.js';
import { fieldError } from '../database/model/field-error.js';
import { selectIds } from '../database/sql/row-locks.js';
import { lockUsers } from '../ratings/locks.js';

const ACTIVE_ADMINS = "SELECT id FROM users WHERE role = 'admin' AND is_active = 1";

/**
 * Locks users, and all active admins if one of the users is an active admin. Of two admins who demote each other at once,
 * the second one waits and then finds the last admin.
 */
export async function lockWithAdmins(ids: number[]): Promise<void> {
  const admins = await selectIds(`${ACTIVE_ADMINS} AND id IN (?)`, [ids]);
  if (admins.length === 0) return;
  const all = [...ids, ...(await selectIds(ACTIVE_ADMINS, []))];
  await lockUsers(all, { required: [], alone: true });
}

/**
 * Ensures that an active admin is left without this user.
 * @param text the error message
 * @param field the field of the error; undefined where the user is deleted
 * @throws {ValidationError} where the user is the only active admin
 */
export async function keepAnAdmin(id: number, text: string, field?: string): Promise<void> {
  await lockWithAdmins([id]);
  const admins = await sequelize.query<{ id: number }>(`${ACTIVE_ADMINS} ORDER BY id = ? DESC LIMIT 2`, {
    replacements: [id],
    type: QueryTypes.SELECT,
  });
  if (admins.length !== 1 || admins[0]?.id !== id) return;
  throw new ValidationError(text, [fieldError(text, field, String(id), 'lastAdmin')]);
}
