import { expect } from 'chai';
import { ratingsFrom } from '../../support/ratings.js';
import { runCommand } from './processes.js';
import type { ScratchDatabase } from '../../support/scratch-database.js';

const STARS = [1, 2, 3, 4, 5];

const WRONG_VOTES = `SELECT id, helpful_count FROM reviews
  WHERE helpful_count <> (SELECT COUNT(*) FROM helpful_votes WHERE review_id = reviews.id)`;

/** The rating fields of a movie in the API. */
export interface ShownMovie {
  id: number;
  number_rating: number;
  avg_rating: number;
  weighted_rating: number;
  rating_distribution: Record<string, number>;
}

/** The votes that a distribution counts. */
export function votesOf(distribution: Record<string, number>): number[] {
  return Object.entries(distribution).flatMap(([stars, count]) => Array<number>(count).fill(Number(stars)));
}

/** Expects a movie's rating fields to agree with one another exactly. */
export function expectAgreement({ id, rating_distribution, ...shown }: ShownMovie): void {
  const { number_rating, avg_rating, weighted_rating } = shown;
  const expected = ratingsFrom(votesOf(rating_distribution));
  expect({ number_rating, avg_rating, weighted_rating }, `movie ${id}`).to.deep.equal(expected);
}

/**
 * Counts all reviews and votes by plain SQL, and compares every movie's, member's and review's row with them exactly.
 * `ratings -- verify` must agree.
 */
export async function expectFiguresExact(database: ScratchDatabase): Promise<void> {
  const movies = await database.rows<Record<string, number>>('SELECT * FROM watch_lists');
  const reviews = await database.rows<{ user_id: number; watchlist_id: number; rating: number }>(
    'SELECT user_id, watchlist_id, rating FROM reviews WHERE active = 1',
  );
  for (const movie of movies) {
    const votes = reviews.filter((review) => review.watchlist_id === movie.id).map(({ rating }) => rating);
    const distribution = [1, 2, 3, 4, 5].map((stars) => votes.filter((vote) => vote === stars).length);
    const { number_rating, avg_rating, weighted_rating } = movie;
    expect({ number_rating, avg_rating, weighted_rating }, `movie ${movie.id}`).to.deep.equal(
      ratingsFrom(votes),
    );
    expect([1, 2, 3, 4, 5].map((stars) => movie[`rating_${stars}`])).to.deep.equal(distribution);
  }
  const members = await database.rows<Record<string, number>>('SELECT * FROM member_ratings');
  for (const member of members) {
    const votes = reviews.filter((review) => review.user_id === member.user_id).map(({ rating }) => rating);
    const stored = STARS.flatMap((stars) => Array<number>(member[`rating_${stars}`] as number).fill(stars));
    expect(stored, `member ${member.user_id}`).to.deep.equal(votes.toSorted((a, b) => a - b));
  }
  const known = new Set(members.map(({ user_id }) => user_id));
  expect(reviews.filter(({ user_id }) => !known.has(user_id))).to.deep.equal([]);
  expect(await database.rows(WRONG_VOTES), 'reviews whose count of votes is wrong').to.deep.equal([]);
  const { status, output } = await runCommand(database, 'ratings', ['verify']);
  expect(status, output).to.equal(0);
}
