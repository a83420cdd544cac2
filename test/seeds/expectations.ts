import { expect } from 'chai';
import type { ScratchDatabase } from '../support/scratch-database.js';

/** What the tests of the seeders read of a movie. */
export interface MovieRow {
  title: string;
  storyline: string;
  number_rating: number;
  avg_rating: number;
  weighted_rating: number;
  recounted: number;
  summed: number;
}

/** Expects the counts of movies of every platform and genre to be those of the rows. */
export async function expectCountsRight(database: ScratchDatabase): Promise<void> {
  const wrong = await database.rows(`SELECT name, watchlist_count FROM stream_platforms
    WHERE watchlist_count <> (SELECT COUNT(*) FROM watch_lists WHERE platform_id = stream_platforms.id)`);
  expect(wrong).to.deep.equal([]);
  const genres = `SELECT name, watchlist_count FROM genres
    WHERE watchlist_count <> (SELECT COUNT(*) FROM watch_list_genres WHERE genre_id = genres.id)`;
  expect(await database.rows(genres)).to.deep.equal([]);
}

/** Expects the ratings of every movie to be those of its shown reviews. */
export async function expectRatingsRight(database: ScratchDatabase): Promise<void> {
  const movies = await database.rows<MovieRow>(`
    SELECT title, number_rating, avg_rating, weighted_rating,
      (SELECT COUNT(*) FROM reviews WHERE watchlist_id = watch_lists.id AND active = 1) AS recounted,
      (SELECT COALESCE(SUM(rating), 0) FROM reviews WHERE watchlist_id = watch_lists.id AND active = 1) AS summed
    FROM watch_lists`);
  for (const movie of movies) {
    const { title, recounted } = movie;
    const summed = Number(movie.summed);
    expect(movie.number_rating, title).to.equal(recounted);
    expect(movie.avg_rating, title).to.be.closeTo(recounted === 0 ? 0 : summed / recounted, 1e-9);
    expect(movie.weighted_rating, title).to.be.closeTo((summed + 35) / (recounted + 10), 1e-9);
  }
}
