import { randomUUID } from 'node:crypto';
import { sequelize } from '../database/database.js';

/** The setting that has another value after each change of a genre's name. */
export const GENRES_VERSION = 'genres_version';

/** Says to all processes that the genres' names have changed. The caller's transaction holds the lock of the genres. */
export async function renewGenresVersion(): Promise<void> {
  await sequelize.query('REPLACE INTO settings (name, value) VALUES (?, ?)', {
    replacements: [GENRES_VERSION, randomUUID()],
  });
}
