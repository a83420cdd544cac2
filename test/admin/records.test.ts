import { expect } from 'chai';
import { issueToken } from '../../src/auth/tokens.js';
import { AuthToken } from '../../src/models/auth-token.js';
import { verifyPassword } from '../../src/auth/password.js';
import { Review } from '../../src/models/review.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { User } from '../../src/models/user.js';
import { WatchList } from '../../src/models/watch-list.js';
import {
  PASSWORD,
  makeMovie,
  makePlatform,
  makeRatedMovie,
  makeReview,
  makeUser,
} from '../support/factories.js';
import { expectRatingsExact } from '../support/ratings.js';
import type { Server } from '../support/server.js';
import { makeMember, PanelClient, sharedPanel } from '../support/panel.js';

async function ratingOf(movie: WatchList): Promise<number[]> {
  const { number_rating, avg_rating } = await movie.reload();
  return [number_rating, avg_rating];
}

describe('admin records', () => {
  let panel: Server;
  let client: PanelClient;
  let admin: User;
  before(async () => {
    panel = await sharedPanel();
  });
  beforeEach(async () => {
    admin = await makeMember('admin');
    client = await PanelClient.loggedIn(panel, admin);
  });

  it('creates, shows, edits and deletes a platform', async () => {
    const values = { name: 'Café TV', about: 'Ünïcode 🎬\nand lines', website: 'https://cafe.example' };
    const created = await client.send('stream_platforms/actions/new', values);
    expect(created.body.notice?.type).to.equal('success');
    const id = created.body.record?.params.id as number;
    const shown = await client.read(`stream_platforms/records/${id}/show`);
    expect(shown.body.record?.params).to.deep.equal({ id, ...values });
    await client.send(`stream_platforms/records/${id}/edit`, { ...values, id: 999_999, about: 'Other' });
    expect((await StreamPlatform.findByPk(id))?.about).to.equal('Other');
    await client.send(`stream_platforms/records/${id}/delete`);
    expect(await StreamPlatform.findByPk(id)).to.equal(null);
  });

  it('shows each fault at its field', async () => {
    await makePlatform({ name: 'Taken' });
    const { body } = await client.send('stream_platforms/actions/new', {
      name: 'TAKEN',
      about: '',
      website: 'nowhere',
    });
    expect(body.notice?.type).to.equal('error');
    expect(body.record?.errors.about?.message).to.equal('This field may not be blank.');
    expect(body.record?.errors.website?.message).to.equal('Enter a valid URL.');
    const twice = await client.send('stream_platforms/actions/new', {
      name: 'TAKEN',
      about: 'x',
      website: 'https://x.example',
    });
    expect(twice.body.record?.errors.name?.message).to.equal('A platform with this name already exists.');
    const missing = await client.send('stream_platforms/actions/new');
    expect(missing.body.record?.errors).to.have.all.keys('name', 'about', 'website');
  });

  it('shows a missing or wrong platform of a movie at its field', async () => {
    const movie = { title: 'X', storyline: 'Y' };
    for (const platform_id of ['', 'abc', '1.5', '123456', '-1', '99999999999999999999']) {
      const { status, body } = await client.send('watch_lists/actions/new', { ...movie, platform_id });
      expect([status, body.notice?.type], platform_id).to.deep.equal([200, 'error']);
      expect(body.record?.errors.platform_id?.message, platform_id).to.be.a('string');
    }
  });

  it('ignores crafted fields that are not to be written', async () => {
    const movie = await makeMovie();
    await makeReview({ watchlist_id: movie.id, rating: 4 });
    const before = (await movie.reload()).toJSON();
    const crafted = {
      id: 4711,
      created: '2001-01-01T00:00:00.000Z',
      avg_rating: 5,
      number_rating: 900,
      weighted_rating: 5,
      rating_5: 900,
      search_text: 'x',
      title_key: 'x',
    };
    const { body } = await client.send(`watch_lists/records/${movie.id}/edit`, crafted);
    expect(body.notice?.type).to.equal('success');
    expect((await movie.reload()).toJSON()).to.deep.equal(before);
  });

  it('deletes a platform with its movies and their reviews', async () => {
    const movie = await makeMovie();
    await makeReview({ watchlist_id: movie.id, rating: 4 });
    await client.send(`stream_platforms/records/${movie.platform_id}/delete`);
    expect(await WatchList.count({ where: { id: movie.id } })).to.equal(0);
    expect(await Review.count({ where: { watchlist_id: movie.id } })).to.equal(0);
  });

  describe('of reviews', () => {
    it('move the rating of their movie', async () => {
      const movie = await makeMovie();
      const other = await makeMovie();
      const user = await makeUser();
      const created = await client.send('reviews/actions/new', {
        watchlist_id: movie.id,
        user_id: user.id,
        rating: '2',
        description: '',
        active: 'true',
      });
      expect(created.body.notice?.type, JSON.stringify(created.body)).to.equal('success');
      const path = `reviews/records/${created.body.record?.params.id as number}`;
      expect(await ratingOf(movie)).to.deep.equal([1, 2]);
      await client.send(`${path}/edit`, { rating: '5' });
      expect(await ratingOf(movie)).to.deep.equal([1, 5]);
      await client.send(`${path}/edit`, { active: 'false', hidden_reason: 'Insult' });
      expect(await ratingOf(movie)).to.deep.equal([0, 0]);
      await client.send(`${path}/edit`, { active: 'true', watchlist_id: other.id });
      expect(await ratingOf(movie)).to.deep.equal([0, 0]);
      expect(await ratingOf(other)).to.deep.equal([1, 5]);
      await client.send(`${path}/delete`);
      expect(await ratingOf(other)).to.deep.equal([0, 0]);
    });

    it('move the ratings when many are deleted at once', async () => {
      const movie = await makeMovie();
      const other = await makeMovie();
      const reviews = [];
      for (const rating of [1, 2, 3, 4])
        reviews.push(await makeReview({ watchlist_id: (rating % 2 ? movie : other).id, rating }));
      const kept = await makeReview({ watchlist_id: movie.id, rating: 5 });
      const ids = reviews.map(({ id }) => id).join(',');
      const listed = await client.read(`reviews/bulk/bulkDelete?recordIds=${ids}`);
      expect(listed.body.records).to.have.length(4);
      const { body } = await client.send(`reviews/bulk/bulkDelete?recordIds=${ids}`);
      expect(body.notice?.type).to.equal('success');
      expect(await ratingOf(movie)).to.deep.equal([1, 5]);
      expect(await ratingOf(other)).to.deep.equal([0, 0]);
      expect(await Review.count({ where: { watchlist_id: [movie.id, other.id] } })).to.equal(1);
      await kept.destroy();
    });

    it('move the ratings rightly when many staff act at once', async () => {
      const movie = await makeRatedMovie([1, 2, 3, 4, 5, 1, 2, 3]);
      await makeRatedMovie([5, 5, 5, 5]);
      const reviews = await Review.findAll({ order: ['id'] });
      const [a, b, c, d, e, f, , , i, j, k] = reviews.map(({ id }) => id);
      await Promise.all([
        client.send(`reviews/bulk/bulkDelete?recordIds=${a},${i},${b}`),
        client.send(`reviews/bulk/bulkDelete?recordIds=${j},${b},${c}`),
        client.send(`reviews/records/${d}/edit`, { rating: 1 }),
        client.send(`reviews/records/${d}/edit`, { active: false, hidden_reason: 'Insult' }),
        client.send(`reviews/records/${e}/delete`),
        client.send(`reviews/records/${e}/delete`),
        client.send(`reviews/records/${k}/edit`, { watchlist_id: movie.id }),
        client.send(`users/records/${reviews[5]?.user_id}/delete`),
      ]);
      const gone = new Set([a, b, c, e, f, i, j]);
      const left = reviews.map(({ id }) => id).filter((id) => !gone.has(id));
      expect((await Review.findAll()).map(({ id }) => id)).to.have.members(left);
      await expectRatingsExact();
    });

    it('are one for each movie and user, and refused at their fields otherwise', async () => {
      const movie = await makeMovie();
      const { user_id } = await makeReview({ watchlist_id: movie.id, rating: 3 });
      const again = { watchlist_id: movie.id, user_id, rating: 3 };
      const { body } = await client.send('reviews/actions/new', again);
      expect(body.record?.errors.watchlist_id?.message).to.equal('You have already reviewed this movie!');
      for (const [field, value] of [
        ['rating', '6'],
        ['rating', '4.5'],
        ['rating', ''],
        ['user_id', '999999'],
        ['watchlist_id', '999999'],
      ] as const) {
        const user = await makeUser();
        const wrong = await client.send('reviews/actions/new', {
          ...again,
          user_id: user.id,
          [field]: value,
        });
        expect(wrong.body.record?.errors[field]?.message, `${field} ${value}`).to.be.a('string');
        expect(wrong.body.notice?.type).to.equal('error');
      }
      expect(await ratingOf(movie)).to.deep.equal([1, 3]);
    });

    it('keep a text as it was typed', async () => {
      const review = await makeReview({ rating: 3 });
      await client.send(`reviews/records/${review.id}/edit`, { description: ' one\ntwo <b>&amp; ' });
      expect((await review.reload()).description).to.equal(' one\ntwo <b>&amp; ');
    });
  });

  describe('of users', () => {
    it('take a password, and never show it or its hash', async () => {
      const values = { username: 'carla', email: 'carla@example.org', role: 'moderator', is_active: 'true' };
      const weak = await client.send('users/actions/new', { ...values, password: 'carla123' });
      expect(weak.body.record?.errors.password?.message).to.include('too similar to the username');
      const created = await client.send('users/actions/new', { ...values, password: PASSWORD });
      expect(created.body.notice?.type).to.equal('success');
      const user = (await User.byUsername('carla')) as User;
      expect(await verifyPassword(user, PASSWORD)).to.equal(true);
      const read = [
        weak.body,
        created.body,
        (await client.read(`users/records/${user.id}/show`)).body,
        (await client.read(`users/records/${user.id}/edit`)).body,
        (await client.read('users/actions/list')).body,
        (await client.read('users/actions/search/carla')).body,
        (await client.send(`users/records/${user.id}/edit`, { password: 'another 1 entirely' })).body,
        await (await client.fetch('/admin/resources/users')).text(),
      ];
      for (const answer of read) {
        expect(JSON.stringify(answer)).to.not.match(/argon2|carla123|another 1|battery|_key"/);
      }
    });

    it('end a user’s sessions and tokens with a new password, and nothing with an empty one', async () => {
      const user = await makeMember('moderator');
      const theirs = await PanelClient.loggedIn(panel, user);
      await issueToken(user);
      await client.send(`users/records/${user.id}/edit`, { email: 'new@example.org', password: '' });
      expect(await verifyPassword(await user.reload(), PASSWORD)).to.equal(true);
      expect((await theirs.fetch('/admin')).status).to.equal(200);
      await client.send(`users/records/${user.id}/edit`, { password: 'a much better one' });
      expect(await verifyPassword(await user.reload(), 'a much better one')).to.equal(true);
      expect((await theirs.fetch('/admin')).status).to.equal(303);
      expect(await AuthToken.count({ where: { user_id: user.id } })).to.equal(0);
    });

    it('keep who sets their own password logged in', async () => {
      const other = await PanelClient.loggedIn(panel, admin);
      await client.send(`users/records/${admin.id}/edit`, { password: PASSWORD });
      expect((await client.fetch('/admin')).status).to.equal(200);
      expect((await other.fetch('/admin')).status).to.equal(303);
    });

    it('are refused at their fields', async () => {
      await makeMember('user', 'Berta');
      const { body } = await client.send('users/actions/new', {
        username: 'bad name',
        email: 'nowhere',
        role: 'emperor',
        password: '123',
      });
      expect(body.record?.errors).to.have.all.keys('username', 'email', 'role', 'password');
      const taken = await client.send('users/actions/new', { username: 'BERTA', email: 'b@example.org' });
      expect(taken.body.record?.errors.username?.message).to.equal(
        'A user with that username already exists.',
      );
      const mail = await client.send('users/actions/new', { username: 'b2', email: 'Berta@Example.org' });
      expect(mail.body.record?.errors.email?.message).to.equal('A user with that email already exists.');
    });

    it('cannot demote, deactivate or delete themselves', async () => {
      const path = `users/records/${admin.id}`;
      const demoted = await client.send(`${path}/edit`, { role: 'user', is_active: 'false' });
      expect(demoted.body.record?.errors).to.have.all.keys('role', 'is_active');
      expect((await client.send(`${path}/delete`)).status).to.equal(403);
      const many = await client.send(`users/bulk/bulkDelete?recordIds=${admin.id}`);
      expect(many.body.notice?.message).to.equal('You cannot delete yourself.');
      expect(await admin.reload()).to.include({ username: admin.username });
      const { body } = await client.send(`${path}/edit`, { email: 'mine@example.org' });
      expect(body.notice?.type).to.equal('success');
    });

    it('take their reviews along', async () => {
      const movie = await makeMovie();
      const review = await makeReview({ watchlist_id: movie.id, rating: 2 });
      await makeReview({ watchlist_id: movie.id, rating: 4 });
      await client.send(`users/records/${review.user_id}/delete`);
      expect(await ratingOf(movie)).to.deep.equal([1, 4]);
    });
  });
});
