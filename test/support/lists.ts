import { expect } from 'chai';
import { HelpfulVote } from '../../src/models/helpful-vote.js';
import { Review } from '../../src/models/review.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { WatchList } from '../../src/models/watch-list.js';
import { anonymous, type Answer, type Client } from './clients.js';
import { makeMovie, makePlatform, makeUser, makeUsers, unique } from './factories.js';
import { sharedUrl } from './server.js';

/** A list of the contract, and how a test fills it. */
export interface ListCase {
  name: string;
  orderings: string[];
  /** Makes this many rows, with duplicates in every field that allows them; returns the list's address. */
  fill: (rows: number) => Promise<string>;
}

const day = (number: number) => new Date(Date.UTC(2020, 0, 1 + number));

/** Makes movies with repeated titles, times and ratings, unsorted. */
async function fillMovies(rows: number): Promise<WatchList[]> {
  const platform = await makePlatform();
  const users = await makeUsers(3);
  const movies = await WatchList.bulkCreate(
    Array.from({ length: rows }, (_, index) => ({
      title: `Film ${'dbacbd'.charAt(index % 6)}`,
      storyline: 'Somebody wants something.',
      platform_id: platform.id,
      created: day((index * 2) % 5),
      year: index % 3 === 0 ? null : 1990 + ((index * 2) % 5),
    })),
  );
  const votes = movies.flatMap((movie, index) =>
    users.slice(0, index % 4).map((user, place) => ({
      watchlist_id: movie.id,
      user_id: user.id,
      rating: 1 + ((index + place) % 3),
    })),
  );
  await Review.bulkCreate(votes);
  return movies;
}

/** Fields of the review at this index: repeated values, unsorted. */
function reviewFields(index: number) {
  return { rating: 1 + ((index * 2) % 4), created: day((index * 2) % 5), description: `Number ${index}.` };
}

const REVIEW_ORDERINGS = ['id', 'created', 'update', 'rating', 'helpful'];

/** The orderings that have another name than the field that they order by. */
export const FIELD_OF: Readonly<Record<string, string>> = { helpful: 'helpful_count' };

/** Makes reviews, which differ in how many find them helpful. */
async function fillReviews(rows: { user_id: number; watchlist_id: number }[]): Promise<void> {
  await Review.bulkCreate(rows.map((row, index) => ({ ...row, ...reviewFields(index) })));
  const voters = await makeUsers(2);
  const reviews = await Review.findAll({
    where: { user_id: rows.map((row) => row.user_id), watchlist_id: rows.map((row) => row.watchlist_id) },
    order: ['id'],
  });
  await HelpfulVote.bulkCreate(
    reviews.flatMap((review, index) =>
      voters.slice(0, (index * 2) % 3).map((user) => ({ review_id: review.id, user_id: user.id })),
    ),
  );
}

export const LISTS: ListCase[] = [
  {
    name: 'platforms',
    orderings: ['name', 'id'],
    async fill(rows) {
      const platforms = Array.from({ length: rows }, (_, index) => ({
        name: `${'dbace'.charAt(index % 5)} platform ${unique()}`,
        about: 'Streams films.',
        website: 'https://platform.example.org',
      }));
      await StreamPlatform.bulkCreate(platforms);
      return '/watch/platformlist/';
    },
  },
  {
    name: 'movies',
    orderings: ['id', 'title', 'created', 'avg_rating', 'number_rating', 'weighted_rating', 'year'],
    async fill(rows) {
      await fillMovies(rows);
      return '/watch/watchlist/';
    },
  },
  {
    name: "a movie's reviews",
    orderings: REVIEW_ORDERINGS,
    async fill(rows) {
      const movie = await makeMovie();
      const users = await makeUsers(rows);
      await fillReviews(users.map((user) => ({ user_id: user.id, watchlist_id: movie.id })));
      return `/watch/${movie.id}/review/`;
    },
  },
  {
    name: "a user's reviews",
    orderings: REVIEW_ORDERINGS,
    async fill(rows) {
      const user = await makeUser();
      const movies = await fillMovies(rows);
      await fillReviews(movies.map((movie) => ({ user_id: user.id, watchlist_id: movie.id })));
      return `/watch/reviews/?username=${user.username}`;
    },
  },
];

/** The address with these query parameters added. */
export function withQuery(path: string, query: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

/** The ids of a page, in its order. */
export function idsOf(answer: Answer): number[] {
  expect(answer.status, answer.text).to.equal(200);
  return answer.body.results.map(({ id }: { id: number }) => id);
}

/** Expects an absolute address of the app, or null. */
export function expectAddress(address: unknown): void {
  if (address !== null)
    expect(address)
      .to.be.a('string')
      .and.match(new RegExp(`^${sharedUrl()}/(watch|account)/`));
}

/**
 * Follows `next` or `previous` to the end.
 * @param start the first page's address
 * @returns each page's answer
 */
export async function walk(
  start: string,
  direction: 'next' | 'previous' = 'next',
  client: Client = anonymous,
): Promise<Answer[]> {
  const pages: Answer[] = [];
  let address: string | null = start;
  while (address) {
    const page: Answer = await client.get(address);
    expect(page.status, page.text).to.equal(200);
    expectAddress(page.body.next);
    expectAddress(page.body.previous);
    pages.push(page);
    expect(pages.length, 'an endless walk').to.be.below(100);
    address = page.body[direction];
  }
  return pages;
}
