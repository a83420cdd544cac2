import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { BY_KEY, chunks } from '../database/sql/row-locks.js';
import { write } from '../database/sql/statements.js';

/** What a review has a count of: its reports that await a moderator, and the users who find it helpful. */
export const REVIEW_COUNTS = ['open_reports', 'helpful_count'] as const;
export type ReviewCount = (typeof REVIEW_COUNTS)[number];

/** Adds `by` to a count of reviews. The caller's transaction has locked their movies. */
export async function addToReviews(count: ReviewCount, reviewIds: number[], by: number): Promise<void> {
  if (by === 0) return;
  const [first] = reviewIds;
  if (first !== undefined && reviewIds.length === 1) {
    await write(`UPDATE reviews${BY_KEY} SET ${count} = ${count} + ? WHERE id = ?`, [by, first]);
    return;
  }
  for (const chunk of chunks(reviewIds)) {
    await sequelize.query(`UPDATE reviews${BY_KEY} SET ${count} = ${count} + ${by} WHERE id IN (?)`, {
      replacements: [chunk],
      type: QueryTypes.UPDATE,
    });
  }
}

/** Replaces the counts of a review; its movie is locked. */
export async function setReviewCounts(
  reviewId: number,
  { open_reports, helpful_count }: Record<ReviewCount, number>,
): Promise<void> {
  await sequelize.query('UPDATE reviews SET open_reports = ?, helpful_count = ? WHERE id = ?', {
    replacements: [open_reports, helpful_count, reviewId],
    type: QueryTypes.UPDATE,
  });
}
