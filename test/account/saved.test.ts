import { expect } from 'chai';
import { SavedMovie } from '../../src/models/saved-movie.js';
import type { WatchList } from '../../src/models/watch-list.js';
import { anonymous, asAdmin, asModerator, asUser, clientOf, type UserClient } from '../support/clients.js';
import { makeMovie, makePlatform, makeUser, PASSWORD } from '../support/factories.js';
import { idsOf, walk, withQuery } from '../support/lists.js';
import { expectDetail, expectFields } from '../support/refusals.js';

const LIST = '/account/saved/';

/** Movies that a client saves in this order of their places. */
async function savedIn(client: UserClient, order: readonly number[]): Promise<WatchList[]> {
  const platform_id = (await makePlatform()).id;
  const movies: WatchList[] = [];
  for (const place of order.toSorted((a, b) => a - b)) {
    const fields = { title: `Film ${'cabdcaeb'.charAt(place % 8)}`, year: 1990 + ((place * 3) % 5) };
    movies.push(await makeMovie({ platform_id, ...fields, genres: place % 2 === 0 ? ['Noir'] : ['Drama'] }));
  }
  for (const place of order) {
    expect((await client.put(`${LIST}${movies[place]?.id}/`)).status).to.equal(204);
  }
  return movies;
}

describe('/account/saved/', () => {
  let client: UserClient;
  beforeEach(async () => {
    client = await asUser();
  });

  const ids = async (query = '') => idsOf(await client.get(withQuery(LIST, query)));

  it('has what one has saved, the last first, as movies', async () => {
    const movies = await savedIn(client, [2, 0, 1]);
    const [a, b, c] = movies.map(({ id }) => id);
    const answer = await client.get(LIST);
    expect(idsOf(answer)).to.deep.equal([b, a, c]);
    expect(answer.body.count).to.equal(3);
    const all = await anonymous.get('/watch/watchlist/');
    expect(answer.body.results).to.have.deep.members(all.body.results);
    expect(await ids('ordering=saved')).to.deep.equal([c, a, b]);
    expect(await ids('ordering=-saved,title')).to.deep.equal([b, a, c]);
  });

  it('takes a movie twice, which then stays in its place, and gives it back twice', async () => {
    const [a, b] = (await savedIn(client, [0, 1])).map(({ id }) => id);
    expect((await client.put(`${LIST}${a}/`)).status).to.equal(204);
    expect(await ids()).to.deep.equal([b, a]);
    for (let time = 0; time < 2; time += 1) {
      const { status, text } = await client.delete(`${LIST}${a}/`);
      expect([status, text]).to.deep.equal([204, '']);
      expect(await ids()).to.deep.equal([b]);
    }
    await client.put(`${LIST}${a}/`);
    expect(await ids()).to.deep.equal([a, b]);
  });

  it('does not know movies that do not exist', async () => {
    const { id } = await makeMovie();
    for (const wrong of [
      id + 1,
      0,
      -1,
      'abc',
      '1.0',
      Number.MAX_SAFE_INTEGER,
      `${Number.MAX_SAFE_INTEGER}0`,
    ]) {
      for (const method of ['PUT', 'DELETE']) {
        expectDetail(await client.json(method, `${LIST}${wrong}/`), 404);
      }
    }
    expect(await SavedMovie.count()).to.equal(0);
  });

  it('is its owner’s alone', async () => {
    const [movie] = await savedIn(client, [0]);
    for (const other of [await asUser(), await asModerator(), await asAdmin()]) {
      const { body, text } = await other.get(LIST);
      expect(body, text).to.deep.equal({ count: 0, next: null, previous: null, results: [] });
      expect((await other.delete(`${LIST}${movie?.id}/`)).status).to.equal(204);
    }
    expect(await ids()).to.deep.equal([movie?.id]);
    expectDetail(await anonymous.get(LIST), 401);
    expect((await client.get(LIST)).headers.get('vary')).to.match(/\bAuthorization\b/);
  });

  it('pages in every style and order', async () => {
    const movies = await savedIn(client, [3, 6, 0, 5, 1, 7, 2, 4]);
    const other = await asUser();
    for (const { id } of movies) await other.put(`${LIST}${id}/`);
    for (const name of [
      'saved',
      'id',
      'title',
      'created',
      'avg_rating',
      'number_rating',
      'weighted_rating',
      'year',
    ]) {
      for (const ordering of [name, `-${name}`, `${name},-id`, `year,-${name}`]) {
        const all = await ids(`ordering=${ordering}`);
        expect(all, ordering)
          .to.have.members(movies.map(({ id }) => id))
          .and.to.have.length(8);
        for (const start of ['page_size=3', 'limit=3', 'cursor=&page_size=3']) {
          const forward = await walk(withQuery(LIST, `${start}&ordering=${ordering}`), 'next', client);
          expect(forward.flatMap(idsOf), `${ordering} ${start}`).to.deep.equal(all);
          const back = await walk(forward.at(-1)?.body.previous, 'previous', client);
          expect(back.toReversed().flatMap(idsOf), `${start} back`).to.deep.equal(all.slice(0, 6));
        }
      }
      if (name === 'saved') continue;
      // The orders of the list of all movies are the same.
      const listed = await anonymous.get(`/watch/watchlist/?ordering=-${name}`);
      expect(await ids(`ordering=-${name}`)).to.deep.equal(idsOf(listed));
    }
    expect(await ids('page=2&page_size=3')).to.have.length(3);
    expectDetail(await client.get(`${LIST}?page=4&page_size=3`), 404, 'Invalid page.');
    expectDetail(await (await asUser()).get(`${LIST}?page=2`), 404, 'Invalid page.');
    expect(await ids('offset=8')).to.deep.equal([]);
  });

  it('takes the filters and the search of the list of movies, alone and together', async () => {
    const movies = await savedIn(client, [3, 6, 0, 5, 1, 7, 2, 4]);
    const taken = movies.slice(0, 2);
    for (const { id } of taken) await client.delete(`${LIST}${id}/`);
    await movies[4]?.update({ active: false, runtime: 90, imdb_id: 'tt0113277' });
    const gone = new Set(taken.map(({ id }) => id));
    for (const query of [
      'genre=noir',
      'genre=noir&genre=drama',
      'genre=nothing',
      'kind=movie',
      'kind=show',
      'year=1992',
      'year=-5',
      'year__gte=1991&year__lte=1993',
      'runtime__gte=1',
      'imdb_id=tt0113277',
      'active=true',
      'active=false',
      'title=film%20a',
      'title=none',
      `platform=${movies[0]?.platform_id}`,
      'platform=nowhere',
      'avg_rating__gte=1',
      'number_rating__lte=0',
      'created__lte=2000-01-01',
      'search=film',
      'search=film&genre=noir',
      'search=b',
      'search=nothing',
      'search=%24',
      'genre=drama&active=true&year__gte=1991&search=film',
    ]) {
      const expected = idsOf(await anonymous.get(`/watch/watchlist/?ordering=id&${query}`)).filter(
        (id) => !gone.has(id),
      );
      const saved = await client.get(withQuery(LIST, `ordering=id&${query}`));
      expect(idsOf(saved), query).to.deep.equal(expected);
      expect(saved.body.count, query).to.equal(expected.length);
      for (const style of ['', 'limit=2&', 'cursor=&page_size=2&']) {
        const pages = await walk(withQuery(LIST, `${style}${query}`), 'next', client);
        expect(pages.flatMap(idsOf), `${style}${query}`)
          .to.have.members(expected)
          .and.length(expected.length);
      }
    }
    const ranked = await client.get(`${LIST}?search=film%20b&ordering=-relevance`);
    expect(idsOf(ranked)).to.deep.equal(
      idsOf(await anonymous.get('/watch/watchlist/?search=film%20b')).filter((id) => !gone.has(id)),
    );
    expect(await ids('search=film'), 'the last saved first').to.deep.equal(await ids());
    for (const bad of ['ordering=relevance', 'ordering=link.id', 'year=x', 'genre=%00', 'kind=x', 'page=0']) {
      expectFields(await client.get(withQuery(LIST, bad)), bad.split('=')[0] as string);
    }
    expectFields(await client.get(`${LIST}?cursor=abc`), 'cursor');
    expect(Object.keys((await client.get(`${LIST}?fields=title`)).body.results[0])).to.deep.equal(['title']);
  });

  it('keeps one row of thirty requests at once, and none after thirty more', async () => {
    const { id } = await makeMovie();
    const thirty = Array.from({ length: 30 });
    const statuses = async (method: string) =>
      new Set(
        (await Promise.all(thirty.map(() => client.json(method, `${LIST}${id}/`)))).map(
          ({ status }) => status,
        ),
      );
    expect([...(await statuses('PUT'))]).to.deep.equal([204]);
    expect(await SavedMovie.count()).to.equal(1);
    expect([...(await statuses('DELETE'))]).to.deep.equal([204]);
    expect(await SavedMovie.count()).to.equal(0);
  });

  it('loses its movies with the user, the movie and the platform', async () => {
    const owner = await clientOf(await makeUser({ password: PASSWORD }));
    const admin = await asAdmin();
    const [first, second] = [await makeMovie(), await makeMovie()];
    const third = await makeMovie({ platform_id: second.platform_id });
    for (const one of [owner, client]) {
      for (const { id } of [first, second, third]) await one.put(`${LIST}${id}/`);
    }
    expect((await owner.delete('/account/me/', { password: PASSWORD })).status).to.equal(204);
    expect(await SavedMovie.count()).to.equal(3);
    expect((await admin.delete(`/watch/watchlist/${first.id}/`)).status).to.equal(204);
    expect(await ids()).to.deep.equal([third.id, second.id]);
    expect((await admin.delete(`/watch/platformlist/${second.platform_id}/`)).status).to.equal(204);
    expect(await SavedMovie.count()).to.equal(0);
  });
});
