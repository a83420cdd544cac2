import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { BY_KEY, chunks, EXCLUSIVE, selectIds } from '../database/sql/row-locks.js';
import { addToReviews } from './review-counts.js';

/*
 * `open_reports`, the number of a review's reports that await a moderator. Everything here runs in the caller's transaction,
 * which has locked the movies of the reviews.
 */

/** A report as stored in the database. */
export interface StoredReport {
  review_id: number;
  open: boolean;
}

/** Reads and locks a report; null where it does not exist. Its review's movie must be locked already. */
export async function lockReport(id: number): Promise<StoredReport | null> {
  const [row] = await sequelize.query<{ review_id: number; closed: unknown }>(
    `SELECT review_id, closed FROM review_reports WHERE id = ?${EXCLUSIVE}`,
    { replacements: [id], type: QueryTypes.SELECT },
  );
  return row ? { review_id: row.review_id, open: row.closed === null } : null;
}

/** Subtracts a user's open reports from the counts, before the reports are deleted with the user. */
export async function uncountReportsOf(userId: number): Promise<void> {
  const sql =
    'SELECT review_id AS id FROM review_reports WHERE user_id = ? AND closed IS NULL ORDER BY review_id';
  await addToReviews('open_reports', await selectIds(sql, [userId]), -1);
}

/** Closes every open report of locked reviews, on a moderator's decision. */
export async function closeReports(reviewIds: number[]): Promise<void> {
  for (const chunk of chunks(reviewIds)) {
    await sequelize.query('UPDATE review_reports SET closed = ? WHERE review_id IN (?) AND closed IS NULL', {
      replacements: [new Date(), chunk],
      type: QueryTypes.UPDATE,
    });
    await sequelize.query(
      `UPDATE reviews${BY_KEY} SET open_reports = 0 WHERE id IN (?) AND open_reports > 0`,
      { replacements: [chunk], type: QueryTypes.UPDATE },
    );
  }
}
