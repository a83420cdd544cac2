import { expect } from 'chai';
import { anonymous, asAdmin, type UserClient } from '../support/clients.js';
import { makeMovie, makePlatform } from '../support/factories.js';
import { idsOf, walk } from '../support/lists.js';
import { expectFields } from '../support/refusals.js';

const LIST = '/watch/watchlist/';

describe('year, kind, runtime and imdb_id of a movie', () => {
  let admin: UserClient;
  let platform: number;

  beforeEach(async () => {
    admin = await asAdmin();
    platform = (await makePlatform()).id;
  });

  const post = (fields: object) =>
    admin.post(LIST, { title: 'Heat', storyline: 'Cops.', platform, ...fields });

  it('are stored as they are sent, digits as numbers', async () => {
    const fields = { year: 1995, kind: 'show', runtime: 170, imdb_id: 'tt0113277' };
    expect((await post(fields)).body).to.deep.include(fields);
    expect((await post({ ...fields, year: '1995', runtime: '170' })).body).to.deep.include(fields);
    const least = { year: 1870, runtime: 1, imdb_id: 'tt0000001' };
    expect((await post(least)).body).to.deep.include(least);
    const most = { year: 2100, runtime: 6000, imdb_id: 'tt9999999999' };
    expect((await post(most)).body).to.deep.include(most);
  });

  it('may be left out, or be null', async () => {
    const unknown = { year: null, kind: 'movie', runtime: null, imdb_id: null };
    expect((await post({})).body).to.deep.include(unknown);
    expect((await post({ year: null, runtime: null, imdb_id: null })).body).to.deep.include(unknown);
  });

  it('stay as they are where PATCH or PUT leaves them out, and go where it says null or, in a form, nothing', async () => {
    const known = { year: 1995, kind: 'show', runtime: 170, imdb_id: 'tt0113277' };
    const { body } = await post(known);
    const path = `${LIST}${body.id}/`;
    expect((await admin.patch(path, { title: 'X' })).body).to.deep.include(known);
    expect((await admin.put(path, { title: 'X', storyline: 'x', platform })).body).to.deep.include(known);
    expect((await admin.patch(path, { year: null })).body).to.deep.include({ ...known, year: null });
    const emptied = await admin.form('PATCH', path, { runtime: '', imdb_id: '' });
    expect(emptied.body).to.deep.include({ year: null, kind: 'show', runtime: null, imdb_id: null });
  });

  it('are refused out of their bounds, all at once', async () => {
    for (const fields of [
      { year: 1869, kind: 'series', runtime: 0, imdb_id: 'tt123456' },
      { year: 2101, kind: 'MOVIE', runtime: 6001, imdb_id: 'tt12345678901' },
      { year: 1995.5, kind: '', runtime: -1, imdb_id: 'TT0113277' },
      { year: 'abc', kind: 7, runtime: true, imdb_id: 'nm0113277' },
      { year: [1995], kind: null, runtime: {}, imdb_id: ' tt0113277' },
      { year: '1e3', kind: ['movie'], runtime: '17 0', imdb_id: 'tt011327７' },
    ]) {
      expectFields(await post(fields), 'year', 'kind', 'runtime', 'imdb_id');
    }
    expect((await anonymous.get(LIST)).body.count).to.equal(0);
  });
});

async function movies(query: string): Promise<number[]> {
  return idsOf(await anonymous.get(`${LIST}?${query}`));
}

describe('filters by the details of movies', () => {
  let heat: number;
  let up: number;
  let dark: number;
  let bare: number;

  beforeEach(async () => {
    const platform_id = (await makePlatform({ name: 'One' })).id;
    const make = async (fields: object) => (await makeMovie({ platform_id, ...fields })).id;
    heat = await make({ year: 1995, runtime: 170, imdb_id: 'tt0113277', genres: ['Crime', 'Drama'] });
    up = await make({ year: 2009, runtime: 96, genres: ['Animation'] });
    dark = await make({ year: 2017, kind: 'show', genres: ['Crime', 'Drama', 'Mystery'] });
    bare = await make({ title: 'Bare', active: false });
  });

  it('genre: the whole name in any letter case; repeated: all of them', async () => {
    expect(await movies('genre=CRIME')).to.deep.equal([heat, dark]);
    expect(await movies('genre=crime&genre=Mystery')).to.deep.equal([dark]);
    expect(await movies('genre=mystery&genre=crime&genre=CRIME')).to.deep.equal([dark]);
    expect(await movies('genre=crime&genre=animation')).to.deep.equal([]);
    for (const none of ['Crim', 'nothing', '%F0%9F', "'", 'x'.repeat(500)]) {
      expect(await movies(`genre=${none}`), none).to.deep.equal([]);
    }
    expect(await movies('genre=')).to.have.length(4);
    expect(await movies('genre=&genre=crime')).to.deep.equal([heat, dark]);
    expectFields(await anonymous.get(`${LIST}?genre=a%00b`), 'genre');
    expectFields(await anonymous.get(`${LIST}?genre=${'x'.repeat(1_001)}`), 'genre');
    expectFields(await anonymous.get(`${LIST}?${'genre=x&'.repeat(21)}`), 'genre');
  });

  it('kind', async () => {
    expect(await movies('kind=show')).to.deep.equal([dark]);
    expect(await movies('kind=movie')).to.deep.equal([heat, up, bare]);
    expectFields(await anonymous.get(`${LIST}?kind=series`), 'kind');
  });

  it('year, and its bounds, which include themselves and no movie without a year', async () => {
    expect(await movies('year=2009')).to.deep.equal([up]);
    expect(await movies('year__gte=1995&year__lte=2009')).to.deep.equal([heat, up]);
    for (const order of ['id', '-year', 'year', '-avg_rating']) {
      const inOrder = (query: string) => movies(`${query}&ordering=${order}`);
      expect(await inOrder('year__lte=99999'), order).to.have.members([heat, up, dark]);
      expect(await inOrder('year__gte=-5'), order).to.have.members([heat, up, dark]);
      expect(await inOrder('year__gte=2010'), order).to.deep.equal([dark]);
      for (const none of [
        'year=0',
        'year=9999',
        'year=-1',
        'year__gte=9999',
        'year__lte=0',
        'year__lte=-3',
      ]) {
        expect(await inOrder(none), `${none} ${order}`).to.deep.equal([]);
      }
      expect(await inOrder('year=2009&year__gte=2010'), order).to.deep.equal([]);
    }
    expectFields(await anonymous.get(`${LIST}?year=x&year__gte=1.5&year__lte=`), 'year', 'year__gte');
  });

  it('runtime and imdb_id', async () => {
    expect(await movies('runtime__gte=96')).to.deep.equal([heat, up]);
    expect(await movies('runtime__gte=97&runtime__lte=170')).to.deep.equal([heat]);
    expect(await movies('runtime__lte=99999999999')).to.deep.equal([heat, up]);
    expect(await movies('imdb_id=tt0113277')).to.deep.equal([heat]);
    expect(await movies('imdb_id=tt')).to.deep.equal([]);
    expectFields(
      await anonymous.get(`${LIST}?runtime__gte=x&runtime__lte=long`),
      'runtime__gte',
      'runtime__lte',
    );
  });

  it('go together with each other and with a search, in every paging style, with exact counts', async () => {
    const query = 'genre=drama&kind=show&year__gte=2000&platform=one&active=true&search=film';
    const { body } = await anonymous.get(`${LIST}?${query}`);
    expect(body.count).to.equal(1);
    expect(idsOf(await anonymous.get(`${LIST}?${query}&limit=1`))).to.deep.equal([dark]);
    for (const style of ['cursor=', 'page=1', 'offset=0']) {
      for (const order of ['-year', 'year', '-weighted_rating', 'title,-year']) {
        const ids = await walk(`${LIST}?genre=crime&ordering=${order}&page_size=1&limit=1&${style}`, 'next');
        expect(ids.flatMap(idsOf), `${style} ${order}`).to.have.members([heat, dark]);
      }
    }
  });

  it('order by year: the newest or the oldest first, those without a year last', async () => {
    expect(await movies('ordering=year')).to.deep.equal([heat, up, dark, bare]);
    expect(await movies('ordering=-year')).to.deep.equal([dark, up, heat, bare]);
    for (const order of ['year', '-year']) {
      const pages = await walk(`${LIST}?ordering=${order}&page_size=1&cursor=`, 'next');
      expect(pages.flatMap(idsOf), order).to.deep.equal(await movies(`ordering=${order}`));
    }
  });
});
