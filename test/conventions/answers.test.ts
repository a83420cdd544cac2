import { expect } from 'chai';
import { sequelize } from '../../src/database/database.js';
import { anonymous, asAdmin, asUser } from '../support/clients.js';
import { makeMovie, makeReview } from '../support/factories.js';
import { expectDetail } from '../support/refusals.js';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

describe('answers', () => {
  it('are JSON in UTF-8', async () => {
    await makeMovie({ title: 'Été 🎬' });
    for (const path of ['/watch/', '/watch/watchlist/', '/watch/nope/', '/account/me/']) {
      const { headers } = await anonymous.get(path);
      expect(headers.get('content-type'), path).to.match(/^application\/json\b/);
    }
  });

  it('have their own X-Request-Id, refusals too', async () => {
    const admin = await asAdmin();
    const answers = [
      await anonymous.get('/watch/watchlist/'),
      await anonymous.get('/watch/nope/'),
      await anonymous.put('/watch/watchlist/', {}),
      await anonymous.get('/account/me/'),
      await admin.post('/watch/platformlist/', {}),
      await admin.send('POST', '/watch/platformlist/', {
        body: '{',
        headers: { 'Content-Type': 'application/json' },
      }),
      await anonymous.send('OPTIONS', '/watch/'),
    ];
    const ids = answers.map(({ headers }) => headers.get('x-request-id'));
    for (const id of ids) expect(id).to.be.a('string').with.length.above(0);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('show times in UTC with Z', async () => {
    const client = await asUser();
    const review = await makeReview();
    const before = Date.now();
    const { body } = await client.get(`/watch/review/${review.id}/`);
    const movie = await client.get(`/watch/watchlist/${review.watchlist_id}/`);
    const me = await client.get('/account/me/');
    const tokens = await client.get('/account/tokens/');
    const [token] = tokens.body.results ?? tokens.body;
    for (const time of [
      body.created,
      body.update,
      movie.body.created,
      me.body.date_joined,
      token.created,
      token.expires,
    ]) {
      expect(time).to.match(TIME);
    }
    expect(before - Date.parse(body.created)).to.be.within(0, 60_000);
  });

  it('use the words of DRF', async () => {
    const user = await asUser();
    const admin = await asAdmin();
    const movie = await makeMovie();
    expectDetail(await anonymous.get('/account/me/'), 401, 'Authentication credentials were not provided.');
    expectDetail(
      await user.post('/watch/platformlist/', {}),
      403,
      'You do not have permission to perform this action.',
    );
    expectDetail(await user.put('/watch/watchlist/', {}), 405, 'Method "PUT" not allowed.');
    const text = { body: 'x', headers: { 'Content-Type': 'text/plain' } };
    expectDetail(
      await admin.send('POST', '/watch/watchlist/', text),
      415,
      'Unsupported media type "text/plain" in request.',
    );
    const { body } = await user.post(`/watch/${movie.id}/review-create/`, {
      description: 'x'.repeat(2_001),
      spoiler: 'x',
    });
    expect(body).to.deep.equal({
      rating: ['This field is required.'],
      description: ['Ensure this field has no more than 2000 characters.'],
      spoiler: ['Must be a valid boolean.'],
    });
    const high = await user.post(`/watch/${movie.id}/review-create/`, { rating: 6 });
    expect(high.body).to.deep.equal({ rating: ['Ensure this value is less than or equal to 5.'] });
    const low = await user.post(`/watch/${movie.id}/review-create/`, { rating: 0 });
    expect(low.body).to.deep.equal({ rating: ['Ensure this value is greater than or equal to 1.'] });
    const none = await user.post(`/watch/${movie.id}/review-create/`, { rating: null });
    expect(none.body).to.deep.equal({ rating: ['This field may not be null.'] });
    const word = await user.post(`/watch/${movie.id}/review-create/`, { rating: 'abc' });
    expect(word.body).to.deep.equal({ rating: ['A valid integer is required.'] });
  });

  it('reveal nothing internal after an error', async () => {
    const { connectionManager } = sequelize;
    const connect = connectionManager.getConnection.bind(connectionManager);
    connectionManager.getConnection = () => Promise.reject(new Error('SELECT secret FROM the_inside'));
    try {
      const answer = await anonymous.get('/watch/watchlist/');
      expectDetail(answer, 500);
      expect(answer.text).not.to.match(/select|secret|inside|\bat \w+ \(/i);
      expect(answer.headers.get('x-request-id')).to.be.a('string').with.length.above(0);
    } finally {
      connectionManager.getConnection = connect;
    }
    expect((await anonymous.get('/watch/watchlist/')).status).to.equal(200);
  });
});
