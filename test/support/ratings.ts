import { expect } from 'chai';
import { QueryTypes } from 'sequelize';
import { config } from '../../src/config.js';
import { sequelize } from '../../src/database/database.js';
import { anonymous } from './clients.js';

const STARS = [1, 2, 3, 4, 5] as const;

type StoredRatings = Record<'id' | 'number_rating' | 'avg_rating' | 'weighted_rating', number>;

/** The rating fields of these votes, by the contract's definitions. */
export function ratingsFrom(votes: number[]) {
  const sum = votes.reduce((total, stars) => total + stars, 0);
  const prior = config.RATING_PRIOR_VOTES;
  return {
    number_rating: votes.length,
    avg_rating: votes.length === 0 ? 0 : sum / votes.length,
    weighted_rating: (sum + prior * config.RATING_PRIOR_MEAN) / (votes.length + prior),
  };
}

/** The number of votes for each number of stars, as the API returns it. */
export function distributionOf(votes: number[]): Record<string, number> {
  return Object.fromEntries(
    STARS.map((stars) => [String(stars), votes.filter((vote) => vote === stars).length]),
  );
}

/**
 * Counts every movie's active reviews by plain SQL, and compares the movie's row and the API's answer with them
 * exactly.
 * @returns the votes by the movie's id
 */
export async function expectRatingsExact(): Promise<Map<number, number[]>> {
  const movies = await sequelize.query<StoredRatings>(
    'SELECT id, number_rating, avg_rating, weighted_rating FROM watch_lists ORDER BY id',
    { type: QueryTypes.SELECT },
  );
  const reviews = await sequelize.query<{ watchlist_id: number; rating: number }>(
    'SELECT watchlist_id, rating FROM reviews WHERE active = 1',
    { type: QueryTypes.SELECT },
  );
  const votes = new Map(movies.map(({ id }) => [id, [] as number[]]));
  for (const { watchlist_id, rating } of reviews) {
    const known = votes.get(watchlist_id);
    expect(known, `the movie of a review, ${watchlist_id}`).to.be.an('array');
    known?.push(rating);
  }
  for (const { id, ...stored } of movies) {
    const expected = ratingsFrom(votes.get(id) ?? []);
    expect(stored, `movie ${id} in the database`).to.deep.equal(expected);
    const { body } = await anonymous.get(`/watch/watchlist/${id}/`);
    expect(body, `movie ${id} of the API`).to.deep.include({
      ...expected,
      rating_distribution: distributionOf(votes.get(id) ?? []),
    });
  }
  return votes;
}
