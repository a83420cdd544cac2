import { expect } from 'chai';
import { anonymous, asAdmin, asUser } from '../support/clients.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';
import { expectDetail } from '../support/refusals.js';

describe('paths', () => {
  for (const path of [
    '/nope/',
    '/watch/nope/',
    '/watch/watchlist/1/more/',
    '/account/nope/',
    '/watch/1/',
    '/%2e%2e/x',
  ]) {
    it(`answers ${path} with 404 to any method`, async () => {
      const admin = await asAdmin();
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        expectDetail(await admin.send(method, path), 404);
      }
    });
  }

  it('answers the same without the trailing slash', async () => {
    const review = await makeReview();
    for (const path of [
      '/watch',
      '/watch/platformlist',
      '/watch/watchlist',
      `/watch/watchlist/${review.watchlist_id}`,
      `/watch/${review.watchlist_id}/review`,
      `/watch/review/${review.id}`,
    ]) {
      // prettier-ignore
      const slashed = await anonymous.get(`${path}/`);
      const bare = await anonymous.get(path);
      expect(bare.status, path).to.equal(200);
      expect(bare.body, path).to.deep.equal(slashed.body);
    }
  });

  it('accepts a POST without the trailing slash', async () => {
    const user = await asUser();
    const movie = await makeMovie();
    const answer = await user.post(`/watch/${movie.id}/review-create`, { rating: 4 });
    expect(answer.status, answer.text).to.equal(201);
  });

  it('keeps the query without the trailing slash', async () => {
    await makePlatform({ name: 'One' });
    await makePlatform({ name: 'Two' });
    const { body } = await anonymous.get('/watch/platformlist?name=two');
    expect(body.count).to.equal(1);
  });
});

const NO_IDS = [
  '0', '-1', 'abc', '1.5', '1.0', '1e3', '0x10', '+1', '%201', '1%20', '%EF%BC%91', '%00', 'NaN', 'null', 'undefined',
  '9007199254740992', '99999999999999999999999999',
]; // prettier-ignore

const PATHS_WITH_IDS: [string, string][] = [
  ['GET', '/watch/platformlist/<id>/'],
  ['PATCH', '/watch/platformlist/<id>/'],
  ['DELETE', '/watch/platformlist/<id>/'],
  ['GET', '/watch/watchlist/<id>/'],
  ['PUT', '/watch/watchlist/<id>/'],
  ['DELETE', '/watch/watchlist/<id>/'],
  ['GET', '/watch/<id>/review/'],
  ['POST', '/watch/<id>/review-create/'],
  ['GET', '/watch/review/<id>/'],
  ['PATCH', '/watch/review/<id>/'],
  ['DELETE', '/watch/review/<id>/'],
  ['POST', '/watch/review/<id>/report/'],
  ['DELETE', '/account/tokens/<id>/'],
];

describe('ids in paths', () => {
  for (const [method, path] of PATHS_WITH_IDS) {
    it(`${method} ${path} answers an invalid and an unknown id with 404`, async () => {
      const admin = await asAdmin();
      for (const id of [...NO_IDS, '9007199254740991', '2147483648', '987654']) {
        const answer = await admin.send(method, path.replace('<id>', id));
        expectDetail(answer, 404);
      }
    });
  }

  it('answers an id with an invalid escape with 404', async () => {
    for (const id of ['%ff', '%E0%A4%A', '%']) {
      expectDetail(await anonymous.get(`/watch/watchlist/${id}/`), 404);
    }
  });
});
