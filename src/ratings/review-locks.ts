import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { chunks, selectIds } from '../database/sql/row-locks.js';
import { lockMovies, lockUsers } from './locks.js';
import { lockVote, type Vote } from './votes.js';

/** Further rows to lock together with reviews, in lock order. */
interface Further {
  users?: number[];
  movies?: number[];
  /** Whether the reviews will move to another movie or user. */
  moving?: boolean;
}

/**
 * Locks the users and the movies of reviews, in lock order. A transaction that moves a review locks its user exclusively.
 * So a shared lock of the user fixes the movie of the review, and no second movie has to be locked out of order.
 * @throws {ValidationError} where one of the further users or movies does not exist
 */
export async function lockReviewParents(
  reviewIds: number[],
  { users = [], movies = [], moving = false }: Further = {},
): Promise<void> {
  const authors = await parentsOf('user_id', reviewIds);
  await lockUsers([...authors, ...users], { required: users, alone: moving });
  await lockMovies([...(await parentsOf('watchlist_id', reviewIds)), ...movies], { required: movies });
}

async function parentsOf(column: 'user_id' | 'watchlist_id', reviewIds: number[]): Promise<number[]> {
  const ids: number[] = [];
  for (const chunk of chunks(reviewIds)) {
    ids.push(...(await selectIds(`SELECT ${column} AS id FROM reviews WHERE id IN (?)`, [chunk])));
  }
  return ids;
}

/**
 * Locks a review with its parents.
 * @returns its stored vote, since a record in memory may be stale; null where the review does not exist
 */
export async function lockReview(reviewId: number, further: Further = {}): Promise<Vote | null> {
  await lockReviewParents([reviewId], further);
  const vote = await lockVote(reviewId);
  // It may have been given to another user between the read and the lock, and moved since: the counts must stay right.
  if (vote) await lockMovies([vote.watchlist_id]);
  return vote;
}

/** Locks the movies of the reviews that these reports are about, with the reviews' users. */
export async function lockReportedMovies(reportIds: number[]): Promise<void> {
  const rows = await sequelize.query<{ review_id: number }>(
    'SELECT review_id FROM review_reports WHERE id IN (?)',
    { replacements: [reportIds], type: QueryTypes.SELECT },
  );
  await lockReviewParents(rows.map((row) => row.review_id));
}
