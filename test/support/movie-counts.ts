import { expect } from 'chai';
import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database/database.js';
import { anonymous } from './clients.js';

interface Counted {
  id: number;
  watchlist_count: number;
  movies: number;
}

/**
 * Counts every platform's movies by plain SQL, and compares the count with the platform's row, with the platform in the
 * API and with the API's lists of movies.
 * @returns the number of movies by the platform's id
 */
export async function expectMovieCountsExact(): Promise<Map<number, number>> {
  const platforms = await sequelize.query<Counted>(
    `SELECT p.id, p.watchlist_count, COUNT(m.id) AS movies FROM stream_platforms p
    LEFT JOIN watch_lists m ON m.platform_id = p.id GROUP BY p.id, p.watchlist_count ORDER BY p.id`,
    { type: QueryTypes.SELECT },
  );
  for (const { id, watchlist_count, movies } of platforms) {
    expect(watchlist_count, `platform ${id} in the database`).to.equal(movies);
    const { body } = await anonymous.get(`/watch/platformlist/${id}/`);
    expect(body.watchlist_count, `platform ${id} of the API`).to.equal(movies);
    const list = await anonymous.get(`/watch/watchlist/?page_size=1&platform=${id}`);
    expect(list.body.count, `the movies of platform ${id}`).to.equal(movies);
  }
  await expectGenreCountsExact();
  const { body } = await anonymous.get('/watch/watchlist/?page_size=1');
  expect(body.count, 'all movies').to.equal(platforms.reduce((sum, { movies }) => sum + movies, 0));
  return new Map(platforms.map(({ id, movies }) => [id, movies]));
}

/** Compares every genre's count in the API with its movies by plain SQL, and with the API's list of them. */
async function expectGenreCountsExact(): Promise<void> {
  const genres = await sequelize.query<{ name: string; movies: number }>(
    `SELECT g.name, COUNT(link.watchlist_id) AS movies FROM genres g
    LEFT JOIN watch_list_genres link ON link.genre_id = g.id GROUP BY g.id, g.name, g.name_key ORDER BY g.name_key`,
    { type: QueryTypes.SELECT },
  );
  const { body } = await anonymous.get('/watch/genres/?page_size=100');
  const counted = body.results.map(
    ({ name, watchlist_count }: { name: string; watchlist_count: number }) => ({
      name,
      movies: watchlist_count,
    }),
  );
  expect(counted).to.deep.equal(genres);
  for (const { name, movies } of genres) {
    const list = await anonymous.get(`/watch/watchlist/?page_size=100&genre=${encodeURIComponent(name)}`);
    expect(list.body.count, name).to.equal(movies);
    for (const movie of list.body.results) expect(movie.genres).to.include(name);
  }
}
