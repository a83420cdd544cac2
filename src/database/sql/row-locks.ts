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

/** Splits ids into lists that fit into one statement. */
export function chunks(ids: number[]): number[][] {
  const size = 1_000;
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  );
}
