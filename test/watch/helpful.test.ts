import { expect } from 'chai';
import { HelpfulVote } from '../../src/models/helpful-vote.js';
import { Review } from '../../src/models/review.js';
import { WatchList } from '../../src/models/watch-list.js';
import { anonymous, asAdmin, asModerator, asUser, clientOf, type UserClient } from '../support/clients.js';
import { makeMovie, makeReview, makeUser, makeUsers, PASSWORD } from '../support/factories.js';
import { expectHelpfulCountsExact } from '../support/helpful-counts.js';
import { idsOf } from '../support/lists.js';
import { expectDetail, expectFields } from '../support/refusals.js';

async function refused(work: () => Promise<unknown>): Promise<void> {
  const error = await work().then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(Error);
}

const path = ({ id }: { id: number }) => `/watch/review/${id}/helpful/`;

describe('PUT and DELETE /watch/review/<id>/helpful/', () => {
  let review: Review;
  let voter: UserClient;
  beforeEach(async () => {
    review = await makeReview();
    voter = await asUser();
  });
  afterEach(expectHelpfulCountsExact);

  const shown = async (client = anonymous) =>
    (await client.get(`/watch/review/${review.id}/`)).body.helpful_count as number;

  it('count each user once, and take the vote back', async () => {
    expect(await shown()).to.equal(0);
    for (let time = 0; time < 2; time += 1) {
      const { status, text } = await voter.put(path(review));
      expect([status, text]).to.deep.equal([204, '']);
      expect(await shown()).to.equal(1);
    }
    await (await asUser()).put(path(review));
    expect(await shown()).to.equal(2);
    for (let time = 0; time < 2; time += 1) {
      expect((await voter.delete(path(review))).status).to.equal(204);
      expect(await shown()).to.equal(1);
    }
  });

  it('show the count in every answer that has the review, and in none other', async () => {
    const author = await clientOf(await makeUser());
    const created = await author.post(`/watch/${review.watchlist_id}/review-create/`, {
      rating: 4,
      helpful_count: 9,
    });
    expect(created.body.helpful_count).to.equal(0);
    const mine = created.body as { id: number };
    await voter.put(path(mine));
    const patched = await author.patch(`/watch/review/${mine.id}/`, { rating: 5, helpful_count: 9 });
    expect(patched.body).to.include({ helpful_count: 1, rating: 5 });
    for (const list of [
      `/watch/${review.watchlist_id}/review/`,
      `/watch/reviews/?username=${author.user.username}`,
    ]) {
      const { body } = await anonymous.get(list);
      expect(body.results.find(({ id }: { id: number }) => id === mine.id).helpful_count).to.equal(1);
    }
    // A vote is no edit.
    expect(patched.body.update).to.equal((await anonymous.get(`/watch/review/${mine.id}/`)).body.update);
  });

  it('refuse one’s own review', async () => {
    const author = await clientOf(await makeUser());
    const own = await makeReview({ user_id: author.user.id });
    for (const method of ['PUT', 'DELETE']) {
      expectFields(await author.json(method, path(own)), 'non_field_errors');
    }
    expect(await HelpfulVote.count()).to.equal(0);
  });

  it('do not know a review that the caller cannot see', async () => {
    await voter.put(path(review));
    await review.update({ active: false });
    for (const method of ['PUT', 'DELETE']) {
      expectDetail(await voter.json(method, path(review)), 404);
      expectDetail(await voter.json(method, path({ id: review.id + 1 })), 404);
      expectDetail(await voter.json(method, '/watch/review/abc/helpful/'), 404);
    }
    const moderator = await asModerator();
    expect((await moderator.put(path(review))).status).to.equal(204);
    await review.update({ active: true });
    expect(await shown(), 'the votes stay with a hidden review').to.equal(2);
  });

  it('keep the count through thirty requests at once, of one user and of many', async () => {
    const clients = await Promise.all((await makeUsers(30)).map(clientOf));
    const all = await Promise.all([
      ...clients.map((client) => client.put(path(review))),
      ...Array.from({ length: 30 }, () => voter.put(path(review))),
    ]);
    expect(new Set(all.map(({ status }) => status))).to.deep.equal(new Set([204]));
    expect(await shown()).to.equal(31);
    await Promise.all([...clients, voter, voter].map((client) => client.delete(path(review))));
    expect(await shown()).to.equal(0);
  });

  it('follow the deletion of the voter, the review, the movie and the platform', async () => {
    const leaving = await clientOf(await makeUser({ password: PASSWORD }));
    const others = await Promise.all([makeReview(), makeReview(), makeReview()]);
    for (const one of [review, ...others]) {
      await leaving.put(path(one));
      await voter.put(path(one));
    }
    expect((await leaving.delete('/account/me/', { password: PASSWORD })).status).to.equal(204);
    await expectHelpfulCountsExact();
    expect(await shown()).to.equal(1);
    const admin = await asAdmin();
    await admin.delete(`/watch/review/${review.id}/`);
    await admin.delete(`/watch/watchlist/${others[0]?.watchlist_id}/`);
    const movie = await WatchList.findByPk(others[1]?.watchlist_id);
    await admin.delete(`/watch/platformlist/${movie?.platform_id}/`);
    expect(await HelpfulVote.count()).to.equal(1);
  });

  it('leave no vote of its author on a review that is given to somebody', async () => {
    await voter.put(path(review));
    await (await asUser()).put(path(review));
    await review.update({ user_id: voter.user.id });
    expect(await shown()).to.equal(1);
  });

  it('order the reviews of a movie and of a user', async () => {
    const movie = await makeMovie();
    const reviews = await Promise.all([0, 1, 2].map(() => makeReview({ watchlist_id: movie.id })));
    const [a, b, c] = reviews.toSorted((one, other) => one.id - other.id) as [Review, Review, Review];
    for (const [one, votes] of [
      [a, 1],
      [b, 3],
      [c, 1],
    ] as const) {
      for (const user of await makeUsers(votes)) await (await clientOf(user)).put(path(one));
    }
    const list = `/watch/${movie.id}/review/`;
    for (const client of [anonymous, voter, await asModerator()]) {
      expect(idsOf(await client.get(`${list}?ordering=-helpful`))).to.deep.equal([b.id, c.id, a.id]);
      expect(idsOf(await client.get(`${list}?ordering=helpful`))).to.deep.equal([a.id, c.id, b.id]);
      expect(idsOf(await client.get(`${list}?ordering=-helpful,id`))).to.deep.equal([b.id, a.id, c.id]);
    }
    expectFields(await anonymous.get(`${list}?ordering=helpful_count`), 'ordering');
  });

  it('are kept by the model: no count is written, no vote is changed', async () => {
    await voter.put(path(review));
    await refused(() => review.update({ helpful_count: 7 }));
    await refused(() => Review.bulkCreate([{ ...review.get(), helpful_count: 7 } as never]));
    const vote = (await HelpfulVote.findOne()) as HelpfulVote;
    await refused(() => vote.update({ user_id: review.user_id }));
    await refused(() => HelpfulVote.create({ review_id: review.id, user_id: review.user_id }));
    await refused(() => HelpfulVote.create({ review_id: review.id, user_id: voter.user.id }));
    await vote.destroy();
    await vote.destroy();
    expect(await shown()).to.equal(0);
  });
});
