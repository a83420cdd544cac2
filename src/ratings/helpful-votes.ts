import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { isDuplicate } from '../database/refusals.js';
import { EXCLUSIVE, selectIds } from '../database/sql/row-locks.js';
import { write } from '../database/sql/statements.js';
import { storedTime } from '../database/sql/time.js';
import { addToReviews } from './review-counts.js';

/*
 * `helpful_count`, the number of users who find a review helpful. Everything here runs in the caller's transaction, which has
 * locked the movies of the reviews.
 */

const INSERT = 'INSERT INTO helpful_votes (review_id, user_id, created) VALUES (?, ?, ?)';

/**
 * Creates a vote with the effects of `HelpfulVote.create`, in less time; one that exists stays. `lockVoterAndReview` must have
 * locked both.
 */
export async function addHelpfulVote(reviewId: number, userId: number): Promise<void> {
  try {
    await write(INSERT, [reviewId, userId, storedTime(new Date())]);
  } catch (error) {
    if (isDuplicate(error)) return;
    throw error;
  }
  await addToReviews('helpful_count', [reviewId], 1);
}

/**
 * Locks a vote; its review's movie must be locked already.
 * @returns whether it exists
 */
export async function lockHelpfulVote(id: number): Promise<boolean> {
  const found = await selectIds(`SELECT id FROM helpful_votes WHERE id = ?${EXCLUSIVE}`, [id]);
  return found.length > 0;
}

/** Subtracts a user's votes from the counts, before the votes are deleted with the user. */
export async function uncountHelpfulVotesOf(userId: number): Promise<void> {
  const sql = 'SELECT review_id AS id FROM helpful_votes WHERE user_id = ? ORDER BY review_id';
  await addToReviews('helpful_count', await selectIds(sql, [userId]), -1);
}

/** Takes back a user's vote for a review that is given to that user. */
export async function removeOwnVote(reviewId: number, userId: number): Promise<void> {
  const sql = 'SELECT id FROM helpful_votes WHERE review_id = ? AND user_id = ?';
  const [id] = await selectIds(sql, [reviewId, userId]);
  if (id === undefined) return;
  await sequelize.query('DELETE FROM helpful_votes WHERE id = ?', {
    replacements: [id],
    type: QueryTypes.BULKDELETE,
  });
  await addToReviews('helpful_count', [reviewId], -1);
}
