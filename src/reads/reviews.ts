import { all, type Condition, equal } from './condition.js';
import type { Source } from './list.js';
import { select } from '../database/sql/statements.js';
import { timeText } from '../database/sql/time.js';

/** A review with its author's name and its movie's title, as the database has it. */
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
  username: string;
  title: string;
}

/** The reviews, as lists show them. */
export const REVIEWS: Source = {
  table: 'reviews',
  columns: `record.id, record.user_id, record.watchlist_id, record.rating, record.description, record.spoiler,
    record.active, ${timeText('record', 'created')}, ${timeText('record', '`update`')}, author.username, movie.title`,
  joins: `LEFT JOIN users AS author ON author.id = record.user_id
    LEFT JOIN watch_lists AS movie ON movie.id = record.watchlist_id`,
};

const ONE = `SELECT ${REVIEWS.columns} FROM reviews AS record ${REVIEWS.joins} WHERE record.id = ?`;

/** The review of that id, or null. */
export async function readReview(id: number): Promise<ReviewRow | null> {
  const [row] = await select<ReviewRow>(ONE, [id]);
  return row ?? null;
}

/** How many reviews of a movie that a user has written, one at most, are hidden from all others. */
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
