import { expect } from 'chai';
import { anonymous, asAdmin, asModerator, asUser, clientOf } from '../support/clients.js';
import {
  makeMovie,
  makePlatform,
  makeRatedMovie,
  makeReview,
  makeUser,
  PASSWORD,
} from '../support/factories.js';
import { distributionOf, expectRatingsExact, ratingsFrom } from '../support/ratings.js';

/** Expects the movie to have these votes, and every movie's figures to be exact. */
async function expectVotes(movie: { id: number }, votes: number[]): Promise<void> {
  const counted = await expectRatingsExact();
  expect(counted.get(movie.id)?.toSorted((a, b) => a - b)).to.deep.equal(votes.toSorted((a, b) => a - b));
}

describe('the ratings of a movie', () => {
  it('are 0 on average without reviews, and the prior mean when weighted', async () => {
    const movie = await makeMovie();
    const { body } = await anonymous.get(`/watch/watchlist/${movie.id}/`);
    expect(body).to.deep.include({
      number_rating: 0,
      avg_rating: 0,
      weighted_rating: 3.5,
      rating_distribution: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
    });
  });

  it('are the unrounded mean and the Bayesian average', async () => {
    const movie = await makeRatedMovie([5, 5, 1, 2, 4, 4, 4]);
    const { body } = await anonymous.get(`/watch/watchlist/${movie.id}/`);
    expect(body.avg_rating).to.equal(25 / 7);
    expect(body.weighted_rating).to.equal((25 + 10 * 3.5) / 17);
  });

  it('follow creations, edits and deletions', async () => {
    const movie = await makeRatedMovie([2]);
    const [ann, ben] = [await asUser(), await asUser()];
    const path = `/watch/${movie.id}/review-create/`;
    const first = await ann.post(path, { rating: 5 });
    await expectVotes(movie, [2, 5]);
    const second = await ben.post(path, { rating: 1 });
    await expectVotes(movie, [2, 5, 1]);
    await ann.patch(`/watch/review/${first.body.id}/`, { rating: 3 });
    await expectVotes(movie, [2, 3, 1]);
    await ann.put(`/watch/review/${first.body.id}/`, { rating: 4 });
    await expectVotes(movie, [2, 4, 1]);
    await ann.patch(`/watch/review/${first.body.id}/`, { description: 'Other words', spoiler: true });
    await expectVotes(movie, [2, 4, 1]);
    await ben.delete(`/watch/review/${second.body.id}/`);
    await expectVotes(movie, [2, 4]);
    await ann.delete(`/watch/review/${first.body.id}/`);
    await expectVotes(movie, [2]);
  });

  it('are unchanged by refused requests', async () => {
    const movie = await makeRatedMovie([2]);
    const ann = await asUser();
    const { body } = await ann.post(`/watch/${movie.id}/review-create/`, { rating: 5 });
    await ann.post(`/watch/${movie.id}/review-create/`, { rating: 1 });
    await ann.post(`/watch/${movie.id}/review-create/`, { rating: 9 });
    await ann.patch(`/watch/review/${body.id}/`, { rating: 0 });
    await (await asUser()).delete(`/watch/review/${body.id}/`);
    await (await asUser()).patch(`/watch/review/${body.id}/`, { rating: 1 });
    await anonymous.delete(`/watch/review/${body.id}/`);
    await expectVotes(movie, [2, 5]);
  });

  it('exclude a hidden review, and count it again once it is restored', async () => {
    const movie = await makeRatedMovie([2]);
    const author = await asUser();
    const moderator = await asModerator();
    const review = await makeReview({ watchlist_id: movie.id, user_id: author.user.id, rating: 5 });
    const path = `/watch/review/${review.id}/`;
    await moderator.patch(path, { active: false });
    await expectVotes(movie, [2]);
    await moderator.patch(path, { active: false });
    await expectVotes(movie, [2]);
    await author.patch(path, { rating: 1 });
    await expectVotes(movie, [2]);
    await moderator.patch(path, { active: true });
    await expectVotes(movie, [2, 1]);
    await (await asAdmin()).patch(path, { active: false, rating: 4 });
    await expectVotes(movie, [2]);
    await (await asAdmin()).patch(path, { active: true, rating: 3 });
    await expectVotes(movie, [2, 3]);
    await moderator.patch(path, { active: false });
    await author.delete(path);
    await expectVotes(movie, [2]);
  });

  it('do not count a review that is hidden from the start', async () => {
    const movie = await makeRatedMovie([2]);
    const { status } = await (
      await asModerator()
    ).post(`/watch/${movie.id}/review-create/`, { rating: 5, active: false });
    expect(status).to.equal(201);
    await expectVotes(movie, [2]);
  });

  it('lose a user’s votes with the user, on every movie', async () => {
    const user = await makeUser({ password: PASSWORD });
    const movies = [await makeRatedMovie([2, 3]), await makeRatedMovie([4]), await makeRatedMovie([])];
    for (const [index, movie] of movies.entries()) {
      await makeReview({ user_id: user.id, watchlist_id: movie.id, rating: 5 - index });
    }
    expect((await (await clientOf(user)).delete('/account/me/', { password: PASSWORD })).status).to.equal(
      204,
    );
    await expectVotes(movies[0] as (typeof movies)[0], [2, 3]);
    await expectVotes(movies[1] as (typeof movies)[0], [4]);
    await expectVotes(movies[2] as (typeof movies)[0], []);
  });

  it('stay right for other movies when a movie or a platform is deleted', async () => {
    const admin = await asAdmin();
    const author = await asUser();
    const platform_id = (await makePlatform()).id;
    const [stays, goes, goesToo] = [
      await makeRatedMovie([3, 4]),
      await makeRatedMovie([1], { platform_id }),
      await makeRatedMovie([5], { platform_id }),
    ];
    for (const movie of [stays, goes, goesToo]) {
      await makeReview({ user_id: author.user.id, watchlist_id: movie.id, rating: 2 });
    }
    expect((await admin.delete(`/watch/watchlist/${goes.id}/`)).status).to.equal(204);
    await expectVotes(stays, [3, 4, 2]);
    expect((await admin.delete(`/watch/platformlist/${platform_id}/`)).status).to.equal(204);
    await expectVotes(stays, [3, 4, 2]);
    const { body } = await anonymous.get(`/watch/reviews/?username=${author.user.username}`);
    expect(body.count).to.equal(1);
  });

  it('cannot be changed or lost by an edit of the movie', async () => {
    const admin = await asAdmin();
    const movie = await makeRatedMovie([5, 2]);
    const platform = await makePlatform();
    const answer = await admin.put(`/watch/watchlist/${movie.id}/`, {
      title: 'New', storyline: 'New', platform: platform.id, avg_rating: 1, number_rating: 99, weighted_rating: 1,
    }); // prettier-ignore
    expect(answer.body).to.deep.include({
      ...ratingsFrom([5, 2]),
      rating_distribution: distributionOf([5, 2]),
    });
    await expectVotes(movie, [5, 2]);
  });
});
