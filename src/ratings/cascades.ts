import { QueryTypes } from 'sequelize';
import { dialect } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';
import { withoutStatementLimit } from '../database/transactions.js';
import { chunks, selectIds } from '../database/sql/row-locks.js';
import { lockMovies, lockPlatforms, lockUsers } from './locks.js';
import { countVotes, type Vote } from './votes.js';
import { queueMoviesOf } from '../search/index-queue.js';
import { uncountReportsOf } from './report-counts.js';

/*
 * What goes along with a user, a movie or a platform. Each function takes every lock before it deletes anything, in the
 * order that `ratings.ts` keeps.
 */

/** A user's logins and keys. The foreign keys would delete them too, but by an index that others reach last. */
const OWNED = [
  ['auth_tokens', 'id'],
  ['jwt_families', 'id'],
  ['sessions', 'sid'],
  ['idempotency_keys', 'id'],
] as const;

/**
 * Deletes rows by an index that is not the primary key. Without being told which, InnoDB may read all of a small table
 * instead, and would wait for whoever has locked any of its rows.
 * @returns how many it deleted
 */
async function deleteRows(table: string, index: string, column: string, ids: number[]): Promise<number> {
  const from = dialect === 'mysql' ? `${table} FROM ${table} FORCE INDEX (${index})` : `FROM ${table}`;
  let deleted = 0;
  for (const chunk of chunks(ids)) {
    // All that goes with a popular movie may take long, and must be possible.
    deleted += await withoutStatementLimit(() =>
      sequelize.query(`DELETE ${from} WHERE ${column} IN (?)`, {
        replacements: [chunk],
        type: QueryTypes.BULKDELETE,
      }),
    );
  }
  return deleted;
}

/**
 * Locks users and every movie whose reviews or reports go along with them: afterwards nobody can add any, since they
 * need the user. A report is only ever written or deleted by who has locked its review's movie.
 */
export async function lockUsersExclusively(ids: number[]): Promise<void> {
  await lockUsers(ids, { required: [], alone: true });
  const movies: number[] = [];
  for (const chunk of chunks(ids)) {
    const touched = await selectIds(
      `SELECT watchlist_id AS id FROM reviews WHERE user_id IN (?)
      UNION SELECT watchlist_id FROM review_reports JOIN reviews ON reviews.id = review_id
        WHERE review_reports.user_id IN (?)`,
      [chunk, chunk],
    );
    movies.push(...touched);
  }
  await lockMovies(movies, { required: [] });
}

/**
 * Deletes a user's reviews, takes their weight and that of the user's reports away, and ends the user's logins.
 * @returns how many rows of which tables that were
 */
export async function removeReviewsOf(userId: number): Promise<Record<string, number>> {
  await lockUsersExclusively([userId]);
  // Nobody else can change them any more: they need no locks of their own.
  const votes = await sequelize.query<Vote>(
    'SELECT watchlist_id, rating, active FROM reviews WHERE user_id = ? AND active = ?',
    { replacements: [userId, true], type: QueryTypes.SELECT },
  );
  await countVotes(votes.map((vote) => ({ ...vote, by: -1 })));
  await uncountReportsOf(userId);
  const counts: Record<string, number> = {
    reviews: await deleteRows('reviews', 'reviews_user_id', 'user_id', [userId]),
  };
  for (const [table, key] of OWNED) {
    const rows = await sequelize.query<{ id: number | string }>(
      `SELECT ${key} AS id FROM ${table} WHERE user_id = ?`,
      { replacements: [userId], type: QueryTypes.SELECT },
    );
    for (const { id } of rows) {
      await sequelize.query(`DELETE FROM ${table} WHERE ${key} = ?`, { replacements: [id] });
    }
    counts[table] = rows.length;
  }
  return counts;
}

/**
 * Deletes a movie's reviews; the movie itself goes next, and its ratings with it.
 * @returns how many those were
 */
export async function removeReviewsFrom(movieId: number): Promise<number> {
  await lockMovies([movieId], { required: [] });
  return deleteRows('reviews', 'reviews_watchlist_id', 'watchlist_id', [movieId]);
}

/** Locks platforms and their movies, of which they can get no more. */
export async function lockPlatformsExclusively(ids: number[]): Promise<void> {
  await lockPlatforms(ids, { required: [] });
  await lockMovies(await moviesOf(ids), { required: [] });
}

/**
 * Deletes a platform's movies and their reviews; the platform itself goes next.
 * @returns how many rows of which tables that were
 */
export async function removeMoviesOf(platformId: number): Promise<Record<string, number>> {
  await lockPlatformsExclusively([platformId]);
  // Looked up again, since movies may have moved to other platforms before they were locked.
  const movies = await moviesOf([platformId]);
  const reviews = await deleteRows('reviews', 'reviews_watchlist_id', 'watchlist_id', movies);
  await queueMoviesOf(platformId);
  const table = 'watch_lists';
  return {
    [table]: await deleteRows(table, `${table}_platform_created`, 'platform_id', [platformId]),
    reviews,
  };
}

function moviesOf(platformIds: number[]): Promise<number[]> {
  return selectIds('SELECT id FROM watch_lists WHERE platform_id IN (?)', [platformIds]);
}
