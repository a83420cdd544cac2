import { QueryTypes } from 'sequelize';
import { dialect } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';
import { queueForgotten } from './indexing.js';

/** How often the index is looked through for what it misses, in milliseconds, by whichever process is first. */
const INTERVAL_MS = 5 * 60_000;

/** The setting with the time of the last look. */
const LOOKED = 'search_looked_through';

/** Queues what the search index misses, if the last look of any process is five minutes ago; never on SQLite. */
export async function queueForgottenWhenDue(): Promise<void> {
  if (dialect === 'sqlite') return;
  await sequelize.query("INSERT IGNORE INTO settings (name, value) VALUES (?, '0')", {
    replacements: [LOOKED],
  });
  const [row] = await sequelize.query<{ value: string }>('SELECT value FROM settings WHERE name = ?', {
    replacements: [LOOKED],
    type: QueryTypes.SELECT,
  });
  const now = Date.now();
  const last = Number(row?.value ?? 0);
  // A clock that was ahead must not stop it.
  if (last <= now && now - last < INTERVAL_MS) return;
  const moved: unknown = await sequelize.query('UPDATE settings SET value = ? WHERE name = ? AND value = ?', {
    replacements: [String(now), LOOKED, String(last)],
    type: QueryTypes.BULKUPDATE,
  });
  // Another process was first. Where the look fails, the next one is in five minutes.
  if (moved === 1) await queueForgotten();
}
