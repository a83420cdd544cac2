import { QueryTypes } from 'sequelize';
import { dialect } from '../connection-options.js';
import { sequelize } from '../database.js';

/** The end of a SELECT that locks its rows for writing. */
export const EXCLUSIVE = dialect === 'mysql' ? ' FOR UPDATE' : '';

/**
 * Makes InnoDB lock exactly the selected rows, in ascending order. It locks the rows that it reads in the order in which
 * it reads them, and on a small table it may choose another index.
 */
export const BY_KEY = dialect === 'mysql' ? ' FORCE INDEX (PRIMARY)' : '';

/** The ids that a query returns in its column `id`. */
export async function selectIds(sql: string, replacements: unknown[]): Promise<number[]> {
  const rows = await sequelize.query<{ id: number }>(sql, { replacements, type: QueryTypes.SELECT });
  return rows.map(({ id }) => id);
}

/**
 * Locks a row of `settings` until the transaction ends, and makes it where there is none. On SQLite the writer's turn is
 * the lock.
 * @returns its value; empty for a new row
 */
export async function lockSetting(name: string): Promise<string> {
  const read = async () => {
    const [row] = await sequelize.query<{ value: string }>(
      `SELECT value FROM settings WHERE name = ?${EXCLUSIVE}`,
      { replacements: [name], type: QueryTypes.SELECT },
    );
    return row?.value;
  };
  const known = await read();
  if (known !== undefined) return known;
  // Another process may make it at the same time: then this one waits here.
  const ignore = dialect === 'mysql' ? 'IGNORE' : 'OR IGNORE';
  await sequelize.query(`INSERT ${ignore} INTO settings (name, value) VALUES (?, '')`, {
    replacements: [name],
  });
  return (await read()) ?? '';
}

/** Splits ids or rows into lists that fit into one statement. */
export function chunks<Item>(items: readonly Item[], size = 1_000): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
