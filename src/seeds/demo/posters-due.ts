import { QueryTypes } from 'sequelize';
import { sequelize } from '../../database/database.js';
import { log } from '../../log.js';
import { mediaStore } from '../../media/store.js';

/*
 * A seeding only notes that posters are due: to draw them takes seconds of processor time, and a store that may be away. A
 * running server draws them in the background, and goes on where another one was stopped.
 */

/** The setting that is there while posters are due. Its value is the time, in milliseconds, before which nobody begins. */
const DUE = 'demo_posters';
/** How long a process has for each film before another one goes on in its place, in milliseconds. */
const LEASE_MS = 10_000;

let isLackTold = false;

/** Notes, in the open transaction, that the demo films lack posters. */
export async function askForPosters(): Promise<void> {
  await sequelize.query('REPLACE INTO settings (name, value) VALUES (?, ?)', { replacements: [DUE, '0'] });
}

/** Takes that back, in the open transaction. */
export async function forgetPosters(): Promise<void> {
  await sequelize.query('DELETE FROM settings WHERE name = ?', { replacements: [DUE] });
}

/**
 * Draws the posters of the demo films if they are due and no other process does. Without a store they stay due.
 * @returns how many films got one
 * @throws {StoreError} where the store fails: the rest stays due
 */
export async function drawWhenDue(): Promise<number> {
  const due = await dueFrom();
  if (due === null || due > Date.now()) return 0;
  if (!mediaStore) {
    if (!isLackTold) log.info('the demo catalogue gets no posters: MEDIA_URL is not set');
    isLackTold = true;
    return 0;
  }
  let held = due;
  const hold = async () => {
    const until = Date.now() + LEASE_MS;
    const isOwn = await move(held, until);
    held = until;
    return isOwn;
  };
  if (!(await hold())) return 0;
  let drawn = 0;
  try {
    // The drawings are loaded by the few processes that need them.
    const { givePosters } = await import('./posters/give.js');
    drawn = await givePosters(hold);
    await sequelize.query('DELETE FROM settings WHERE name = ? AND value = ?', {
      replacements: [DUE, String(held)],
    });
  } catch (error) {
    await move(held, 0);
    throw error;
  }
  if (drawn > 0) log.info({ posters: drawn }, 'the demo catalogue has its posters');
  return drawn;
}

/** The value of the setting; null where nothing is due. That the database is away or not migrated, others tell. */
async function dueFrom(): Promise<number | null> {
  const [row] = await sequelize
    .query<{ value: string }>('SELECT value FROM settings WHERE name = ?', {
      replacements: [DUE],
      type: QueryTypes.SELECT,
    })
    .catch(() => []);
  return row ? Number(row.value) : null;
}

/** Sets the value, unless another process, or another seeding, has set it meanwhile. */
async function move(from: number, to: number): Promise<boolean> {
  const moved: unknown = await sequelize.query('UPDATE settings SET value = ? WHERE name = ? AND value = ?', {
    replacements: [String(to), DUE, String(from)],
    type: QueryTypes.BULKUPDATE,
  });
  return moved === 1;
}
