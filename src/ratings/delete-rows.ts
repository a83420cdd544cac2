import { QueryTypes } from 'sequelize';
import { dialect } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';
import { chunks } from '../database/sql/row-locks.js';
import { withoutStatementLimit } from '../database/transactions.js';

/**
 * Deletes rows by an index. Without the hint InnoDB may scan a small table, and would wait for locks on any of
 * its rows.
 * @returns the number of rows deleted
 */
export async function deleteRows(
  table: string,
  index: string,
  column: string,
  ids: number[],
): Promise<number> {
  const from = dialect === 'mysql' ? `${table} FROM ${table} FORCE INDEX (${index})` : `FROM ${table}`;
  let deleted = 0;
  for (const chunk of chunks(ids)) {
    // The cascade of a popular movie may take long, and must succeed.
    deleted += await withoutStatementLimit(() =>
      sequelize.query(`DELETE ${from} WHERE ${column} IN (?)`, {
        replacements: [chunk],
        type: QueryTypes.BULKDELETE,
      }),
    );
  }
  return deleted;
}
