import { QueryTypes } from 'sequelize';
import { config } from '../config.js';
import { noteChange } from '../database/changes.js';
import { sequelize } from '../database/database.js';
import { BY_KEY, chunks, EXCLUSIVE } from '../database/sql/row-locks.js';
import { write } from '../database/sql/statements.js';
import { PRIOR_SUM, PRIOR_VOTES, RATING_FIELDS, type Ratings, STARS } from './distribution.js';

/* The only writer of a movie's rating fields. Every function here runs in the caller's transaction. */

/** What a review weighs in its movie's ratings. */
export interface Vote {
  watchlist_id: number;
  rating: number;
  active: boolean;
}

/** The vote as the database has it now, locked, or null; the movie must be locked already. */
export async function lockVote(reviewId: number): Promise<Vote | null> {
  const [row] = await sequelize.query<{ watchlist_id: number; rating: number; active: number | boolean }>(
    `SELECT watchlist_id, rating, active FROM reviews WHERE id = ?${EXCLUSIVE}`,
    { replacements: [reviewId], type: QueryTypes.SELECT },
  );
  return row ? { ...row, active: Boolean(row.active) } : null;
}

/**
 * Moves the rating fields of locked movies by the difference that votes make; the cost does not depend on how many
 * reviews the movies have.
 * @param votes the votes that come (`by` 1) and go (`by` -1)
 */
export async function countVotes(votes: (Vote & { by: 1 | -1 })[]): Promise<void> {
  const differences = new Map<number, number[]>();
  for (const { watchlist_id, rating, active, by } of votes) {
    if (!active) continue;
    const difference = differences.get(watchlist_id) ?? [0, 0, 0, 0, 0];
    difference[rating - 1] = (difference[rating - 1] as number) + by;
    differences.set(watchlist_id, difference);
  }
  // Many movies with one new vote each have but five differences between them: as many statements, not one a movie.
  const movies = new Map<string, number[]>();
  for (const [id, difference] of differences) {
    const key = String(difference);
    movies.set(key, [...(movies.get(key) ?? []), id]);
  }
  for (const [key, ids] of movies) {
    const difference = key.split(',').map(Number);
    if (difference.every((count) => count === 0)) continue;
    for (const chunk of chunks(ids)) await shift(chunk, difference);
  }
}

const SUM = 'rating_1 + 2 * rating_2 + 3 * rating_3 + 4 * rating_4 + 5 * rating_5';

/** The weighted rating in SQL, as `ratingsOf` reckons it, from the SQL of the stars' sum and of their number. */
function weightedSql(sum: string, number: string): string {
  const weight = `${number} + ${double(PRIOR_VOTES)}`;
  return `CASE WHEN ${weight} = 0 THEN ${double(config.RATING_PRIOR_MEAN)}
    ELSE (${sum} + ${double(PRIOR_SUM)}) / (${weight}) END`;
}

/** The SQL that adds a difference to a distribution. */
const SHIFT = shiftSql();

/**
 * MySQL assigns from left to right and would use new values in later expressions, SQLite old ones: each expression uses
 * only columns that are assigned after it.
 */
function shiftSql(): string {
  const number = 'number_rating + ?';
  // A division of whole numbers gives four decimals on MySQL and none on SQLite: 0e0 makes it one of doubles.
  return `UPDATE watch_lists${BY_KEY} SET
    avg_rating = CASE WHEN ${number} = 0 THEN 0 ELSE (${SUM} + ? + 0e0) / (${number}) END,
    weighted_rating = ${weightedSql(`${SUM} + ?`, number)},
    number_rating = ${number},
    ${STARS.map((stars) => `rating_${stars} = rating_${stars} + ?`).join(', ')}`;
}

/** Adds a difference to the distribution of these movies. */
async function shift(ids: number[], difference: number[]): Promise<void> {
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

/** A number as an SQL literal of type double; without an exponent MySQL would read a decimal. */
function double(value: number): string {
  const text = String(value);
  return text.includes('e') ? text : `${text}e0`;
}

/** Computes every movie's weighted rating anew from its distribution and the configured priors. */
export async function reweighAll(): Promise<void> {
  noteChange('everything');
  await sequelize.query(`UPDATE watch_lists SET weighted_rating = ${weightedSql(SUM, 'number_rating')}`);
}

/** Writes a locked movie's rating fields as its reviews were just counted, whatever they were before. */
export async function setRatings(movieId: number, ratings: Ratings): Promise<void> {
  const values = RATING_FIELDS.map((field) => `${field} = ${double(ratings[field])}`).join(', ');
  await sequelize.query(`UPDATE watch_lists SET ${values} WHERE id = ?`, {
    replacements: [movieId],
    type: QueryTypes.UPDATE,
  });
}
