import { expect } from 'chai';
import { sequelize } from '../../src/database/database.js';
import { transaction } from '../../src/database/transactions.js';
import { Genre } from '../../src/models/genre.js';
import { WatchList } from '../../src/models/watch-list.js';
import { renewGenresVersion } from '../../src/ratings/genre-version.js';
import { readMovie } from '../../src/reads/movies.js';
import { anonymous, asAdmin, asUser, type UserClient } from '../support/clients.js';
import { makeMovie, makePlatform } from '../support/factories.js';
import { idsOf } from '../support/lists.js';
import { expectMovieCountsExact } from '../support/movie-counts.js';
import { expectFields } from '../support/refusals.js';

const LIST = '/watch/watchlist/';

/** The genres with their numbers of movies, by name. */
async function counted(): Promise<Record<string, number>> {
  await expectMovieCountsExact();
  const { body } = await anonymous.get('/watch/genres/');
  return Object.fromEntries(
    body.results.map((genre: { name: string; watchlist_count: number }) => [
      genre.name,
      genre.watchlist_count,
    ]),
  );
}

/** The names of the genres, as a query lists them. */
async function namesOf(query: string): Promise<string[]> {
  const { body } = await anonymous.get(`/watch/genres/?${query}`);
  return body.results.map(({ name }: { name: string }) => name);
}

describe('genres', () => {
  let admin: UserClient;
  let platform: number;

  beforeEach(async () => {
    admin = await asAdmin();
    platform = (await makePlatform()).id;
  });

  const post = (genres: unknown, fields: object = {}) =>
    admin.post(LIST, { title: 'Heat', storyline: 'Cops.', platform, genres, ...fields });

  it('are listed by name, with the number of their movies', async () => {
    await post(['noir', 'Émigré', 'Drama']);
    await post(['Drama']);
    const { body } = await anonymous.get('/watch/genres/');
    expect(body.results.map(({ name }: { name: string }) => name)).to.deep.equal(['Drama', 'noir', 'Émigré']);
    expect(body).to.deep.include({ count: 3, next: null, previous: null });
    expect(body.results[0]).to.have.all.keys('id', 'name', 'watchlist_count');
    expect(body.results[0].watchlist_count).to.equal(2);
    const page = await anonymous.get('/watch/genres/?page_size=2&cursor=');
    const rest = await anonymous.get(page.body.next);
    expect([...idsOf(page), ...idsOf(rest)]).to.deep.equal(idsOf(await anonymous.get('/watch/genres/')));
  });

  it('are listed with the commonest first, equal ones by name', async () => {
    await post(['noir', 'Drama', 'Émigré']);
    await post(['Émigré', 'crime']);
    const expected = ['Émigré', 'crime', 'Drama', 'noir'];
    expect(await namesOf('ordering=-watchlist_count')).to.deep.equal(expected);
    expect(await namesOf('ordering=-watchlist_count&cursor=')).to.deep.equal(expected);
    expect(await namesOf('ordering=watchlist_count')).to.deep.equal(expected.toReversed());
  });

  it('of a movie are shown sorted by name, each once, in the spelling that came first', async () => {
    expect((await post(['Noir', 'drama', 'Crime', 'DRAMA'])).body.genres).to.deep.equal([
      'Crime',
      'drama',
      'Noir',
    ]);
    const { body } = await post(['DRAMA', 'noir', 'Ångström', 'Ärger', 'zeta']);
    expect(body.genres).to.deep.equal(['drama', 'Noir', 'zeta', 'Ärger', 'Ångström']);
    const shown = await anonymous.get(`${LIST}${body.id}/`);
    expect(shown.body).to.deep.equal(body);
    const [listed] = (await anonymous.get(`${LIST}?ordering=-id&page_size=1`)).body.results;
    expect(listed.genres).to.deep.equal(body.genres);
    const ofPlatform = await anonymous.get(`/watch/platformlist/${platform}/`);
    expect(ofPlatform.body.watchlist[0].genres).to.deep.equal(body.genres);
  });

  it('keep names that look like SQL, markup or separators', async () => {
    const names = ["O'Hara", '"x", y', '<b>', 'a|b', 'a,b', '🎬 Science ficción', '%', '  spaced  ', '1'];
    expect((await post(names)).body.genres).to.have.members(names);
    for (const name of names) {
      expect((await anonymous.get(`${LIST}?genre=${encodeURIComponent(name)}`)).body.count, name).to.equal(1);
    }
    const widest = Array.from({ length: 10 }, (_, index) => `${'𝔊'.repeat(39)}${index}`);
    expect((await post(widest)).body.genres).to.deep.equal(widest);
  });

  it('are refused where they are no list of names', async () => {
    for (const [genres, message] of [
      ['Drama', 'Expected a list of items but got type "str".'],
      [{ a: 1 }, 'Expected a list of items but got type "dict".'],
      [null, 'This field may not be null.'],
      [[''], 'This field may not be blank.'],
      [['Drama', '   '], 'This field may not be blank.'],
      [[null], 'Not a valid string.'],
      [[['Drama']], 'Not a valid string.'],
      [['x'.repeat(41)], 'Ensure this field has no more than 40 characters.'],
      [['a\nb'], 'Control characters are not allowed.'],
      [['a\u0000b'], 'Null characters are not allowed.'],
      [['\ud800'], 'Lone surrogate characters are not allowed.'],
      [
        Array.from({ length: 11 }, (_, index) => `G${index}`),
        'Ensure this field has no more than 10 elements.',
      ],
    ] as const) {
      const answer = await post(genres);
      expectFields(answer, 'genres');
      expect(answer.body.genres, JSON.stringify(genres)).to.deep.equal([message]);
    }
    expect(await counted()).to.deep.equal({});
    expect((await post([7, '7', 'x'.repeat(40)])).body.genres).to.deep.equal(['7', 'x'.repeat(40)]);
    expect((await post(Array.from({ length: 30 }, () => 'Drama'))).body.genres).to.deep.equal(['Drama']);
  });

  it('come from forms as a repeated field, of which all count', async () => {
    const form = 'title=Heat&storyline=Cops.&platform=' + platform;
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const send = (method: string, path: string, body: string) =>
      admin.send(method, path, { body, headers: type });
    const made = await send('POST', LIST, `${form}&genres=Drama&genres=Crime&title=Last&genres=drama`);
    expect(made.body).to.deep.include({ title: 'Last', genres: ['Crime', 'Drama'] });
    const path = `${LIST}${made.body.id}/`;
    expect((await send('PATCH', path, 'genres=Noir')).body.genres).to.deep.equal(['Noir']);
    expect((await send('PATCH', path, 'title=Other')).body.genres).to.deep.equal(['Noir']);
    expect((await send('PUT', path, form)).body.genres).to.deep.equal(['Noir']);
    expectFields(await send('PATCH', path, 'genres=Noir&genres='), 'genres');
    expect((await send('PATCH', path, 'genres=')).body.genres).to.deep.equal([]);
    const parts = new FormData();
    for (const name of ['Drama', 'Crime']) parts.append('genres', name);
    expect((await admin.send('PATCH', path, { body: parts })).body.genres).to.deep.equal(['Crime', 'Drama']);
    expect(await counted()).to.deep.equal({ Crime: 1, Drama: 1, Noir: 0 });
  });

  it('are told apart under an Idempotency-Key, whichever repeated field comes last', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Idempotency-Key': 'one' };
    const form = `title=Heat&storyline=Cops.&platform=${platform}&`;
    const send = (genres: string) => admin.send('POST', LIST, { body: form + genres, headers });
    const first = await send('genres=Drama&genres=Crime');
    expect(first.status).to.equal(201);
    expect((await send('genres=Drama&genres=Crime')).body).to.deep.equal(first.body);
    expect((await send('genres=Noir&genres=Crime')).status).to.equal(422);
    expect((await send('genres=Crime')).status).to.equal(422);
  });

  it('have counts that follow every way in which movies come, change and go', async () => {
    const { body: movie } = await post(['Drama', 'Crime']);
    const path = `${LIST}${movie.id}/`;
    await WatchList.bulkCreate([
      { title: 'A', storyline: 'x', platform_id: platform, genres: ['drama', 'Noir'] },
      { title: 'B', storyline: 'x', platform_id: platform },
      { title: 'C', storyline: 'x', platform_id: platform, genres: [] },
      { title: 'D', storyline: 'x', platform_id: platform, genres: ['Crime'] },
    ]);
    expect(await counted()).to.deep.equal({ Crime: 2, Drama: 2, Noir: 1 });
    await admin.patch(path, { genres: ['Noir', 'crime', 'Heist'] });
    expect(await counted()).to.deep.equal({ Crime: 2, Drama: 1, Heist: 1, Noir: 2 });
    await admin.put(path, { title: 'Heat', storyline: 'x', platform, genres: [] });
    expect(await counted()).to.deep.equal({ Crime: 1, Drama: 1, Heist: 0, Noir: 1 });
    await WatchList.update({ genres: ['Heist'] }, { where: { title: ['A', 'B'] } });
    expect(await counted()).to.deep.equal({ Crime: 1, Drama: 0, Heist: 2, Noir: 0 });
    await WatchList.destroy({ where: { title: 'A' } });
    expect(await counted()).to.deep.equal({ Crime: 1, Drama: 0, Heist: 1, Noir: 0 });
    await admin.patch(path, { genres: ['Drama'] });
    expect((await admin.delete(path)).status).to.equal(204);
    expect(await counted()).to.deep.equal({ Crime: 1, Drama: 0, Heist: 1, Noir: 0 });
    await admin.delete(`/watch/platformlist/${platform}/`);
    expect(await counted()).to.deep.equal({ Crime: 0, Drama: 0, Heist: 0, Noir: 0 });
  });

  it('are unchanged by refused requests and rolled back transactions', async () => {
    const { body: movie } = await post(['Drama']);
    const path = `${LIST}${movie.id}/`;
    expectFields(await admin.patch(path, { genres: ['Crime'], title: '' }), 'title');
    expect((await (await asUser()).patch(path, { genres: ['Crime'] })).status).to.equal(403);
    const stale = await admin.patch(path, { genres: ['Crime'] }, { 'If-Match': '"other"' });
    expect(stale.status).to.equal(412);
    const undone = transaction(async () => {
      await makeMovie({ platform_id: platform, genres: ['Crime'] });
      await WatchList.destroy({ where: { id: movie.id } });
      throw new Error('undone');
    });
    await undone.catch(() => {});
    expect(await counted()).to.deep.equal({ Drama: 1 });
  });

  it('are one genre though 12 requests make it at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        post([index % 2 ? 'Brand new' : 'BRAND NEW', `N${index % 3}`]),
      ),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 12 }, () => 201));
    const names = new Set(answers.flatMap(({ body }) => body.genres));
    expect(names.size).to.equal(4);
    expect(Object.values(await counted())).to.have.members([12, 4, 4, 4]);
  });

  it('change the entity tag of their movies, also where they are renamed', async () => {
    const { body: movie } = await post(['Drama']);
    const path = `${LIST}${movie.id}/`;
    const before = await anonymous.get(path);
    const genre = await Genre.findOne({ where: { name_key: 'drama' } });
    await genre?.update({ name: 'Dramas' });
    const after = await anonymous.get(path);
    expect(after.body.genres).to.deep.equal(['Dramas']);
    expect(after.headers.get('etag')).not.to.equal(before.headers.get('etag'));
    expect((await anonymous.get(`${LIST}?genre=dramas`)).body.count).to.equal(1);
    expect((await anonymous.get(`${LIST}?genre=drama`)).body.count).to.equal(0);
  });

  it('have their new names at once in every answer, whichever process has changed them', async () => {
    const { body } = await post(['Noir', 'Crime']);
    const show = async () => {
      const answers = await Promise.all([
        anonymous.get(`${LIST}${body.id}/`),
        anonymous.get(`${LIST}?ordering=-id`),
      ]);
      return answers.map((answer) => (answer.body.results?.[0] ?? answer.body).genres);
    };
    expect(await show()).to.deep.equal([
      ['Crime', 'Noir'],
      ['Crime', 'Noir'],
    ]);
    const noir = await Genre.findOne({ where: { name: 'Noir' }, rejectOnEmpty: true });
    const isUndone = async () => {
      await noir.update({ name: 'Undone' });
      expect((await readMovie(body.id))?.genres).to.deep.equal(['Crime', 'Undone']);
      throw new Error('undone');
    };
    await transaction(isUndone).catch(() => {});
    expect(await show()).to.deep.equal([
      ['Crime', 'Noir'],
      ['Crime', 'Noir'],
    ]);
    // As another process does, which this one is told of by the database alone.
    await sequelize.query("UPDATE genres SET name = 'Black', name_key = 'black' WHERE name = 'Noir'");
    await renewGenresVersion();
    expect((await readMovie(body.id))?.genres).to.deep.equal(['Black', 'Crime']);
    await (await Genre.findByPk(noir.id))?.update({ name: 'Dark' });
    expect(await show()).to.deep.equal([
      ['Crime', 'Dark'],
      ['Crime', 'Dark'],
    ]);
  });

  it('cannot be deleted while movies have them, and their counts are nobody’s to write', async () => {
    await post(['Drama']);
    const genre = (await Genre.findOne({ where: { name_key: 'drama' } })) as Genre;
    const error = await genre.destroy().catch((caught: Error) => caught);
    expect(error).to.be.an('error').with.property('message').that.includes('1 movies have this genre');
    const written = await genre.update({ watchlist_count: 7 }).catch((caught: Error) => caught);
    expect(written).to.be.an('error');
    expect(await counted()).to.deep.equal({ Drama: 1 });
  });
});
