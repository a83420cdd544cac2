import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { restartTransaction } from '../database/transactions.js';
import { chunks, selectIds } from '../database/sql/row-locks.js';
import { lockMovies, lockPlatforms } from './locks.js';

/*
 * The only writer of `watchlist_count`, which says how many movies a platform has: to count a million takes long.
 * Everything here runs in the caller's transaction. Who adds movies to a platform, or takes any away, has locked it
 * before any movie; so whoever holds a platform knows which movies it has.
 */

/**
 * Locks movies that are about to be deleted or moved, with the platforms whose counts that changes: those that the movies
 * leave, and the one that they go to. A movie that stays where it is concerns no platform.
 * @param to the platform that all of them go to; none where they are deleted
 * @throws {ValidationError} where a movie is to go to a platform that does not exist
 */
export async function lockLeaving(movieIds: number[], to?: number): Promise<void> {
  const left = await platformsLeft(movieIds, to);
  const lock = async (platforms: number[]) => {
    if (platforms.length === 0) return;
    const required = to === undefined ? [] : [to];
    await lockPlatforms([...platforms, ...required], { required });
  };
  await lock(left);
  await lockMovies(movieIds, { required: [] });
  const leaving = await platformsLeft(movieIds, to);
  if (leaving.every((id) => left.includes(id))) return;
  // A movie was moved between the look and its lock.
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

/** The platform of a locked movie as the database has it, or null where the movie is gone. */
export async function platformOf(movieId: number): Promise<number | null> {
  const [id] = await selectIds('SELECT platform_id AS id FROM watch_lists WHERE id = ?', [movieId]);
  return id ?? null;
}

/**
 * Moves the counts of locked platforms.
 * @param platformIds the platform of each movie that comes (`by` 1) or goes (`by` -1)
 */
export async function countMovies(platformIds: number[], by: 1 | -1): Promise<void> {
  const movies = new Map<number, number>();
  for (const id of platformIds) movies.set(id, (movies.get(id) ?? 0) + by);
  for (const [id, difference] of movies) {
    await sequelize.query('UPDATE stream_platforms SET watchlist_count = watchlist_count + ? WHERE id = ?', {
      replacements: [difference, id],
      type: QueryTypes.UPDATE,
    });
  }
}

/** Writes a locked platform's count as its movies were just counted, whatever it was before. */
export async function setMovieCount(platformId: number, count: number): Promise<void> {
  await sequelize.query('UPDATE stream_platforms SET watchlist_count = ? WHERE id = ?', {
    replacements: [count, platformId],
    type: QueryTypes.UPDATE,
  });
}
