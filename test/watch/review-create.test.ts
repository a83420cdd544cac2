import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import { anonymous, asAdmin, asModerator, asUser, type UserClient } from '../support/clients.js';
import { makeMovie, makeReview } from '../support/factories.js';
import { expectDetail, expectFields } from '../support/refusals.js';

const KEYS = [
  'id',
  'review_user',
  'rating',
  'description',
  'spoiler',
  'created',
  'update',
  'active',
  'watchlist',
  'title',
  'helpful_count',
];

describe('POST /watch/<id>/review-create/', () => {
  let user: UserClient;
  let path: string;
  let movie: Awaited<ReturnType<typeof makeMovie>>;

  beforeEach(async () => {
    user = await asUser();
    movie = await makeMovie();
    path = `/watch/${movie.id}/review-create/`;
  });

  it('makes a review', async () => {
    const { status, body } = await user.post(path, { rating: 4, description: 'Fine.', spoiler: true });
    expect(status).to.equal(201);
    expect(body).to.have.all.keys(KEYS);
    expect(body).to.include({
      review_user: user.user.username,
      rating: 4,
      description: 'Fine.',
      spoiler: true,
      active: true,
      watchlist: movie.id,
      title: movie.title,
    });
    expect((await anonymous.get(`/watch/review/${body.id}/`)).body).to.deep.equal(body);
    expect((await anonymous.get(`/watch/${movie.id}/review/`)).body.results).to.deep.equal([body]);
  });

  it('makes an active one from a form', async () => {
    const answer = await user.form('POST', path, { rating: '4', description: 'Fine.' });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ rating: 4, description: 'Fine.', active: true, spoiler: false });
  });

  it('refuses a second one of the same user', async () => {
    await makeReview({ user_id: user.user.id, watchlist_id: movie.id });
    const answer = await user.post(path, { rating: 5 });
    expect(answer.status).to.equal(400);
    expect(answer.body).to.deep.equal({ non_field_errors: ['You have already reviewed this movie!'] });
    expect(await Review.count()).to.equal(1);
  });

  it('refuses a second one if the first is hidden, and accepts one if the first is deleted', async () => {
    const first = await makeReview({ user_id: user.user.id, watchlist_id: movie.id, active: false });
    const again = await user.post(path, { rating: 5 });
    expect(again.body).to.deep.equal({ non_field_errors: ['You have already reviewed this movie!'] });
    await user.delete(`/watch/review/${first.id}/`);
    expect((await user.post(path, { rating: 5 })).status).to.equal(201);
  });

  it('accepts one by the same user for another movie, and by another user for the same movie', async () => {
    await makeReview({ user_id: user.user.id, watchlist_id: movie.id });
    const other = await makeMovie();
    expect((await user.post(`/watch/${other.id}/review-create/`, { rating: 5 })).status).to.equal(201);
    expect((await (await asUser()).post(path, { rating: 5 })).status).to.equal(201);
  });

  it('answers a missing movie with 404', async () => {
    expectDetail(await user.post('/watch/987654/review-create/', { rating: 4 }), 404);
  });

  for (const [value, expected] of [
    [1, 1],
    [5, 5],
    ['4', 4],
    ['1', 1],
    [3.0, 3],
  ] as const) {
    it(`takes the rating ${JSON.stringify(value)}`, async () => {
      const answer = await user.post(path, { rating: value });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.rating).to.equal(expected);
    });
  }

  for (const value of [
    0,
    6,
    -1,
    4.5,
    '4.5',
    'abc',
    '',
    ' ',
    true,
    false,
    null,
    [4],
    { a: 4 },
    '0',
    '6',
    '0x4',
    '4e0',
    1e300,
    '५',
    undefined,
  ]) {
    it(`refuses the rating ${JSON.stringify(value)}`, async () => {
      expectFields(await user.post(path, { rating: value, description: 'x' }), 'rating');
      expect(await Review.count()).to.equal(0);
    });
  }

  it('accepts a description that is null, absent, empty, white space or of 2,000 characters', async () => {
    for (const description of [null, '', '  ', '🎬'.repeat(2_000)]) {
      const answer = await (await asUser()).post(path, { rating: 3, description });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.description).to.equal(description);
    }
    const absent = await user.post(path, { rating: 3 });
    expect(absent.status).to.equal(201);
    expect(absent.body.description || null).to.equal(null);
  });

  it('refuses a description of 2,001 characters, or that is no text', async () => {
    for (const description of ['x'.repeat(2_001), '🎬'.repeat(2_001), ['x'], { x: 1 }, true]) {
      expectFields(await user.post(path, { rating: 3, description }), 'description');
    }
  });

  it('refuses a spoiler that is not a boolean, and lists all faults at once', async () => {
    const answer = await user.post(path, { rating: 9, spoiler: 'perhaps', description: [] });
    expectFields(answer, 'rating', 'spoiler', 'description');
  });

  it("ignores a user's `active`, and accepts a moderator's and an admin's", async () => {
    const answer = await user.post(path, { rating: 3, active: false });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body.active).to.equal(true);
    expect((await (await asUser()).post(path, { rating: 3, active: 'nonsense' })).status).to.equal(201);
    for (const client of [await asModerator(), await asAdmin()]) {
      const hidden = await client.post(path, { rating: 3, active: false });
      expect(hidden.status, hidden.text).to.equal(201);
      expect(hidden.body.active).to.equal(false);
    }
  });

  it('takes the author from the credentials and the movie from the path', async () => {
    const other = await makeReview();
    const answer = await user.post(path, {
      rating: 3, review_user: 'other', user_id: other.user_id, watchlist: other.watchlist_id,
      watchlist_id: other.watchlist_id, id: 987_654, created: '2001-01-01T00:00:00Z',
    }); // prettier-ignore
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ review_user: user.user.username, watchlist: movie.id });
    expect(answer.body.id).not.to.equal(987_654);
    expect(answer.body.created).not.to.match(/^2001/);
  });
});
