import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { chunks, selectIds } from '../database/sql/row-locks.js';
import type { Vote } from './differences.js';
import { lockMovies, lockUsers } from './locks.js';
import { lockMemberRatings } from './member-ratings.js';
import { lockVote } from './votes.js';

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

/** Locks all that changing these reviews one by one needs: their parents, and the ratings of their authors. */
export async function lockReviews(reviewIds: number[], further: Further = {}): Promise<void> {
  await lockReviewParents(reviewIds, further);
  await lockMemberRatings([...(await parentsOf('user_id', reviewIds)), ...(further.users ?? [])]);
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

/** The tables whose rows belong to a review, and are counted in it. */
type Counted = 'review_reports' | 'helpful_votes';

/** Locks the movies of the reviews that these reports or votes belong to, with the reviews' users. */
export async function lockCountedMovies(table: Counted, ids: number[]): Promise<void> {
  const rows = await sequelize.query<{ review_id: number }>(
    `SELECT review_id FROM ${table} WHERE id IN (?)`,
    { replacements: [ids], type: QueryTypes.SELECT },
  );
  await lockReviewParents(rows.map((row) => row.review_id));
}
