import { expect } from 'chai';
import { SavedMovie } from '../../src/models/saved-movie.js';
import { moviePath } from '../../site/paths.js';
import { makeMovie, makeUser } from '../support/factories.js';
import { getPage, pageText, postForm, sessionOf } from '../support/site.js';

/** The titles of a page's movies, in their order. */
const titlesOf = (text: string) => [...text.matchAll(/<b dir="auto">([^<]*)</g)].map(([, title]) => title);

describe('the page of one’s watchlist', () => {
  it('is for members', async () => {
    for (const answer of [
      await getPage('/watchlist?kind=show'),
      await postForm('/watchlist?kind=show', {}),
    ]) {
      expect(answer.status).to.equal(303);
      expect(answer.headers.get('location')).to.equal('/login?next=%2Fwatchlist%3Fkind%3Dshow');
    }
  });

  it('has what one has saved, the last first, with filters and orders', async () => {
    const [ann, bob] = [await makeUser(), await makeUser()];
    const old = await makeMovie({ title: 'Old', year: 1950, genres: ['Noir'] });
    const recent = await makeMovie({ title: 'Recent', year: 2020, kind: 'show' });
    const other = await makeMovie({ title: 'Other' });
    for (const { id } of [recent, old]) await SavedMovie.keep(ann.id, id);
    await SavedMovie.keep(bob.id, other.id);
    const cookie = await sessionOf(ann);
    const titles = async (query = '') => titlesOf(await pageText(`/watchlist${query}`, { cookie }));
    expect(await titles()).to.deep.equal(['Old', 'Recent']);
    expect(await titles('?order=-year')).to.deep.equal(['Recent', 'Old']);
    expect(await titles('?order=-weighted_rating&kind=show')).to.deep.equal(['Recent']);
    expect(await titles('?genre=Noir')).to.deep.equal(['Old']);
    const text = await pageText('/watchlist', { cookie });
    expect(text)
      .to.include(`href="${moviePath(old)}#yours"`)
      .and.to.include('2 movies');
    const best = await pageText('/watchlist?order=-weighted_rating&kind=show', { cookie });
    expect(best).to.include('href="/watchlist?order=-weighted_rating"');
    for (const [query, status] of [
      ['?order=best', 400],
      ['?page=9', 404],
      ['?from=abc', 400],
    ] as const) {
      expect((await getPage(`/watchlist${query}`, { cookie })).status, query).to.equal(status);
    }
  });

  it('takes a movie off, twice too', async () => {
    const user = await makeUser();
    const [first, second] = [await makeMovie(), await makeMovie()];
    await SavedMovie.keep(user.id, first.id);
    await SavedMovie.keep(user.id, second.id);
    const cookie = await sessionOf(user);
    for (let time = 0; time < 2; time += 1) {
      const answer = await postForm('/watchlist?order=title', { form: `saved-${first.id}` }, { cookie });
      expect(answer.headers.get('location')).to.equal('/watchlist?order=title');
    }
    expect(titlesOf(await pageText('/watchlist', { cookie }))).to.deep.equal([second.title]);
    for (const form of ['saved-999999', 'saved-x', '']) {
      expect((await postForm('/watchlist', { form }, { cookie })).status, form).to.equal(404);
    }
  });

  it('says where it is empty', async () => {
    const cookie = await sessionOf(await makeUser());
    expect(await pageText('/watchlist', { cookie })).to.include('Nothing is on your watchlist yet.');
    const german = await pageText('/watchlist', { cookie, language: 'de' });
    expect(german).to.include('Auf Ihrer Merkliste steht noch nichts.');
  });
});
