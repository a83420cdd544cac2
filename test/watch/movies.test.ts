import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import type { StreamPlatform } from '../../src/models/stream-platform.js';
import { anonymous, asAdmin, type UserClient } from '../support/clients.js';
import { makeMovie, makePlatform, makeRatedMovie, makeReview } from '../support/factories.js';
import { distributionOf, ratingsFrom } from '../support/ratings.js';
import { expectDetail, expectFields } from '../support/refusals.js';

const LIST = '/watch/watchlist/';
const FILM = { title: 'The Third Man', storyline: 'A writer looks for a friend in Vienna.' };

/** The platform of a movie that is posted with this value. */
async function platformOf(admin: UserClient, value: unknown): Promise<number> {
  const answer = await admin.post(LIST, { ...FILM, platform: value });
  expect(answer.status, answer.text).to.equal(201);
  return answer.body.platform_id;
}

describe('movies', () => {
  let admin: UserClient;
  let platform: StreamPlatform;

  beforeEach(async () => {
    admin = await asAdmin();
    platform = await makePlatform();
  });

  it('are made', async () => {
    const { status, body } = await admin.post(LIST, { ...FILM, platform: platform.id });
    expect(status).to.equal(201);
    const { id, created, ...rest } = body;
    expect(id).to.be.a('number').above(0);
    expect(Date.now() - Date.parse(created)).to.be.within(0, 60_000);
    expect(rest).to.deep.equal({
      ...FILM,
      platform: platform.name,
      platform_id: platform.id,
      active: true,
      year: null,
      kind: 'movie',
      genres: [],
      runtime: null,
      imdb_id: null,
      poster: null,
      ...ratingsFrom([]),
      rating_distribution: distributionOf([]),
    });
    expect((await anonymous.get(`${LIST}${id}/`)).body).to.deep.equal(body);
  });

  it('show their ratings, a single movie with the distribution, lists without', async () => {
    const movie = await makeRatedMovie([5, 4, 4, 1]);
    await makeReview({ watchlist_id: movie.id, rating: 2, active: false });
    const { body } = await anonymous.get(`${LIST}${movie.id}/`);
    expect(body).to.include(ratingsFrom([5, 4, 4, 1]));
    expect(body.rating_distribution).to.deep.equal({ 1: 1, 2: 0, 3: 0, 4: 2, 5: 1 });
    const { rating_distribution, ...listed } = body;
    expect(rating_distribution).to.be.an('object');
    expect((await anonymous.get(LIST)).body.results).to.deep.equal([listed]);
  });

  it('show the distribution in the answers to PUT and PATCH too', async () => {
    const movie = await makeRatedMovie([5, 2]);
    const distribution = distributionOf([5, 2]);
    const patched = await admin.patch(`${LIST}${movie.id}/`, { title: 'New' });
    expect(patched.body.rating_distribution).to.deep.equal(distribution);
    const put = await admin.put(`${LIST}${movie.id}/`, { ...FILM, platform: platform.id });
    expect(put.status, put.text).to.equal(200);
    expect(put.body.rating_distribution).to.deep.equal(distribution);
    expect(put.body).to.include({ ...FILM, ...ratingsFrom([5, 2]) });
  });

  describe('take their platform', () => {
    it('as an id', async () => {
      expect(await platformOf(admin, platform.id)).to.equal(platform.id);
    });

    it('as the digits of an id', async () => {
      expect(await platformOf(admin, String(platform.id))).to.equal(platform.id);
    });

    it('as a name, without regard to case', async () => {
      const named = await makePlatform({ name: 'Étoile Films' });
      for (const name of ['Étoile Films', 'étoile FILMS'])
        expect(await platformOf(admin, name)).to.equal(named.id);
    });

    it('as a name of digits that is not an id', async () => {
      const named = await makePlatform({ name: '98765432' });
      expect(await platformOf(admin, '98765432')).to.equal(named.id);
    });

    it('as an id before a name of the same digits', async () => {
      await makePlatform({ name: String(platform.id) });
      expect(await platformOf(admin, String(platform.id))).to.equal(platform.id);
    });

    it('in a form', async () => {
      const answer = await admin.form('POST', LIST, { ...FILM, platform: String(platform.id) });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body).to.include({ platform_id: platform.id, active: true });
    });

    for (const value of [
      987_654,
      '987654',
      'No such',
      '',
      ' ',
      0,
      -1,
      1.5,
      2 ** 53,
      '9'.repeat(40),
      null,
      true,
      [],
      {},
      [1],
    ]) {
      it(`but not as ${JSON.stringify(value)}`, async () => {
        expectFields(await admin.post(LIST, { ...FILM, platform: value }), 'platform');
        const movie = await makeMovie();
        expectFields(await admin.patch(`${LIST}${movie.id}/`, { platform: value }), 'platform');
      });
    }
  });

  it('move to another platform', async () => {
    const movie = await makeMovie();
    const { body } = await admin.patch(`${LIST}${movie.id}/`, { platform: platform.name.toUpperCase() });
    expect(body).to.include({ platform: platform.name, platform_id: platform.id });
    const old = await anonymous.get(`/watch/platformlist/${movie.platform_id}/`);
    expect(old.body).to.deep.include({ watchlist: [], watchlist_count: 0 });
  });

  it('ignore what is read-only', async () => {
    const movie = await makeRatedMovie([4]);
    const { body: before } = await admin.get(`${LIST}${movie.id}/`);
    const answer = await admin.patch(`${LIST}${movie.id}/`, {
      id: 7, created: '2001-01-01T00:00:00Z', avg_rating: 5, number_rating: 1_000, weighted_rating: 5,
      rating_distribution: { 5: 1_000 }, rating_5: 1_000,
    }); // prettier-ignore
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.body).to.deep.equal(before);
    const made = await admin.post(LIST, {
      ...FILM,
      platform: platform.id,
      avg_rating: 5,
      number_rating: 9,
      id: 987_654,
    });
    expect(made.body).to.include(ratingsFrom([]));
    expect(made.body.id).not.to.equal(987_654);
  });

  it('keep what PATCH leaves out, and what PUT may leave out', async () => {
    const movie = await makeMovie({ ...FILM, active: false });
    const path = `${LIST}${movie.id}/`;
    const patched = await admin.patch(path, { title: 'Other' });
    expect(patched.body).to.include({ title: 'Other', storyline: FILM.storyline, active: false });
    const put = await admin.put(path, { ...FILM, platform: platform.id });
    expect(put.body).to.include({ ...FILM, active: false, platform_id: platform.id });
    expectFields(await admin.put(path, {}), 'title', 'storyline', 'platform');
  });

  it('are shown whether they are active or not', async () => {
    const movie = await makeMovie({ active: false });
    expect((await anonymous.get(`${LIST}${movie.id}/`)).body.active).to.equal(false);
    expect((await anonymous.get(LIST)).body.count).to.equal(1);
  });

  it('are deleted with their reviews', async () => {
    const review = await makeReview();
    const other = await makeReview();
    const answer = await admin.delete(`${LIST}${review.watchlist_id}/`);
    expect(answer.status, answer.text).to.equal(204);
    expect(answer.text).to.equal('');
    expectDetail(await anonymous.get(`${LIST}${review.watchlist_id}/`), 404);
    expectDetail(await anonymous.get(`/watch/${review.watchlist_id}/review/`), 404);
    expectDetail(await anonymous.get(`/watch/review/${review.id}/`), 404);
    expect((await Review.findAll()).map(({ id }) => id)).to.deep.equal([other.id]);
  });

  it('need a title of 1 to 200 characters and a storyline of 1 to 2,000', async () => {
    const limits = { title: 200, storyline: 2_000 };
    expectFields(await admin.post(LIST, {}), 'title', 'storyline', 'platform');
    for (const [field, limit] of Object.entries(limits)) {
      const make = (value: unknown) => admin.post(LIST, { ...FILM, platform: platform.id, [field]: value });
      expect((await make('x'.repeat(limit))).status, field).to.equal(201);
      expect((await make('x')).status, field).to.equal(201);
      for (const bad of ['x'.repeat(limit + 1), '', '  ', null, ['x'], { x: 1 }])
        expectFields(await make(bad), field);
    }
  });

  it('take numbers as text, as DRF does, and refuse booleans', async () => {
    const answer = await admin.post(LIST, { title: 1984, storyline: 2.5, platform: platform.id });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ title: '1984', storyline: '2.5' });
    expectFields(await admin.post(LIST, { ...FILM, title: true, platform: platform.id }), 'title');
  });

  for (const [value, expected] of [
    [true, true],
    [false, false],
    ['true', true],
    ['false', false],
    ['True', true],
    ['False', false],
    ['1', true],
    ['0', false],
    [1, true],
    [0, false],
  ] as const) {
    it(`take ${JSON.stringify(value)} as active`, async () => {
      const movie = await makeMovie({ active: !expected });
      const answer = await admin.patch(`${LIST}${movie.id}/`, { active: value });
      expect(answer.status, answer.text).to.equal(200);
      expect(answer.body.active).to.equal(expected);
    });
  }

  for (const value of ['perhaps', 2, null, [], {}, [true]]) {
    it(`refuse ${JSON.stringify(value)} as active`, async () => {
      expectFields(await admin.post(LIST, { ...FILM, platform: platform.id, active: value }), 'active');
    });
  }
});
