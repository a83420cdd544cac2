import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { chunks, selectIds } from '../database/sql/row-locks.js';
import { lockGenres, lockMembers, lockMovies, lockPlatforms, lockUsers } from './locks.js';
import { deleteRows } from './delete-rows.js';
import type { Vote } from './differences.js';
import { uncountHelpfulVotesOf } from './helpful-votes.js';
import { removeMember, uncountReviewersOf } from './member-ratings.js';
import { lockSavedOf, removeSavedOf } from './saved-movies.js';
import { countVotes } from './votes.js';
import { queueMoviesOf } from '../search/index-queue.js';
import { uncountGenresOf } from './movie-genres.js';
import { uncountReportsOf } from './report-counts.js';

/*
 * The cascades of a user, a movie and a platform. Each function takes all of its locks, in the order of `locks.ts`,
 * before it deletes anything.
 */

/**
 * A user's logins and keys, with their primary keys. The foreign keys would cascade to them too, but would lock by an
 * index that other transactions lock last.
 */
const OWNED = [
  ['auth_tokens', 'id'],
  ['jwt_families', 'id'],
  ['sessions', 'sid'],
  ['idempotency_keys', 'id'],
  ['import_parts', 'id'],
] as const;

/**
 * Locks users, and every movie whose reviews, reports or helpful votes will be deleted with them. Nobody can add more
 * afterwards, since that needs the user's lock. Reports and votes are only written and deleted under the lock of their review's
 * movie.
 */
export async function lockUsersExclusively(ids: number[]): Promise<void> {
  await lockUsers(ids, { required: [], alone: true });
  const movies: number[] = [];
  for (const chunk of chunks(ids)) {
    const affected = await selectIds(
      `SELECT watchlist_id AS id FROM reviews WHERE user_id IN (?)
      UNION SELECT watchlist_id FROM review_reports JOIN reviews ON reviews.id = review_id
        WHERE review_reports.user_id IN (?)
      UNION SELECT watchlist_id FROM helpful_votes JOIN reviews ON reviews.id = review_id
        WHERE helpful_votes.user_id IN (?)`,
      [chunk, chunk, chunk],
    );
    movies.push(...affected);
  }
  await lockMovies(movies, { required: [] });
  await lockMembers(ids);
  await lockSavedOf({ users: ids });
}

/** Locks the rows that belong to locked movies, which are about to be deleted: their reviewers' ratings, and saved movies. */
export async function lockBelongings(movieIds: number[]): Promise<void> {
  const reviewers = new Set<number>();
  for (const chunk of chunks(movieIds)) {
    const sql = 'SELECT DISTINCT user_id AS id FROM reviews WHERE watchlist_id IN (?) AND active = 1';
    for (const id of await selectIds(sql, [chunk])) reviewers.add(id);
  }
  await lockMembers([...reviewers]);
  await lockSavedOf({ movies: movieIds });
}

/**
 * Deletes a user's reviews, subtracts their votes and the user's reports from the counts, and ends the user's logins.
 * @returns the number of rows deleted, by table
 */
export async function removeReviewsOf(userId: number): Promise<Record<string, number>> {
  await lockUsersExclusively([userId]);
  // The locks above keep others from changing them, so they need no locks of their own.
  const votes = await sequelize.query<Vote>(
    'SELECT user_id, watchlist_id, rating, active FROM reviews WHERE user_id = ? AND active = ?',
    { replacements: [userId, true], type: QueryTypes.SELECT },
  );
  await countVotes(votes.map((vote) => ({ ...vote, by: -1 })));
  await uncountReportsOf(userId);
  await uncountHelpfulVotesOf(userId);
  const counts: Record<string, number> = {
    reviews: await deleteRows('reviews', 'reviews_user_id', 'user_id', [userId]),
  };
  await removeMember(userId);
  counts.saved_movies = await removeSavedOf({ users: [userId] });
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
 * Deletes a movie's reviews, and takes it off the lists of saved movies, before the movie itself is deleted with its ratings.
 * @returns the number of reviews
 */
export async function removeReviewsFrom(movieId: number): Promise<number> {
  await lockMovies([movieId], { required: [] });
  await lockBelongings([movieId]);
  await uncountReviewersOf([movieId]);
  await removeSavedOf({ movies: [movieId] });
  return deleteRows('reviews', 'reviews_watchlist_id', 'watchlist_id', [movieId]);
}

/** Locks platforms, the genres, and the platforms' movies with what belongs to them; none can be added afterwards. */
export async function lockPlatformsExclusively(ids: number[]): Promise<void> {
  await lockPlatforms(ids, { required: [] });
  await lockGenres();
  await lockMovies(await moviesOf(ids), { required: [] });
  await lockBelongings(await moviesOf(ids));
}

/**
 * Deletes a platform's movies and their reviews, before the platform itself is deleted.
 * @returns the number of rows deleted, by table
 */
export async function removeMoviesOf(platformId: number): Promise<Record<string, number>> {
  await lockPlatformsExclusively([platformId]);
  // Read again, since movies may have moved to other platforms before they were locked.
  const movies = await moviesOf([platformId]);
  await uncountReviewersOf(movies);
  await removeSavedOf({ movies });
  const reviews = await deleteRows('reviews', 'reviews_watchlist_id', 'watchlist_id', movies);
  await queueMoviesOf(platformId);
  await uncountGenresOf(platformId);
  const table = 'watch_lists';
  return {
    [table]: await deleteRows(table, `${table}_platform_created`, 'platform_id', [platformId]),
    reviews,
  };
}

function moviesOf(platformIds: number[]): Promise<number[]> {
  return selectIds('SELECT id FROM watch_lists WHERE platform_id IN (?)', [platformIds]);
}
