import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import { WatchList } from '../../src/models/watch-list.js';
import { anonymous, asAdmin, type UserClient } from '../support/clients.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';
import { expectDetail, expectFields } from '../support/refusals.js';

const LIST = '/watch/platformlist/';
const LUMEN = { name: 'Lumen', about: 'Old films.', website: 'https://lumen.example.org/films?old=1' };
const MOVIE_KEYS = [
  'id', 'title', 'storyline', 'platform', 'platform_id', 'active', 'created', 'avg_rating', 'number_rating',
  'weighted_rating',
  'year',
  'kind',
  'genres',
  'runtime',
  'imdb_id',
  'poster',
]; // prettier-ignore

describe('platforms', () => {
  let admin: UserClient;

  beforeEach(async () => {
    admin = await asAdmin();
  });

  it('are made', async () => {
    const { status, body } = await admin.post(LIST, LUMEN);
    expect(status).to.equal(201);
    const { id, ...rest } = body;
    expect(id).to.be.a('number').above(0);
    expect(rest).to.deep.equal({ ...LUMEN, watchlist: [], watchlist_count: 0 });
    expect((await anonymous.get(`${LIST}${id}/`)).body).to.deep.equal(body);
  });

  it('are listed as they are shown', async () => {
    const movie = await makeMovie();
    const { body } = await anonymous.get(LIST);
    expect(body.count).to.equal(1);
    const one = await anonymous.get(`${LIST}${movie.platform_id}/`);
    expect(one.status).to.equal(200);
    expect(body.results).to.deep.equal([one.body]);
  });

  it('are shown without their movies where `fields` leaves them out', async () => {
    const { platform_id } = await makeMovie();
    const whole = (await anonymous.get(`${LIST}${platform_id}/`)).body;
    for (const names of [['id', 'watchlist_count'], ['name', 'watchlist'], ['watchlist']]) {
      const expected = Object.fromEntries(names.map((name) => [name, whole[name]]));
      const query = `?fields=${names.join(',')}`;
      expect((await anonymous.get(`${LIST}${platform_id}/${query}`)).body).to.deep.equal(expected);
      expect((await anonymous.get(`${LIST}${query}`)).body.results).to.deep.equal([expected]);
    }
  });

  it('show their newest 20 movies, as movies, and how many they have', async () => {
    const platform = await makePlatform();
    await makeMovie();
    const rows = Array.from({ length: 23 }, (_, index) => ({
      title: `Film ${index}`,
      storyline: 'x',
      platform_id: platform.id,
      // Pairs share a time, and higher ids are older: neither the id nor the time gives the order by itself.
      created: new Date(Date.UTC(2020, 0, 23 - Math.floor(index / 2))),
    }));
    const movies = await WatchList.bulkCreate(rows);
    const expected = movies
      .toSorted((a, b) => b.created.getTime() - a.created.getTime() || b.id - a.id)
      .slice(0, 20)
      .map(({ id }) => id);
    const { body } = await anonymous.get(`${LIST}${platform.id}/`);
    expect(body.watchlist_count).to.equal(23);
    expect(body.watchlist.map((movie: { id: number }) => movie.id)).to.deep.equal(expected);
    for (const movie of body.watchlist) expect(movie).to.have.all.keys(MOVIE_KEYS);
    expect(body.watchlist[0].platform).to.equal(platform.name);
    const listed = await anonymous.get(LIST);
    expect(listed.body.results[0]).to.deep.equal(body);
  });

  it('keep what PATCH leaves out and lose nothing to PUT', async () => {
    const platform = await makePlatform(LUMEN);
    const path = `${LIST}${platform.id}/`;
    const patched = await admin.patch(path, { about: 'New films.' });
    expect(patched.status, patched.text).to.equal(200);
    expect(patched.body).to.include({ ...LUMEN, about: 'New films.' });
    const other = { name: 'Umbra', about: 'Dark.', website: 'http://umbra.example.org' };
    const put = await admin.put(path, other);
    expect(put.status, put.text).to.equal(200);
    expect(put.body).to.include(other);
    expect((await anonymous.get(path)).body).to.deep.equal(put.body);
    expect((await admin.patch(path, {})).body).to.deep.equal(put.body);
  });

  it('need every field in a PUT', async () => {
    const platform = await makePlatform();
    expectFields(await admin.put(`${LIST}${platform.id}/`, {}), 'name', 'about', 'website');
    expectFields(await admin.put(`${LIST}${platform.id}/`, { name: 'Umbra' }), 'about', 'website');
  });

  it('are deleted with their movies and those reviews', async () => {
    const review = await makeReview();
    const other = await makeReview();
    const { platform_id } = (await WatchList.findByPk(review.watchlist_id)) as WatchList;
    const answer = await admin.delete(`${LIST}${platform_id}/`);
    expect(answer.status, answer.text).to.equal(204);
    expect(answer.text).to.equal('');
    expectDetail(await anonymous.get(`${LIST}${platform_id}/`), 404);
    expectDetail(await admin.delete(`${LIST}${platform_id}/`), 404);
    expectDetail(await anonymous.get(`/watch/watchlist/${review.watchlist_id}/`), 404);
    expectDetail(await anonymous.get(`/watch/review/${review.id}/`), 404);
    expect((await Review.findAll()).map(({ id }) => id)).to.deep.equal([other.id]);
  });

  it('have names that are unique without regard to case', async () => {
    const platform = await makePlatform({ name: 'Été+' });
    const other = await makePlatform();
    for (const name of ['Été+', 'ÉTÉ+', 'été+', 'E\u0301te\u0301+']) {
      expectFields(await admin.post(LIST, { ...LUMEN, name }), 'name');
      expectFields(await admin.patch(`${LIST}${other.id}/`, { name }), 'name');
    }
    const renamed = await admin.patch(`${LIST}${platform.id}/`, { name: 'ÉTÉ+' });
    expect(renamed.status, renamed.text).to.equal(200);
    expect(renamed.body.name).to.equal('ÉTÉ+');
  });

  it('distinguish accents: Café is not Cafe', async () => {
    for (const name of ['Café', 'Cafe', 'Cafè', 'Caffe', 'Ærø', 'Aero', 'Straße']) {
      const answer = await admin.post(LIST, { ...LUMEN, name });
      expect(answer.status, `${name} ${answer.text}`).to.equal(201);
    }
  });

  it('gives a name to one of several concurrent requests', async () => {
    const answers = await Promise.all(
      ['Lumen', 'LUMEN', 'lumen', 'lUMEN'].map((name) => admin.post(LIST, { ...LUMEN, name })),
    );
    expect(answers.map(({ status }) => status)).to.have.members([201, 400, 400, 400]);
    for (const answer of answers) if (answer.status === 400) expectFields(answer, 'name');
  });

  it('have a name of 1 to 30 characters, an about of 1 to 150, a website of at most 100', async () => {
    const website = `https://example.org/${'x'.repeat(80)}`;
    const longest = { name: '🎬'.repeat(30), about: 'é'.repeat(150), website };
    const answer = await admin.post(LIST, longest);
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include(longest);
    expect((await admin.post(LIST, { ...LUMEN, name: 'x', about: 'y' })).status).to.equal(201);
    for (const [field, value] of Object.entries(longest)) {
      expectFields(await admin.post(LIST, { ...LUMEN, [field]: `${value}x` }), field);
      expectFields(await admin.post(LIST, { ...LUMEN, [field]: '' }), field);
      expectFields(await admin.post(LIST, { ...LUMEN, [field]: null }), field);
      expectFields(await admin.post(LIST, { ...LUMEN, [field]: ['x'] }), field);
      expectFields(await admin.post(LIST, { ...LUMEN, [field]: undefined }), field);
    }
  });

  for (const website of [
    'nope',
    'example.org',
    'ftp://example.org',
    'javascript:alert(1)',
    'https://',
    'https:///x',
    'http://exa mple.org',
    '//example.org',
    'mailto:a@example.org',
    'data:text/html,x',
  ]) {
    it(`refuse the website ${website}`, async () => {
      expectFields(await admin.post(LIST, { ...LUMEN, website }), 'website');
    });
  }

  for (const website of [
    'http://example.org',
    'https://example.org:8443/a?b=c#d',
    'HTTPS://EXAMPLE.ORG',
    'https://user@films.example.org/%20',
  ]) {
    it(`take the website ${website}`, async () => {
      const answer = await admin.post(LIST, { ...LUMEN, website });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.website).to.equal(website);
    });
  }
});
