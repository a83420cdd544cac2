import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';

/** Reports the progress of an audit, in rows. */
export type OnProgress = (checked: number, total: number) => void;

/** The ids of a batch: above `after`, `last` at most. */
export interface Range {
  after: number;
  last: number;
}

/**
 * Goes through a table in batches by id, so that memory does not grow with it.
 * @returns the number of rows
 */
export async function eachBatch(
  table: string,
  size: number,
  visit: (range: Range) => Promise<void>,
  onProgress: OnProgress = () => {},
): Promise<number> {
  const [{ total } = { total: 0 }] = await sequelize.query<{ total: number }>(
    `SELECT COUNT(*) AS total FROM ${table}`,
    { type: QueryTypes.SELECT },
  );
  let checked = 0;
  let after = 0;
  for (;;) {
    const [batch] = await sequelize.query<{ last: number | null; size: number }>(
      `SELECT MAX(id) AS last, COUNT(*) AS size
      FROM (SELECT id FROM ${table} WHERE id > :after ORDER BY id LIMIT ${size}) AS batch`,
      { replacements: { after }, type: QueryTypes.SELECT },
    );
    if (!batch || batch.last === null) return checked;
    await visit({ after, last: batch.last });
    checked += batch.size;
    after = batch.last;
    onProgress(checked, Math.max(total, checked));
  }
}
