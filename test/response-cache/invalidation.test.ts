import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { WatchList } from '../../src/models/watch-list.js';
import { type Answer, anonymous, asAdmin, asModerator, asUser } from '../support/clients.js';
import { makeMovie, makeReview, makeUser, makeUsers } from '../support/factories.js';
import { renamePastTheModels, untilAlone } from '../support/raw-writes.js';
import { type Server, startServer } from '../support/server.js';

/** Headers whose value differs in every answer. */
const OWN = new Set(['x-request-id', 'date', 'ratelimit', 'ratelimit-policy']);

const sharedHeaders = ({ headers }: Answer) =>
  Object.fromEntries([...headers].filter(([name]) => !OWN.has(name)));

describe('cached answers', () => {
  let server: Server;
  before(async () => {
    server = await startServer({ CACHE_SECONDS: 3_600, THROTTLE_ANON: { limit: 40, windowMs: 60_000 } });
  });
  after(() => server.close());

  const get = (path: string, headers = {}) => anonymous.at(server).get(path, headers);

  it('equal fresh ones until a record that they show changes', async () => {
    const movie = await makeMovie({ title: 'Before' });
    const other = await makeMovie();
    const path = `/watch/watchlist/${movie.id}/`;
    await untilAlone();
    const first = await get(path);
    await renamePastTheModels(movie.id, 'Past the models');
    const second = await get(path, { 'X-Request-Id': 'again' });
    expect(second.text).to.equal(first.text);
    expect(second.headers.get('x-request-id')).to.equal('again');
    expect(sharedHeaders(second)).to.deep.equal(sharedHeaders(first));
    expect(second.headers.get('ratelimit')).to.be.a('string').and.not.equal(first.headers.get('ratelimit'));

    const known = { 'If-None-Match': first.headers.get('etag') as string };
    const unchanged = await get(path, known);
    expect([unchanged.status, unchanged.text]).to.deep.equal([304, '']);
    expect(unchanged.headers.get('etag')).to.equal(first.headers.get('etag'));

    await makeReview({ watchlist_id: other.id });
    expect((await get(path)).text, 'another movie is no matter').to.equal(first.text);
    await makeReview({ watchlist_id: movie.id, rating: 5 });
    expect((await get(path)).body).to.include({ title: 'Past the models', number_rating: 1, avg_rating: 5 });
  });

  it('are never sent to requests with credentials, nor stored from them', async () => {
    const author = await asUser();
    const hidden = await makeReview({ user_id: author.user.id, active: false });
    const path = `/watch/${hidden.watchlist_id}/review/`;
    const staff = await asModerator();
    for (const client of [author, anonymous, staff, anonymous]) {
      const { body } = await client.at(server).get(path);
      expect(body.count).to.equal(client === anonymous ? 0 : 1);
    }
    expect((await get(path, { Authorization: 'Token wrong' })).status).to.equal(401);
  });

  it('are invalidated by every kind of change', async () => {
    const movie = await makeMovie();
    const user = await makeUser();
    const admin = await asAdmin();
    const more = await makeUsers(2);
    const reviews = `/watch/${movie.id}/review/`;
    const review = () => Review.findOne({ where: { watchlist_id: movie.id } });
    const other = await makeMovie();
    const others = `/watch/${other.id}/review/`;
    const platform = async () => (await StreamPlatform.findByPk(other.platform_id)) as StreamPlatform;
    const changes: [string, string, () => Promise<unknown>][] = [
      ['a review', '/watch/watchlist/?ordering=-avg_rating', () => makeReview({ watchlist_id: movie.id, user_id: user.id })],
      ['its text', reviews, async () => (await review())?.update({ description: 'On second thought.' })],
      ['its hiding', reviews, () => Review.update({ active: false }, { where: { watchlist_id: movie.id } })],
      ['its return', reviews, () => Review.update({ active: true }, { where: { watchlist_id: movie.id } })],
      ['a part of it', reviews, async () => {
        const moving = (await review()) as Review;
        await moving.set({ watchlist_id: other.id, description: 'Elsewhere.' }).save({ fields: ['description'] });
      }],
      ["its author's name", reviews, () => user.update({ username: 'renamed' })],
      ['its move', reviews, () => Review.update({ watchlist_id: other.id }, { where: { watchlist_id: movie.id } })],
      ['its way back', others, () => Review.update({ watchlist_id: movie.id }, { where: { watchlist_id: other.id } })],
      ['many at once', reviews, () => Review.bulkCreate(more.map(({ id }) => ({ watchlist_id: movie.id, user_id: id, rating: 1 })))],
      ["a platform's name", '/watch/watchlist/', async () => (await platform()).update({ name: 'Another name' })],
      ['the end of its author', '/watch/watchlist/', () => user.destroy()],
      ['a new movie', '/watch/watchlist/', () => makeMovie()],
      ['a title', '/watch/platformlist/', () => admin.patch(`/watch/watchlist/${movie.id}/`, { title: 'Renamed' })],
      ['the end of a movie', '/watch/watchlist/', () => WatchList.destroy({ where: { id: movie.id } })],
      ["a platform's end", '/watch/watchlist/?ordering=-id', async () => (await platform()).destroy()],
    ]; // prettier-ignore
    const client = anonymous.at(server);
    for (const [name, path, change] of changes) {
      const before = await client.get(path);
      await change();
      expect((await client.get(path)).text, name).not.to.equal(before.text);
    }
  });

  it('count against the rate limit', async () => {
    const movie = await makeMovie();
    let answer = await get(`/watch/watchlist/${movie.id}/`);
    for (let count = 0; count < 50 && answer.status === 200; count += 1) {
      answer = await get(`/watch/watchlist/${movie.id}/`);
    }
    expect(answer.status).to.equal(429);
    expect(answer.body.detail).to.match(/throttled/);
  });
});
