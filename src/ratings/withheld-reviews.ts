import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { chunks } from '../database/sql/row-locks.js';

/*
 * A review that is hidden or reported leaves a record when it is deleted. When its author reviews the movie again, the
 * new review is hidden too, with the same reports: deleting is no way around moderation. Everything here runs in the
 * caller's transaction, which has locked the movie.
 */

/** A report of the deleted review, with times in ISO 8601. */
interface WithheldReport {
  user_id: number;
  reason: string;
  created: string;
  closed: string | null;
}

/** What moderation knows of a deleted review. */
export interface Withheld {
  active: boolean;
  hidden_reason: string | null;
  reports: WithheldReport[];
}

interface StoredReview {
  user_id: number;
  watchlist_id: number;
  active: number | boolean;
  hidden_reason: string | null;
}

/** Records a review that is about to be deleted, if it is hidden or reported. */
export async function withhold(reviewId: number): Promise<void> {
  const [review] = await sequelize.query<StoredReview>(
    'SELECT user_id, watchlist_id, active, hidden_reason FROM reviews WHERE id = ?',
    { replacements: [reviewId], type: QueryTypes.SELECT },
  );
  if (!review) return;
  const reports = await sequelize.query<{ user_id: number; reason: string; created: string; closed: string }>(
    'SELECT user_id, reason, created, closed FROM review_reports WHERE review_id = ? ORDER BY id',
    { replacements: [reviewId], type: QueryTypes.SELECT },
  );
  if (review.active && reports.length === 0) return;
  const { user_id, watchlist_id, active, hidden_reason } = review;
  await forget(watchlist_id, user_id);
  await sequelize.query(
    `INSERT INTO withheld_reviews (watchlist_id, user_id, active, hidden_reason, reports, created)
    VALUES (?, ?, ?, ?, ?, ?)`,
    {
      replacements: [
        watchlist_id,
        user_id,
        Boolean(active),
        hidden_reason,
        JSON.stringify(reports),
        new Date(),
      ],
      type: QueryTypes.INSERT,
    },
  );
}

/** What is recorded of a user's deleted review of a movie; null where nothing is. */
export async function withheldReview(watchlistId: number, userId: number): Promise<Withheld | null> {
  const [row] = await sequelize.query<{ active: number; hidden_reason: string | null; reports: string }>(
    'SELECT active, hidden_reason, reports FROM withheld_reviews WHERE watchlist_id = ? AND user_id = ?',
    { replacements: [watchlistId, userId], type: QueryTypes.SELECT },
  );
  if (!row) return null;
  const { active, hidden_reason, reports } = row;
  return { active: Boolean(active), hidden_reason, reports: JSON.parse(reports) as WithheldReport[] };
}

/** Those of new reviews that replace withheld ones, each with what is recorded. */
export async function withheldAmong<R extends { watchlist_id: number; user_id: number }>(
  reviews: R[],
): Promise<[R, Withheld][]> {
  const known = new Set<string>();
  for (const chunk of chunks([...new Set(reviews.map(({ user_id }) => user_id))])) {
    const rows = await sequelize.query<{ user_id: number; watchlist_id: number }>(
      'SELECT user_id, watchlist_id FROM withheld_reviews WHERE user_id IN (?)',
      { replacements: [chunk], type: QueryTypes.SELECT },
    );
    for (const { user_id, watchlist_id } of rows) known.add(`${user_id} ${watchlist_id}`);
  }
  const found: [R, Withheld][] = [];
  for (const review of reviews) {
    if (!known.has(`${review.user_id} ${review.watchlist_id}`)) continue;
    const withheld = await withheldReview(review.watchlist_id, review.user_id);
    if (withheld) found.push([review, withheld]);
  }
  return found;
}

/** Gives the new review the reports of the deleted one, and ends the record. */
export async function restoreReports(
  review: { id: number; watchlist_id: number; user_id: number },
  { reports }: Withheld,
): Promise<void> {
  for (const { user_id, reason, created, closed } of reports) {
    await sequelize.query(
      `INSERT INTO review_reports (review_id, user_id, reason, created, closed)
      SELECT ?, id, ?, ?, ? FROM users WHERE id = ?`,
      {
        replacements: [review.id, reason, new Date(created), closed && new Date(closed), user_id],
        type: QueryTypes.INSERT,
      },
    );
  }
  await sequelize.query(
    `UPDATE reviews SET open_reports =
      (SELECT COUNT(*) FROM review_reports WHERE review_id = reviews.id AND closed IS NULL)
    WHERE id = ?`,
    { replacements: [review.id], type: QueryTypes.UPDATE },
  );
  await forget(review.watchlist_id, review.user_id);
}

async function forget(watchlistId: number, userId: number): Promise<void> {
  await sequelize.query('DELETE FROM withheld_reviews WHERE watchlist_id = ? AND user_id = ?', {
    replacements: [watchlistId, userId],
    type: QueryTypes.BULKDELETE,
  });
}
