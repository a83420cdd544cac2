import { QueryTypes } from 'sequelize';
import { dialect } from '../connection-options.js';
import { sequelize } from '../database.js';

/** Ends a SELECT that locks its rows for writing. */
export const EXCLUSIVE = dialect === 'mysql' ? ' FOR UPDATE' : '';

/**
 * InnoDB locks what it looks at, in the order in which it looks: by the primary key those are the rows asked for,
 * ascending, whereas it might take a small table's other indexes for quicker.
 */
export const BY_KEY = dialect === 'mysql' ? ' FORCE INDEX (PRIMARY)' : '';

/** The ids that a query gives, each in a column `id`. */
export async function selectIds(sql: string, replacements: unknown[]): Promise<number[]> {
  const rows = await sequelize.query<{ id: number }>(sql, { replacements, type: QueryTypes.SELECT });
  return rows.map(({ id }) => id);
}

/** A list of ids in parts that one statement can name. */
export function chunks(ids: number[]): number[][] {
  const size = 1_000;
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  );
}
