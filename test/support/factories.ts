import type { CreationAttributes } from 'sequelize';
import { hashPassword } from '../../src/auth/password.js';
import { Review } from '../../src/models/review.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { User } from '../../src/models/user.js';
import { WatchList } from '../../src/models/watch-list.js';

let count = 0;

/** A new number on each call, to make names unique. */
export function unique(): number {
  count += 1;
  return count;
}

/** A password that passes every rule. */
export const PASSWORD = 'quiet-harbour-71';

/** Hashes by password: computing one takes as long as several requests. */
const hashes = new Map<string, Promise<string>>();

function hashOf(password: string): Promise<string> {
  let hashed = hashes.get(password);
  if (!hashed) hashes.set(password, (hashed = hashPassword(password)));
  return hashed;
}

/** The fields of a user that a test may set; `password` in clear text. */
export type UserFields = Partial<CreationAttributes<User>>;

/** Makes a user. Without a `password` the account has none, which saves the time to hash it. */
export async function makeUser({ password, ...fields }: UserFields = {}): Promise<User> {
  const number = unique();
  return User.create({
    username: `user${number}`,
    email: `user${number}@example.org`,
    password: password ? await hashOf(password) : null,
    ...fields,
  });
}

/** Makes this many users in one transaction. */
export function makeUsers(howMany: number): Promise<User[]> {
  const rows = Array.from({ length: howMany }, unique).map((number) => ({
    username: `user${number}`,
    email: `user${number}@example.org`,
  }));
  return User.bulkCreate(rows);
}

/** Makes a platform. */
export function makePlatform(
  fields: Partial<CreationAttributes<StreamPlatform>> = {},
): Promise<StreamPlatform> {
  return StreamPlatform.create({
    name: `Platform ${unique()}`,
    about: 'Streams films.',
    website: 'https://platform.example.org',
    ...fields,
  });
}

/** Makes a movie, and its platform where none is given. */
export async function makeMovie(fields: Partial<CreationAttributes<WatchList>> = {}): Promise<WatchList> {
  return WatchList.create({
    title: `Film ${unique()}`,
    storyline: 'Somebody wants something and meets obstacles.',
    platform_id: fields.platform_id ?? (await makePlatform()).id,
    ...fields,
  });
}

/** Makes a review, and its author and movie where none is given. */
export async function makeReview(fields: Partial<CreationAttributes<Review>> = {}): Promise<Review> {
  return Review.create({
    rating: 3,
    description: 'Worth an evening.',
    user_id: fields.user_id ?? (await makeUser()).id,
    watchlist_id: fields.watchlist_id ?? (await makeMovie()).id,
    ...fields,
  });
}

/**
 * Makes a movie with a review by a new user for each rating.
 * @param ratings the stars, such as `[5, 4]`
 */
export async function makeRatedMovie(
  ratings: number[],
  fields: Partial<CreationAttributes<WatchList>> = {},
): Promise<WatchList> {
  const movie = await makeMovie(fields);
  const users = await makeUsers(ratings.length);
  await Review.bulkCreate(
    users.map((user, index) => ({
      user_id: user.id,
      watchlist_id: movie.id,
      rating: ratings[index] as number,
    })),
  );
  return movie.reload();
}
