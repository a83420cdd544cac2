import { dialect } from '../database/connection-options.js';
import type { VotedReview } from '../ratings/locks.js';
import { all, type Condition, equal } from './condition.js';
import type { Source } from './list-sql.js';
import { select } from '../database/sql/statements.js';
import { timeText } from '../database/sql/time.js';

/** A review with its author's name and its movie's title, as stored in the database. */
export interface ReviewRow {
  id: number;
  user_id: number;
  watchlist_id: number;
  rating: number;
  description: string | null;
  spoiler: number;
  active: number;
  created: string;
  update: string;
  /** How many users find it helpful. */
  helpful_count: number;
  username: string;
  title: string;
}

/**
 * The source of lists of reviews. Each list is of one movie or one user, whose reviews a search goes through: the
 * full-text index would read those of all movies. Without the hint MySQL prefers to scan the table for a popular movie.
 */
export const REVIEWS: Source = {
  table: 'reviews',
  termsMax: 2_000,
  hint: dialect === 'mysql' ? 'FORCE INDEX (reviews_shown, reviews_watchlist_id, reviews_user_id)' : '',
  columns: `record.id, record.user_id, record.watchlist_id, record.rating, record.description, record.spoiler,
    record.active, ${timeText('record', 'created')}, ${timeText('record', '`update`')}, record.helpful_count, author.username,
    movie.title`,
  joins: `LEFT JOIN users AS author ON author.id = record.user_id
    LEFT JOIN watch_lists AS movie ON movie.id = record.watchlist_id`,
};

const ONE = `SELECT ${REVIEWS.columns} FROM reviews AS record ${REVIEWS.joins} WHERE record.id = ?`;

/** Reads a review by its id; null where there is none. */
export async function readReview(id: number): Promise<ReviewRow | null> {
  const [row] = await select<ReviewRow>(ONE, [id]);
  return row ?? null;
}

/** Reads what a vote for a review depends on; null where there is none. */
export async function readVotedReview(id: number): Promise<VotedReview | null> {
  const [row] = await select<Omit<VotedReview, 'active'> & { active: number }>(
    'SELECT id, user_id, watchlist_id, active FROM reviews WHERE id = ?',
    [id],
  );
  return row ? { ...row, active: row.active === 1 } : null;
}

/**
 * Counts a user's hidden reviews of a movie; there is at most one.
 * @param further more conditions that it must meet
 */
export async function countOwnHidden(
  movieId: number,
  userId: number,
  further: readonly Condition[],
): Promise<number> {
  const { sql, values } = all([
    equal('watchlist_id', movieId),
    equal('user_id', userId),
    equal('active', false),
    ...further,
  ]);
  const statement = `SELECT COUNT(*) AS hidden FROM reviews AS record WHERE ${sql}`;
  const [counted] = await select<{ hidden: number }>(statement, values);
  return counted?.hidden ?? 0;
}
