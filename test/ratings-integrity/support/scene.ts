import { HelpfulVote } from '../../../src/models/helpful-vote.js';
import { Review } from '../../../src/models/review.js';
import type { User } from '../../../src/models/user.js';
import type { WatchList } from '../../../src/models/watch-list.js';
import { makeMovie, makeUser, makeUsers } from '../../support/factories.js';

/**
 * Two platforms with a movie each, and three reviews of the first movie, one of them hidden. Authors find each other's reviews
 * helpful.
 */
export interface Scene {
  movie: WatchList;
  other: WatchList;
  author: User;
  newcomer: User;
  review: Review;
  hidden: Review;
}

/** Makes a scene. */
export async function scene(): Promise<Scene> {
  const [movie, other, newcomer] = [await makeMovie(), await makeMovie(), await makeUser()];
  const [author, second, third] = (await makeUsers(3)) as [User, User, User];
  const review = await Review.create({ user_id: author.id, watchlist_id: movie.id, rating: 2 });
  await Review.create({ user_id: second.id, watchlist_id: movie.id, rating: 5 });
  const hidden = await Review.create({
    user_id: third.id,
    watchlist_id: movie.id,
    rating: 1,
    active: false,
  });
  for (const { id } of [second, newcomer]) await HelpfulVote.create({ review_id: review.id, user_id: id });
  await HelpfulVote.create({ review_id: hidden.id, user_id: author.id });
  return { movie, other, author, newcomer, review, hidden };
}

/** The fields of a review that does not exist yet. */
export const fresh = ({ newcomer, movie }: Scene, rating = 4) => ({
  user_id: newcomer.id,
  watchlist_id: movie.id,
  rating,
});

/** A call that code could make in a scene. */
export type Path = (scene: Scene) => unknown;

/** Calls a method that is declared to return `never`, or that Sequelize adds at run time. */
export async function call(target: object, method: string, ...args: unknown[]): Promise<unknown> {
  return (target as Record<string, (...args: unknown[]) => unknown>)[method]?.(...args);
}
