import { expect } from 'chai';
import { IdempotencyKey } from '../../src/models/idempotency-key.js';
import { Review } from '../../src/models/review.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { WatchList } from '../../src/models/watch-list.js';
import { anonymous, type Answer, asAdmin, asUser, type UserClient } from '../support/clients.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';
import { expectRatingsExact } from '../support/ratings.js';
import { expectDetail } from '../support/refusals.js';

const KEY = { 'Idempotency-Key': '6f1b0c1e-7d0a-4b59-8a57-3f3f1c2b9d10' };

function expectReplay(first: Answer, again: Answer): void {
  expect(again.status, again.text).to.equal(first.status);
  expect(again.body).to.deep.equal(first.body);
  expect(again.headers.get('idempotency-replayed')).to.equal('true');
  expect(first.headers.get('idempotency-replayed')).to.not.equal('true');
}

describe('Idempotency-Key', () => {
  let admin: UserClient;

  beforeEach(async () => {
    admin = await asAdmin();
  });

  it('repeats the refusal of a body, and refuses a corrected body under the same key', async () => {
    const bad = { name: '', about: 'New', website: 'https://new.example.org' };
    const first = await admin.post('/watch/platformlist/', bad, KEY);
    expect(first.status).to.equal(400);
    expectReplay(first, await admin.post('/watch/platformlist/', bad, KEY));
    expectDetail(await admin.post('/watch/platformlist/', { ...bad, name: 'New' }, KEY), 422);
    expect(await StreamPlatform.count()).to.equal(0);
  });

  it('repeats the first answer, on every POST under /watch/', async () => {
    const platform = await makePlatform();
    const movie = await makeMovie();
    const review = await makeReview();
    const cases: [string, object][] = [
      ['/watch/platformlist/', { name: 'New', about: 'New', website: 'https://new.example.org' }],
      ['/watch/watchlist/', { title: 'New', storyline: 'New', platform: platform.id }],
      [`/watch/${movie.id}/review-create/`, { rating: 4 }],
      [`/watch/review/${review.id}/report/`, { reason: 'Spam' }],
    ];
    for (const [index, [path, body]] of cases.entries()) {
      const key = { 'Idempotency-Key': `key-${index}` };
      const first = await admin.post(path, body, key);
      expect(first.status, first.text).to.equal(201);
      expectReplay(first, await admin.post(path, body, key));
      expectReplay(first, await admin.post(path, body, key));
    }
    expect(await StreamPlatform.count()).to.equal(4);
    expect(await WatchList.count()).to.equal(3);
    expect(await Review.count()).to.equal(2);
    await expectRatingsExact();
  });

  it('refuses another body with 422', async () => {
    const movie = await makeMovie();
    const path = `/watch/${movie.id}/review-create/`;
    await admin.post(path, { rating: 4 }, KEY);
    const answer = await admin.post(path, { rating: 5 }, KEY);
    expect(answer.status, answer.text).to.equal(422);
    expect((await Review.findAll()).map(({ rating }) => rating)).to.deep.equal([4]);
  });

  it('belongs to its user', async () => {
    const movie = await makeMovie();
    const path = `/watch/${movie.id}/review-create/`;
    await admin.post(path, { rating: 4 }, KEY);
    const other = await asUser();
    const answer = await other.post(path, { rating: 5 }, KEY);
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ rating: 5, review_user: other.user.username });
    expect(answer.headers.get('idempotency-replayed')).to.not.equal('true');
  });

  it('expires after a day', async () => {
    const platform = await makePlatform();
    const body = { title: 'New', storyline: 'New', platform: platform.id };
    const first = await admin.post('/watch/watchlist/', body, KEY);
    const [kept] = await IdempotencyKey.findAll();
    expect(((kept?.expires.getTime() ?? 0) - Date.now()) / 3_600_000).to.be.closeTo(24, 0.1);
    await IdempotencyKey.update({ expires: new Date(Date.now() - 1_000) }, { where: {} });
    const again = await admin.post('/watch/watchlist/', body, KEY);
    expect(again.status, again.text).to.equal(201);
    expect(again.body.id).not.to.equal(first.body.id);
  });

  it('executes one of many concurrent requests: the others get its answer or a 409', async () => {
    const movie = await makeMovie();
    const path = `/watch/${movie.id}/review-create/`;
    const answers = await Promise.all(Array.from({ length: 8 }, () => admin.post(path, { rating: 4 }, KEY)));
    const made = answers.filter(({ status }) => status === 201);
    expect(made).to.have.length.above(0);
    for (const answer of answers) {
      expect(answer.status, answer.text).to.be.oneOf([201, 409]);
      if (answer.status === 201) expect(answer.body).to.deep.equal(made[0]?.body);
    }
    expect(made.filter(({ headers }) => headers.get('idempotency-replayed') !== 'true')).to.have.length(1);
    expect(await Review.count()).to.equal(1);
    await expectRatingsExact();
  });

  it('asks for credentials first', async () => {
    const movie = await makeMovie();
    const path = `/watch/${movie.id}/review-create/`;
    await admin.post(path, { rating: 4 }, KEY);
    expectDetail(await anonymous.post(path, { rating: 4 }, KEY), 401);
  });

  it('differs: another key is another request', async () => {
    const platform = await makePlatform();
    const body = { title: 'New', storyline: 'New', platform: platform.id };
    const first = await admin.post('/watch/watchlist/', body, KEY);
    const other = await admin.post('/watch/watchlist/', body, { 'Idempotency-Key': 'another' });
    const none = await admin.post('/watch/watchlist/', body);
    expect(new Set([first, other, none].map((answer) => answer.body.id)).size).to.equal(3);
  });
});
