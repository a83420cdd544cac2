import { expect } from 'chai';
import { anonymous, asAdmin, asUser, Client } from '../support/clients.js';
import { makeMovie, makeReview } from '../support/factories.js';
import { withServer } from '../support/server.js';
import { expectDetail, expectFields } from '../support/refusals.js';

const BAD = new Client({ Authorization: 'Token not-a-key' });
const MALFORMED = { body: '{', headers: { 'Content-Type': 'application/json' } };

describe('the order of refusals', () => {
  it('the path before the method', async () => {
    expectDetail(await anonymous.send('PUT', '/watch/nope/'), 404);
  });

  it('the path before bad credentials', async () => {
    expectDetail(await BAD.get('/watch/nope/'), 404);
  });

  it('the method before bad credentials', async () => {
    expectDetail(await BAD.put('/watch/watchlist/', {}), 405);
  });

  it('the method before the policy', async () => {
    expectDetail(await anonymous.put('/account/me/', {}), 405);
  });

  it('the method before the record', async () => {
    expectDetail(await anonymous.post('/watch/watchlist/987654/', {}), 405);
  });

  it('bad credentials before the throttle', async () => {
    await withServer({ THROTTLE_ANON: { limit: 1, windowMs: 60_000 } }, async (server) => {
      expect((await anonymous.at(server).get('/watch/watchlist/')).status).to.equal(200);
      expectDetail(await anonymous.at(server).get('/watch/watchlist/'), 429);
      expectDetail(await BAD.at(server).get('/watch/watchlist/'), 401);
    });
  });

  it('path and method before the throttle', async () => {
    await withServer({ THROTTLE_ANON: { limit: 1, windowMs: 60_000 } }, async (server) => {
      const client = anonymous.at(server);
      await client.get('/watch/watchlist/');
      expectDetail(await client.get('/watch/watchlist/'), 429);
      expectDetail(await client.get('/watch/nope/'), 404);
      expectDetail(await client.put('/watch/watchlist/', {}), 405);
    });
  });

  it('the throttle before the policy', async () => {
    await withServer({ THROTTLE_ANON: { limit: 1, windowMs: 60_000 } }, async (server) => {
      const client = anonymous.at(server);
      expectDetail(await client.get('/account/me/'), 401);
      expectDetail(await client.get('/account/me/'), 429);
    });
  });

  it('bad credentials before the record', async () => {
    expectDetail(await BAD.get('/watch/watchlist/987654/'), 401);
  });

  it('the policy, 401, before the record', async () => {
    expectDetail(await anonymous.delete('/watch/review/987654/'), 401);
    expectDetail(await anonymous.patch('/watch/watchlist/987654/', {}), 401);
    expectDetail(await anonymous.post('/watch/987654/review-create/', { rating: 3 }), 401);
  });

  it('the policy, 403, before the record', async () => {
    const user = await asUser();
    expectDetail(await user.delete('/watch/watchlist/987654/'), 403);
    expectDetail(await user.patch('/watch/platformlist/987654/', {}), 403);
  });

  it('the policy before the body', async () => {
    const user = await asUser();
    const review = await makeReview();
    for (const path of ['/watch/platformlist/', '/watch/watchlist/']) {
      expectDetail(await anonymous.send('POST', path, MALFORMED), 401);
      expectDetail(await user.send('POST', path, MALFORMED), 403);
      expectDetail(await user.post(path, {}), 403);
    }
    expectDetail(await user.patch(`/watch/review/${review.id}/`, { rating: 9 }), 403);
    expectDetail(await user.send('PATCH', `/watch/review/${review.id}/`, MALFORMED), 403);
  });

  it('the record before the body', async () => {
    const admin = await asAdmin();
    expectDetail(await admin.post('/watch/987654/review-create/', { rating: 9 }), 404);
    expectDetail(await admin.patch('/watch/review/987654/', { rating: 9 }), 404);
    expectDetail(await admin.put('/watch/watchlist/987654/', {}), 404);
    expectDetail(await admin.send('PUT', '/watch/platformlist/987654/', MALFORMED), 404);
  });

  it('the body last', async () => {
    const user = await asUser();
    const movie = await makeMovie();
    expectFields(await user.post(`/watch/${movie.id}/review-create/`, { rating: 9 }), 'rating');
  });
});
