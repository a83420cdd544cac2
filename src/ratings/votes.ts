import { QueryTypes } from 'sequelize';
import { config } from '../config.js';
import { noteChange } from '../database/changes.js';
import { sequelize } from '../database/database.js';
import { BY_KEY, chunks, EXCLUSIVE } from '../database/sql/row-locks.js';
import { write } from '../database/sql/statements.js';
import { type CountedVote, differencesBy, grouped, type Vote } from './differences.js';
import { PRIOR_SUM, PRIOR_VOTES, RATING_FIELDS, type Ratings, STARS } from './distribution.js';
import { countMemberVotes } from './member-ratings.js';

/* The only writer of a movie's rating fields. Every function here runs in the caller's transaction. */

/** Reads and locks a review's vote; null where it does not exist. The movie must be locked already. */
export async function lockVote(reviewId: number): Promise<Vote | null> {
  const [row] = await sequelize.query<Omit<Vote, 'active'> & { active: number | boolean }>(
    `SELECT user_id, watchlist_id, rating, active FROM reviews WHERE id = ?${EXCLUSIVE}`,
    { replacements: [reviewId], type: QueryTypes.SELECT },
  );
  return row ? { ...row, active: Boolean(row.active) } : null;
}

/**
 * Changes the rating fields of locked movies, and then those of the votes' authors, by the difference of votes. The cost
 * does not depend on the number of the movies' reviews.
 * @param votes the votes added (`by` 1) and removed (`by` -1); the author of one that is added is locked
 */
export async function countVotes(votes: CountedVote[]): Promise<void> {
  for (const { ids, difference } of grouped(differencesBy('watchlist_id', votes))) {
    for (const chunk of chunks(ids)) await shift(chunk, difference);
  }
  await countMemberVotes(differencesBy('user_id', votes));
}

const SUM = 'rating_1 + 2 * rating_2 + 3 * rating_3 + 4 * rating_4 + 5 * rating_5';

/** The SQL of the weighted rating, as `ratingsOf` computes it, from the SQL of the sum of stars and of their number. */
function weightedSql(sum: string, number: string): string {
  const weight = `${number} + ${double(PRIOR_VOTES)}`;
  return `CASE WHEN ${weight} = 0 THEN ${double(config.RATING_PRIOR_MEAN)}
    ELSE (${sum} + ${double(PRIOR_SUM)}) / (${weight}) END`;
}

/** The UPDATE that adds a difference to a distribution. */
const SHIFT = shiftSql();

/**
 * Builds `SHIFT`. MySQL assigns from left to right, and later expressions see the new values; on SQLite they see the old
 * ones. So each expression uses only columns that are assigned after it.
 */
function shiftSql(): string {
  const number = 'number_rating + ?';
  // A division of integers has four decimals on MySQL and none on SQLite: 0e0 makes it a division of doubles.
  return `UPDATE watch_lists${BY_KEY} SET
    avg_rating = CASE WHEN ${number} = 0 THEN 0 ELSE (${SUM} + ? + 0e0) / (${number}) END,
    weighted_rating = ${weightedSql(`${SUM} + ?`, number)},
    number_rating = ${number},
    ${STARS.map((stars) => `rating_${stars} = rating_${stars} + ?`).join(', ')}`;
}

/** Adds a difference to the distribution of these movies. */
async function shift(ids: number[], difference: readonly number[]): Promise<void> {
  const votes = difference.reduce((total, count) => total + count, 0);
  const sum = difference.reduce((total, count, index) => total + count * (index + 1), 0);
  const values = [votes, sum, votes, votes, sum, votes, votes, ...difference];
  const [first] = ids;
  if (first !== undefined && ids.length === 1) {
    await write(`${SHIFT} WHERE id = ?`, [...values, first]);
    return;
  }
  await sequelize.query(`${SHIFT} WHERE id IN (?)`, {
    replacements: [...values, ids],
    type: QueryTypes.UPDATE,
  });
}

/** A number as an SQL literal of type double; without an exponent it is a decimal to MySQL. */
function double(value: number): string {
  const text = String(value);
  return text.includes('e') ? text : `${text}e0`;
}

/** Recomputes every movie's weighted rating from its distribution and the configured priors. */
export async function reweighAll(): Promise<void> {
  noteChange('everything');
  await sequelize.query(`UPDATE watch_lists SET weighted_rating = ${weightedSql(SUM, 'number_rating')}`);
}

/** Replaces a locked movie's rating fields by those counted from its reviews. */
export async function setRatings(movieId: number, ratings: Ratings): Promise<void> {
  const values = RATING_FIELDS.map((field) => `${field} = ${double(ratings[field])}`).join(', ');
  await sequelize.query(`UPDATE watch_lists SET ${values} WHERE id = ?`, {
    replacements: [movieId],
    type: QueryTypes.UPDATE,
  });
}
