import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { restartTransaction } from '../database/transactions.js';
import { chunks, selectIds } from '../database/sql/row-locks.js';
import { lockGenres, lockMovies, lockPlatforms } from './locks.js';

/*
 * The only writer of `watchlist_count`, the number of a platform's movies and of a genre's: counting a million of them
 * takes long. Everything here runs in the caller's transaction. A transaction that adds movies to a platform or removes any
 * locks the platform before any movie, so the holder of a platform's lock knows its movies. The same goes for the lock of
 * the genres.
 */

/** The tables of what has a count of movies. */
export type Counted = 'stream_platforms' | 'genres';

/**
 * Locks movies that are about to be deleted or moved, and the platforms whose counts change: those that the movies leave,
 * and the one that they move to. A movie that stays on its platform needs no platform lock.
 * @param to the platform that all of them move to; undefined where they are deleted
 * @param options.genres whether their genres change; where they are deleted, they do
 * @throws {ValidationError} where that platform does not exist
 */
export async function lockLeaving(
  movieIds: number[],
  to?: number,
  { genres = to === undefined } = {},
): Promise<void> {
  const left = await platformsLeft(movieIds, to);
  const lock = async (platforms: number[]) => {
    if (platforms.length === 0) return;
    const required = to === undefined ? [] : [to];
    await lockPlatforms([...platforms, ...required], { required });
  };
  await lock(left);
  if (genres) await lockGenres();
  await lockMovies(movieIds, { required: [] });
  const leaving = await platformsLeft(movieIds, to);
  if (leaving.every((id) => left.includes(id))) return;
  // A movie was moved between the read and its lock.
  restartTransaction();
  await lock(leaving);
}

async function platformsLeft(movieIds: number[], to?: number): Promise<number[]> {
  const ids: number[] = [];
  for (const chunk of chunks(movieIds)) {
    const sql = 'SELECT DISTINCT platform_id AS id FROM watch_lists WHERE id IN (?) AND platform_id <> ?';
    ids.push(...(await selectIds(sql, [chunk, to ?? 0])));
  }
  return [...new Set(ids)];
}

/** Reads the platform of a locked movie from the database; null where the movie is deleted. */
export async function platformOf(movieId: number): Promise<number | null> {
  const [id] = await selectIds('SELECT platform_id AS id FROM watch_lists WHERE id = ?', [movieId]);
  return id ?? null;
}

/**
 * Changes the counts of locked platforms, or of genres.
 * @param ids the platform, or genre, of each movie; one with several movies stands several times
 * @param by 1 for movies added, -1 for movies removed
 */
export async function countMovies(table: Counted, ids: number[], by: 1 | -1): Promise<void> {
  const movies = new Map<number, number>();
  for (const id of ids) movies.set(id, (movies.get(id) ?? 0) + by);
  for (const [id, difference] of movies) await addToCount(table, id, difference);
}

/** Adds a number of movies to a count. */
export async function addToCount(table: Counted, id: number, movies: number): Promise<void> {
  await sequelize.query(`UPDATE ${table} SET watchlist_count = watchlist_count + ? WHERE id = ?`, {
    replacements: [movies, id],
    type: QueryTypes.UPDATE,
  });
}

/** Replaces the count of a locked platform, or of a genre, by the true one. */
export async function setMovieCount(table: Counted, id: number, count: number): Promise<void> {
  await sequelize.query(`UPDATE ${table} SET watchlist_count = ? WHERE id = ?`, {
    replacements: [count, id],
    type: QueryTypes.UPDATE,
  });
}
