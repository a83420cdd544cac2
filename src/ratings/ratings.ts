import { QueryTypes, type Transaction, ValidationError, ValidationErrorItem } from 'sequelize';
import { config } from '../config.js';
import { dialect } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';
import { currentTransaction } from '../database/transaction-context.js';
import { select, write } from '../database/sql/statements.js';
import { noteChange } from '../database/changes.js';

/*
 * The only writer of a movie's rating fields, and the keeper of the order of locks: platforms, users, movies, reviews,
 * each by ascending ids; then what users own besides, row by row by its primary key. A report is its review's movie's
 * matter: who writes or deletes one has locked that. Everything here runs in the caller's transaction.
 */

export const STARS = [1, 2, 3, 4, 5] as const;
export type Stars = (typeof STARS)[number];

/** How many of a movie's shown reviews give one star, two stars, … five stars. */
export type Distribution = readonly [number, number, number, number, number];

/** The fields of a movie that follow from its reviews. */
export interface Ratings {
  number_rating: number;
  avg_rating: number;
  weighted_rating: number;
  rating_1: number;
  rating_2: number;
  rating_3: number;
  rating_4: number;
  rating_5: number;
}

const PRIOR_VOTES = config.RATING_PRIOR_VOTES;
const PRIOR_SUM = config.RATING_PRIOR_VOTES * config.RATING_PRIOR_MEAN;

/**
 * The rating fields that belong to a distribution. The weighted rating is the Bayesian average
 * (sum + m·C) / (n + m), see https://en.wikipedia.org/wiki/Bayesian_average; with m = 0 and no reviews it is C.
 */
export function ratingsOf(distribution: Distribution): Ratings {
  const [rating_1, rating_2, rating_3, rating_4, rating_5] = distribution;
  const number_rating = rating_1 + rating_2 + rating_3 + rating_4 + rating_5;
  const sum = rating_1 + 2 * rating_2 + 3 * rating_3 + 4 * rating_4 + 5 * rating_5;
  const weight = number_rating + PRIOR_VOTES;
  return {
    number_rating,
    avg_rating: number_rating === 0 ? 0 : sum / number_rating,
    weighted_rating: weight === 0 ? config.RATING_PRIOR_MEAN : (sum + PRIOR_SUM) / weight,
    rating_1,
    rating_2,
    rating_3,
    rating_4,
    rating_5,
  };
}

/** The rating fields of a movie without reviews. */
export const NO_RATINGS: Ratings = ratingsOf([0, 0, 0, 0, 0]);

export const RATING_FIELDS = Object.keys(NO_RATINGS) as (keyof Ratings)[];

/** Ends a SELECT that locks its rows for writing. */
export const EXCLUSIVE = dialect === 'mysql' ? ' FOR UPDATE' : '';
const SHARED = dialect === 'mysql' ? ' LOCK IN SHARE MODE' : '';
/**
 * InnoDB locks what it looks at, in the order in which it looks: by the primary key those are the rows asked for,
 * ascending, whereas it might take a small table's other indexes for quicker.
 */
export const BY_KEY = dialect === 'mysql' ? ' FORCE INDEX (PRIMARY)' : '';

/** The ids that a query gives, each in a column `id`. */
export async function selectIds(sql: string, replacements: unknown[]): Promise<number[]> {
  const rows = await sequelize.query<{ id: number }>(sql, { replacements, type: QueryTypes.SELECT });
  return rows.map(({ id }) => id);
}

/** The error of a record that names a parent which does not exist. */
export function missing(field: string, value: unknown): ValidationError {
  const text = `Invalid pk "${String(value)}" - object does not exist.`;
  const item = new ValidationErrorItem(
    text,
    'validation error',
    field,
    String(value),
    null as never,
    'exists',
    'exists',
    [],
  );
  return new ValidationError(text, [item]);
}

/**
 * Keeps everyone else from adding movies to these platforms, or taking any away, until the transaction ends. There is no
 * shared lock on a platform: who takes one moves the count of its movies next.
 * @param required those of the ids that must exist: by default all
 * @throws {ValidationError} where a required one does not exist
 */
export async function lockPlatforms(ids: number[], { required = ids } = {}): Promise<void> {
  const found = await lockRows('stream_platforms', ids, EXCLUSIVE);
  const absent = required.find((id) => !found.has(id));
  if (absent !== undefined) throw missing('platform_id', absent);
}

/**
 * Keeps users from vanishing until the transaction ends.
 * @param required those of the ids that must exist: by default all
 * @param alone whether nobody else may add anything of theirs meanwhile
 * @throws {ValidationError} where a required one does not exist
 */
export async function lockUsers(ids: number[], { required = ids, alone = false } = {}): Promise<void> {
  const found = await lockRows('users', ids, alone ? EXCLUSIVE : SHARED);
  const absent = required.find((id) => !found.has(id));
  if (absent !== undefined) throw missing('user_id', absent);
}

/**
 * Keeps everyone else from changing these movies' ratings until the transaction ends.
 * @param required those of the ids that must exist: by default all
 * @throws {ValidationError} where a required one does not exist
 */
export async function lockMovies(ids: number[], { required = ids } = {}): Promise<void> {
  const found = await lockRows('watch_lists', ids, EXCLUSIVE);
  noteChange(ids);
  const absent = required.find((id) => !found.has(id));
  if (absent !== undefined) throw missing('watchlist_id', absent);
}

/** A user and a movie, locked in that order: the parts of a UNION ALL are read one after the other. */
const REVIEWER_AND_MOVIE =
  dialect === 'mysql'
    ? `(SELECT 'user' AS kind, username AS name FROM users WHERE id = ?${SHARED})
      UNION ALL (SELECT 'movie', title FROM watch_lists WHERE id = ?${EXCLUSIVE})`
    : `SELECT 'user' AS kind, username AS name FROM users WHERE id = ?
      UNION ALL SELECT 'movie', title FROM watch_lists WHERE id = ?`;

/**
 * `lockUsers` and `lockMovies` of one each, in one statement: for a new review.
 * @returns the movie's title
 * @throws {ValidationError} where one of them does not exist
 */
export async function lockReviewerAndMovie(userId: number, movieId: number): Promise<string> {
  const found = await select<{ kind: 'user' | 'movie'; name: string }>(REVIEWER_AND_MOVIE, [userId, movieId]);
  noteChange([movieId]);
  const movie = found.find(({ kind }) => kind === 'movie');
  if (!found.some(({ kind }) => kind === 'user')) throw missing('user_id', userId);
  if (!movie) throw missing('watchlist_id', movieId);
  const holder = currentTransaction();
  lockedBy(holder, `users${SHARED}`).add(userId);
  lockedBy(holder, `watch_lists${EXCLUSIVE}`).add(movieId);
  return movie.name;
}

/** The rows that each open transaction has locked already, by table and kind of lock. */
const locked = new WeakMap<Transaction, Map<string, Set<number>>>();

function lockedBy(holder: Transaction | null, kind: string): Set<number> {
  const kinds = (holder && locked.get(holder)) ?? new Map<string, Set<number>>();
  if (holder) locked.set(holder, kinds);
  const rows = kinds.get(kind) ?? new Set();
  kinds.set(kind, rows);
  return rows;
}

/**
 * Locks rows in the order of their ids, in which everyone does, so that nobody waits in a circle. Rows that are locked
 * already are left alone: looking for them InnoDB may read past others, whose turn it is no more.
 * @returns those of the ids that exist
 */
async function lockRows(table: string, ids: number[], lock: string): Promise<Set<number>> {
  const held = lockedBy(currentTransaction(), `${table}${lock}`);
  const missing = [...new Set(ids)].filter((id) => !held.has(id)).toSorted((a, b) => a - b);
  for (const chunk of chunks(missing)) {
    const sql = `SELECT id FROM ${table}${BY_KEY} WHERE id IN (?) ORDER BY id${lock}`;
    for (const id of await selectIds(sql, [chunk])) held.add(id);
  }
  return held;
}

/** A list of ids in parts that one statement can name. */
export function chunks(ids: number[]): number[][] {
  const size = 1_000;
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  );
}

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
