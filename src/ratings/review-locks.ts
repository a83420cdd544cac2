import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { chunks, selectIds } from '../database/sql/row-locks.js';
import { lockMovies, lockUsers } from './locks.js';
import { lockVote, type Vote } from './votes.js';

/** What else the locks of reviews are taken with, so that it comes in its turn. */
interface Further {
  users?: number[];
  movies?: number[];
  /** Whether the reviews themselves are to move to another movie or user. */
  moving?: boolean;
}

/**
 * Locks the users and the movies of reviews, in the order of locks. Who moves a review has its user alone: so whoever
 * has locked the user, even with others, knows which movie to lock, and need not lock a second one out of turn.
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

/** Locks a review with its parents; gives its vote as it is stored, since a record in memory may be older, or null. */
export async function lockReview(reviewId: number, further: Further = {}): Promise<Vote | null> {
  await lockReviewParents([reviewId], further);
  const vote = await lockVote(reviewId);
  // It was given to another user between the look and the lock, and moved since. The figures must not suffer.
  if (vote) await lockMovies([vote.watchlist_id]);
  return vote;
}

/** The movies of the reviews that these reports are about. */
export async function lockReportedMovies(reportIds: number[]): Promise<void> {
  const rows = await sequelize.query<{ review_id: number }>(
    'SELECT review_id FROM review_reports WHERE id IN (?)',
    { replacements: [reportIds], type: QueryTypes.SELECT },
  );
  await lockReviewParents(rows.map((row) => row.review_id));
}
