import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { BY_KEY, chunks, selectIds } from '../database/sql/row-locks.js';
import { dialect } from '../database/connection-options.js';
import { lockMovies } from './locks.js';
import { addToCount, countMovies } from './movie-counts.js';

/*
 * The only writer of `watch_list_genres`, which has the genres of each movie, and with it of the genres' counts. Everything
 * here runs in the caller's transaction, which holds the lock of the genres.
 */

const IGNORE = dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';

/** Reads a movie's genres. */
export function genresOf(movieId: number): Promise<number[]> {
  return selectIds('SELECT genre_id AS id FROM watch_list_genres WHERE watchlist_id = ?', [movieId]);
}

/** Replaces a movie's genres. */
export async function setGenres(movieId: number, genreIds: readonly number[]): Promise<void> {
  const before = await genresOf(movieId);
  const removed = before.filter((id) => !genreIds.includes(id));
  const added = genreIds.filter((id) => !before.includes(id));
  if (removed.length > 0) {
    await sequelize.query('DELETE FROM watch_list_genres WHERE watchlist_id = ? AND genre_id IN (?)', {
      replacements: [movieId, removed],
      type: QueryTypes.DELETE,
    });
  }
  await link(added.map((id) => [movieId, id]));
  await countMovies('genres', removed, -1);
  await countMovies('genres', added, 1);
}

/**
 * Adds the genres of new movies, as their `genre_ids` name them.
 * @param firstId the id of the first of them; later ids may be those of other transactions' movies
 * @param genreIds the genres of each of the new movies
 */
export async function addGenresFrom(
  firstId: number,
  genreIds: readonly (readonly number[])[],
): Promise<void> {
  const rows = await sequelize.query<{ id: number; genre_ids: string }>(
    "SELECT id, genre_ids FROM watch_lists WHERE id >= ? AND genre_ids <> '' ORDER BY id",
    { replacements: [firstId], type: QueryTypes.SELECT },
  );
  await link(
    rows.flatMap(({ id, genre_ids }) => parsed(genre_ids).map((genre): [number, number] => [id, genre])),
  );
  await countMovies('genres', genreIds.flat(), 1);
}

/**
 * Links movies that have no genres with some.
 * @param genreIds the genres of each of the movies
 */
export async function addGenres(
  movieIds: readonly number[],
  genreIds: readonly (readonly number[])[],
): Promise<void> {
  await link(
    movieIds.flatMap((id, index) => (genreIds[index] ?? []).map((genre): [number, number] => [id, genre])),
  );
  await countMovies('genres', genreIds.flat(), 1);
}

/** Subtracts a movie that is about to be deleted from the counts of its genres. */
export async function uncountGenresFrom(movieId: number): Promise<void> {
  await countMovies('genres', await genresOf(movieId), -1);
}

/** Subtracts a platform's movies, which are about to be deleted, from the counts of their genres. */
export async function uncountGenresOf(platformId: number): Promise<void> {
  const counts = await sequelize.query<{ id: number; movies: number }>(
    `SELECT link.genre_id AS id, COUNT(*) AS movies FROM watch_lists AS movie
    JOIN watch_list_genres AS link ON link.watchlist_id = movie.id
    WHERE movie.platform_id = ? GROUP BY link.genre_id`,
    { replacements: [platformId], type: QueryTypes.SELECT },
  );
  for (const { id, movies } of counts) await addToCount('genres', id, -movies);
}

/**
 * Gives every movie of one genre another one in its place. The genre keeps no movie.
 * @returns how many movies had it
 */
export async function moveMovies(from: number, to: number): Promise<number> {
  const ids = await selectIds(
    'SELECT watchlist_id AS id FROM watch_list_genres WHERE genre_id = ? ORDER BY id',
    [from],
  );
  let joined = 0;
  for (const chunk of chunks(ids)) {
    await lockMovies(chunk, { required: [] });
    const movies = await sequelize.query<{ id: number; genre_ids: string }>(
      'SELECT id, genre_ids FROM watch_lists WHERE id IN (?)',
      { replacements: [chunk], type: QueryTypes.SELECT },
    );
    const byGenres = new Map<string, number[]>();
    for (const { id, genre_ids } of movies) {
      const others = parsed(genre_ids).filter((genre) => genre !== from);
      if (!others.includes(to)) joined += 1;
      const after = stored([...new Set([...others, to])]);
      byGenres.set(after, [...(byGenres.get(after) ?? []), id]);
    }
    for (const [genre_ids, same] of byGenres) {
      await sequelize.query(`UPDATE watch_lists${BY_KEY} SET genre_ids = ? WHERE id IN (?)`, {
        replacements: [genre_ids, same],
        type: QueryTypes.UPDATE,
      });
    }
    await link(chunk.map((id): [number, number] => [id, to]));
    await sequelize.query('DELETE FROM watch_list_genres WHERE watchlist_id IN (?) AND genre_id = ?', {
      replacements: [chunk, from],
      type: QueryTypes.DELETE,
    });
  }
  await addToCount('genres', from, -ids.length);
  await addToCount('genres', to, joined);
  return ids.length;
}

/** A movie's genres as `genre_ids` stores them. */
export function stored(genreIds: readonly number[]): string {
  return genreIds.toSorted((a, b) => a - b).join(',');
}

function parsed(genreIds: string): number[] {
  return genreIds.split(',').filter(Boolean).map(Number);
}

/** Links movies with genres, unless they are linked. */
async function link(pairs: readonly (readonly [movie: number, genre: number])[]): Promise<void> {
  for (const chunk of chunks([...pairs.keys()])) {
    await sequelize.query(
      `${IGNORE} INTO watch_list_genres (watchlist_id, genre_id) VALUES ${chunk.map(() => '(?, ?)').join(', ')}`,
      { replacements: chunk.flatMap((index) => pairs[index] as [number, number]), type: QueryTypes.INSERT },
    );
  }
}
