import { QueryTypes } from 'sequelize';
import { sequelize } from './database.js';

/** The setting with the time of the last backup. */
const LAST_BACKUP = 'last_backup';

/** Records in the database that it has been backed up now. */
export async function recordBackup(): Promise<void> {
  await sequelize.query('REPLACE INTO settings (name, value) VALUES (?, ?)', {
    replacements: [LAST_BACKUP, new Date().toISOString()],
  });
}

/** When the database was last backed up by this program; null for never. */
export async function lastBackup(): Promise<Date | null> {
  const [row] = await sequelize.query<{ value: string }>('SELECT value FROM settings WHERE name = ?', {
    replacements: [LAST_BACKUP],
    type: QueryTypes.SELECT,
  });
  return row ? new Date(row.value) : null;
}
