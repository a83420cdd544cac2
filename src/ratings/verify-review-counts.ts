import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { transaction } from '../database/transactions.js';
import { eachBatch, type OnProgress } from './batches.js';
import { REVIEW_COUNTS, type ReviewCount, setReviewCounts } from './review-counts.js';
import { lockReviewParents } from './review-locks.js';

/** Reviews compared in one statement. */
const BATCH = 10_000;

/** The counts of a review that differ from its rows. */
export interface WrongReview {
  id: number;
  stored: Record<ReviewCount, number>;
  right: Record<ReviewCount, number>;
}

/** The SELECT of each count, by review, for the reviews of a condition. */
const ROWS: Readonly<Record<ReviewCount, string>> = {
  open_reports: 'SELECT review_id, SUM(closed IS NULL) AS counted FROM review_reports',
  helpful_count: 'SELECT review_id, COUNT(*) AS counted FROM helpful_votes',
};

/**
 * Compares the counts of every review with its open reports and its helpful votes. Each batch is one statement, so writes
 * meanwhile show no false differences.
 * @returns the number of reviews compared
 */
export function verifyReviewCounts(
  onWrong: (review: WrongReview) => void,
  onProgress?: OnProgress,
): Promise<number> {
  const visit = async (range: object) => (await wrongIn(RANGE, range)).forEach(onWrong);
  return eachBatch('reviews', BATCH, visit, onProgress);
}

/**
 * Corrects every count that differs. Only the movies of those reviews are locked, and the rows are counted again under the
 * lock.
 * @returns the number of reviews compared, and of those corrected
 */
export async function rebuildReviewCounts(
  onProgress?: OnProgress,
): Promise<{ checked: number; changed: number }> {
  let changed = 0;
  const visit = async (range: object) => {
    const ids = (await wrongIn(RANGE, range)).map(({ id }) => id);
    if (ids.length > 0) changed += await transaction(() => correct(ids), { repeatable: true });
  };
  return { checked: await eachBatch('reviews', BATCH, visit, onProgress), changed };
}

/**
 * Corrects the counts of reviews that were wrong.
 * @returns how many still were
 */
async function correct(ids: number[]): Promise<number> {
  await lockReviewParents(ids);
  const still = await wrongIn(LIST, { ids });
  for (const { id, right } of still) await setReviewCounts(id, right);
  return still.length;
}

/** The conditions of the reviews to compare, by the column that has their id. */
const RANGE = (id: string) => `${id} > :after AND ${id} <= :last`;
const LIST = (id: string) => `${id} IN (:ids)`;

/** The SQL of the right count. */
const rightOf = (count: ReviewCount) => `COALESCE(of_${count}.counted, 0)`;

function countsOf(row: Record<string, number>, prefix: '' | 'right_'): Record<ReviewCount, number> {
  const [open_reports, helpful_count] = REVIEW_COUNTS.map((count) => Number(row[`${prefix}${count}`]));
  return { open_reports: open_reports as number, helpful_count: helpful_count as number };
}

async function wrongIn(reviews: (id: string) => string, replacements: object): Promise<WrongReview[]> {
  const rows = await sequelize.query<Record<string, number>>(
    `SELECT r.id, ${REVIEW_COUNTS.map((count) => `r.${count}, ${rightOf(count)} AS right_${count}`).join(', ')}
    FROM reviews r ${REVIEW_COUNTS.map(
      (count) => `LEFT JOIN (${ROWS[count]} WHERE ${reviews('review_id')} GROUP BY review_id) of_${count}
        ON of_${count}.review_id = r.id`,
    ).join(' ')}
    WHERE ${reviews('r.id')} AND (${REVIEW_COUNTS.map((count) => `r.${count} <> ${rightOf(count)}`).join(' OR ')})
    ORDER BY r.id`,
    { replacements: { ...replacements }, type: QueryTypes.SELECT },
  );
  return rows.map((row) => ({
    id: Number(row.id),
    stored: countsOf(row, ''),
    right: countsOf(row, 'right_'),
  }));
}
