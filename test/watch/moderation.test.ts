import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import { anonymous, asAdmin, asModerator, asUser, type Client } from '../support/clients.js';
import { makeReview } from '../support/factories.js';
import { expectRatingsExact } from '../support/ratings.js';
import { expectDetail, expectFields } from '../support/refusals.js';

/** A hidden review, with the clients that see it and those that do not. */
async function hidden() {
  const author = await asUser();
  const review = await makeReview({ user_id: author.user.id, description: 'Unspeakable.', active: false });
  const blind: [string, Client][] = [
    ['anonymous', anonymous],
    ['another user', await asUser()],
  ];
  const seeing: [string, Client][] = [
    ['its author', author],
    ['a moderator', await asModerator()],
    ['an admin', await asAdmin()],
  ];
  return { author, review, blind, seeing, path: `/watch/review/${review.id}/` };
}

describe('a hidden review', () => {
  it('is a 404 for all except its author, moderators and admins', async () => {
    const { blind, seeing, path } = await hidden();
    for (const [who, client] of blind) expect((await client.get(path)).status, who).to.equal(404);
    for (const [who, client] of seeing) {
      const { status, body } = await client.get(path);
      expect(status, who).to.equal(200);
      expect(body.active, who).to.equal(false);
    }
  });

  it('answers exactly like a missing one', async () => {
    const { path } = await hidden();
    const missing = await anonymous.get('/watch/review/987654/');
    expect((await anonymous.get(path)).body).to.deep.equal(missing.body);
  });

  it('is absent from lists for all except its author, moderators and admins', async () => {
    const { author, review, blind, seeing } = await hidden();
    await makeReview({ watchlist_id: review.watchlist_id });
    const lists: [string, number][] = [
      [`/watch/${review.watchlist_id}/review/`, 1],
      [`/watch/reviews/?username=${author.user.username}`, 0],
    ];
    for (const [list, others] of lists) {
      for (const [who, client] of blind) {
        const { body } = await client.get(list);
        expect(body.count, `${who} ${list}`).to.equal(others);
        expect(body.results).to.have.length(others);
      }
      for (const [who, client] of seeing) {
        const { body } = await client.get(list);
        expect(body.count, `${who} ${list}`).to.equal(others + 1);
        expect(body.results.map(({ id }: { id: number }) => id)).to.include(review.id);
      }
    }
    const search = `/watch/${review.watchlist_id}/review/?search=unspeakable`;
    expect((await anonymous.get(search)).body.count).to.equal(0);
    expect((await author.get(search)).body.count).to.equal(1);
  });

  it('cannot be changed, deleted or reported by another user, who does not see it', async () => {
    const { blind, path } = await hidden();
    const user = blind[1]?.[1] as Client;
    expectDetail(await user.patch(path, { rating: 1 }), 404);
    expectDetail(await user.put(path, { rating: 1 }), 404);
    expectDetail(await user.delete(path), 404);
    expectDetail(await user.post(`${path}report/`, { reason: 'Spam' }), 404);
  });

  it('is edited by its author and stays hidden', async () => {
    const { author, path } = await hidden();
    const { status, body } = await author.patch(path, { active: true, rating: 5 });
    expect(status).to.equal(200);
    expect(body).to.include({ active: false, rating: 5 });
    expectDetail(await anonymous.get(path), 404);
    await expectRatingsExact();
  });
});

describe('a moderator', () => {
  it('hides, restores and marks the reviews of others', async () => {
    const moderator = await asModerator();
    const review = await makeReview({ rating: 5 });
    const path = `/watch/review/${review.id}/`;
    for (const change of [
      { active: false },
      { active: true, spoiler: true },
      { spoiler: false },
      { active: 'false' },
    ]) {
      const { status, body } = await moderator.patch(path, change);
      expect(status).to.equal(200);
      for (const [field, value] of Object.entries(change))
        expect(String(body[field])).to.equal(String(value));
      expect(body).to.include({ rating: 5, description: review.description });
      await expectRatingsExact();
    }
  });

  it('changes nothing else of them', async () => {
    const moderator = await asModerator();
    const review = await makeReview({ rating: 5, description: 'Mine.' });
    const path = `/watch/review/${review.id}/`;
    for (const change of [
      { rating: 1 },
      { description: 'x' },
      { active: false, rating: 1 },
      { spoiler: true, description: null },
    ]) {
      expectDetail(await moderator.patch(path, change), 403);
    }
    expectDetail(await moderator.put(path, { rating: 5, active: false }), 403);
    expectDetail(await moderator.delete(path), 403);
    const { rating, description, active, spoiler } = (await Review.findByPk(review.id)) as Review;
    expect({ rating, description, active, spoiler }).to.deep.equal({
      rating: 5,
      description: 'Mine.',
      active: true,
      spoiler: false,
    });
  });

  it('edits and moderates their own review', async () => {
    const moderator = await asModerator();
    const review = await makeReview({ user_id: moderator.user.id });
    const path = `/watch/review/${review.id}/`;
    const { status, body } = await moderator.patch(path, { rating: 1, description: 'x', active: false });
    expect(status).to.equal(200);
    expect(body).to.include({ rating: 1, description: 'x', active: false });
    expect((await moderator.put(path, { rating: 2 })).status).to.equal(200);
    expect((await moderator.delete(path)).status).to.equal(204);
  });

  it('is refused a value that is not a boolean', async () => {
    const review = await makeReview();
    expectFields(
      await (await asModerator()).patch(`/watch/review/${review.id}/`, { active: 'perhaps' }),
      'active',
    );
  });
});

describe('POST /watch/review/<id>/report/', () => {
  it('reports a review, once a user', async () => {
    const review = await makeReview();
    const path = `/watch/review/${review.id}/report/`;
    for (const client of [await asUser(), await asModerator(), await asAdmin()]) {
      expectDetail(await client.post(path, { reason: 'Spam' }), 201);
      const again = await client.post(path, { reason: 'Still spam' });
      expect(again.status).to.equal(400);
      expect(again.body).to.have.all.keys('non_field_errors');
    }
  });

  it('accepts one of several concurrent reports by the same user', async () => {
    const user = await asUser();
    const review = await makeReview();
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => user.post(`/watch/review/${review.id}/report/`, { reason: 'Spam' })),
    );
    expect(answers.map(({ status }) => status)).to.have.members([201, 400, 400, 400]);
  });

  it("refuses one's own review with 400", async () => {
    const author = await asUser();
    const review = await makeReview({ user_id: author.user.id });
    const answer = await author.post(`/watch/review/${review.id}/report/`, { reason: 'Spam' });
    expect(answer.status).to.equal(400);
  });

  it('needs a reason, a token and a review', async () => {
    const user = await asUser();
    const review = await makeReview();
    const path = `/watch/review/${review.id}/report/`;
    for (const body of [{}, { reason: '' }, { reason: ' ' }, { reason: null }, { reason: ['x'] }]) {
      expectFields(await user.post(path, body), 'reason');
    }
    expectDetail(await anonymous.post(path, { reason: 'Spam' }), 401);
    expectDetail(await user.post('/watch/review/987654/report/', { reason: 'Spam' }), 404);
  });

  it("does not prevent the review's deletion", async () => {
    const review = await makeReview();
    await (await asUser()).post(`/watch/review/${review.id}/report/`, { reason: 'Spam' });
    expect((await (await asAdmin()).delete(`/watch/review/${review.id}/`)).status).to.equal(204);
  });
});
