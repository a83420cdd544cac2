import { expect } from 'chai';
import * as fc from 'fast-check';
import { rebuildMembers } from '../../../src/ratings/verify-members.js';
import { rebuildRatings } from '../../../src/ratings/verify-ratings.js';
import { rebuildReviewCounts } from '../../../src/ratings/verify-review-counts.js';
import { Review } from '../../../src/models/review.js';
import type { Client, UserClient } from '../../support/clients.js';
import type { Model } from './model.js';

export const USERS = 4;
export const MOVIES = 3;
export const PLATFORMS = 2;

/** What an operation works on: the model, and the records at the model's indexes. */
export interface World {
  model: Model;
  admin: Client;
  /** Null for a deleted user. */
  users: (UserClient | null)[];
  movieIds: number[];
  platformIds: (number | null)[];
  password: string;
}

const user = fc.nat({ max: USERS - 1 });
const movie = fc.nat({ max: MOVIES - 1 });
const platform = fc.nat({ max: PLATFORMS - 1 });
const rating = fc.integer({ min: 1, max: 5 });

/** One step of a random sequence. */
export const operation = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('create'), user, movie, rating }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit'), user, movie, rating }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('moderate'), user, movie, active: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete'), user, movie }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('vote'), user, movie, by: user }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('unvote'), user, movie, by: user }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('moveReview'), user, movie, to: movie }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('giveReview'), user, movie, by: user }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('updateMany'), movie, rating, active: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deleteMany'), user }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deleteUser'), user }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deleteMovie'), movie }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('moveMovie'), movie, platform }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deletePlatform'), platform }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rebuild') }) },
);

type Step = Partial<Record<'user' | 'by' | 'movie' | 'to' | 'platform' | 'rating', number>> & {
  kind: string;
  active?: boolean;
};

/** Applies an operation to the model and to the app; expects the status that the model predicts. */
export async function run(world: World, step: Step): Promise<void> {
  await operations[step.kind]?.(world, step as Required<Step>);
}

async function vote({ model, users }: World, { user, movie, by }: Required<Step>, method: 'PUT' | 'DELETE') {
  const review = model.review(user, movie);
  const client = users[by];
  if (!review || !client) return;
  const { status } = await client.json(method, `/watch/review/${review.id}/helpful/`);
  if (user === by) expect(status).to.equal(400);
  else if (!review.active) expect(status).to.equal(404);
  else {
    expect(status).to.equal(204);
    if (method === 'PUT') review.helpful.add(by);
    else review.helpful.delete(by);
  }
}

const operations: Record<string, (world: World, step: Required<Step>) => Promise<unknown>> = {
  async create({ model, users, movieIds }, { user, movie, rating }) {
    const client = users[user];
    if (!client) return;
    const answer = await client.post(`/watch/${movieIds[movie]}/review-create/`, { rating });
    if (model.movies[movie] === null) expect(answer.status).to.equal(404);
    else if (model.review(user, movie)) expect(answer.status).to.equal(400);
    else {
      expect(answer.status).to.equal(201);
      model.reviews.push({ id: answer.body.id, user, movie, rating, active: true, helpful: new Set() });
    }
  },
  async edit({ model, users }, { user, movie, rating }) {
    const review = model.review(user, movie);
    if (!review) return;
    const answer = await users[user]?.patch(`/watch/review/${review.id}/`, { rating });
    expect(answer?.status).to.equal(200);
    review.rating = rating;
  },
  async moderate({ model, admin }, { user, movie, active }) {
    const review = model.review(user, movie);
    if (!review) return;
    expect((await admin.patch(`/watch/review/${review.id}/`, { active })).status).to.equal(200);
    review.active = active;
  },
  async delete({ model, users }, { user, movie }) {
    const review = model.review(user, movie);
    if (!review) return;
    expect((await users[user]?.delete(`/watch/review/${review.id}/`))?.status).to.equal(204);
    model.remove(({ id }) => id === review.id);
  },
  vote: (world, step) => vote(world, step, 'PUT'),
  unvote: (world, step) => vote(world, step, 'DELETE'),
  async giveReview({ model, users }, { user, movie, by }) {
    const review = model.review(user, movie);
    const receiver = users[by];
    if (!review || !receiver || model.review(by, movie)) return;
    await (await Review.findByPk(review.id))?.update({ user_id: receiver.user.id });
    review.user = by;
    review.helpful.delete(by);
  },
  async moveReview({ model, movieIds }, { user, movie, to }) {
    const review = model.review(user, movie);
    if (!review || model.movies[to] === null || model.review(user, to)) return;
    await (await Review.findByPk(review.id))?.update({ watchlist_id: movieIds[to] });
    review.movie = to;
  },
  async updateMany({ model, movieIds }, { movie, rating, active }) {
    await Review.update({ rating, active }, { where: { watchlist_id: movieIds[movie] } });
    for (const review of model.reviews) {
      if (review.movie === movie) Object.assign(review, { rating, active });
    }
  },
  async deleteMany({ model, users }, { user }) {
    await Review.destroy({ where: { user_id: users[user]?.user.id ?? 0 } });
    model.remove((review) => review.user === user);
  },
  async deleteUser({ model, users, password }, { user }) {
    const client = users[user];
    if (!client) return;
    expect((await client.delete('/account/me/', { password })).status).to.equal(204);
    users[user] = null;
    model.removeUser(user);
  },
  async deleteMovie({ model, admin, movieIds }, { movie }) {
    const answer = await admin.delete(`/watch/watchlist/${movieIds[movie]}/`);
    expect(answer.status).to.equal(model.movies[movie] === null ? 404 : 204);
    model.removeMovie(movie);
  },
  async moveMovie({ model, admin, movieIds, platformIds }, { movie, platform }) {
    if (model.movies[movie] === null || platformIds[platform] === null) return;
    const body = { platform: platformIds[platform] };
    expect((await admin.patch(`/watch/watchlist/${movieIds[movie]}/`, body)).status).to.equal(200);
    model.movies[movie] = platform;
  },
  async deletePlatform({ model, admin, platformIds }, { platform }) {
    if (platformIds[platform] === null) return;
    expect((await admin.delete(`/watch/platformlist/${platformIds[platform]}/`)).status).to.equal(204);
    platformIds[platform] = null;
    model.removePlatform(platform);
  },
  async rebuild() {
    expect((await rebuildRatings()).changed).to.equal(0);
    expect((await rebuildReviewCounts()).changed).to.equal(0);
    expect((await rebuildMembers()).changed).to.equal(0);
  },
};
