import { expect } from 'chai';
import { WatchList } from '../../src/models/watch-list.js';
import { makeMovie, makePlatform, makeRatedMovie } from '../support/factories.js';
import { getPage, pageText, sessionOf } from '../support/site.js';
import { makeUser } from '../support/factories.js';

/** The titles of the movies that a page shows, in their order. */
async function titlesOf(path: string): Promise<string[]> {
  const answer = await getPage(path);
  const text = await answer.text();
  expect(answer.status, path).to.equal(200);
  return [...text.matchAll(/<b dir="auto">([^<]*)<\/b>/g)].map(([, title]) => title as string);
}

async function makeMovies(rows: number): Promise<void> {
  const { id } = await makePlatform();
  await WatchList.bulkCreate(
    Array.from({ length: rows }, (_, at) => ({
      title: `Film ${String(at + 1).padStart(3, '0')}`,
      storyline: 'x',
      platform_id: id,
    })),
  );
}

describe('the list of movies', () => {
  it('is narrowed by each filter, and by several at once', async () => {
    const lumen = await makePlatform({ name: 'Lumen' });
    const umbra = await makePlatform({ name: 'Umbra & Söhne' });
    const movies = [
      { title: 'Alpha', platform_id: lumen.id, genres: ['Drama', 'Crime'], year: 1990 },
      { title: 'Beta', platform_id: lumen.id, genres: ['Drama'], year: 2001, kind: 'show' as const },
      { title: 'Gamma', platform_id: umbra.id, genres: ['Comedy'], year: 2010 },
      { title: 'Delta', platform_id: umbra.id },
    ];
    for (const fields of movies) await makeMovie(fields);
    const expected: [query: string, titles: string[]][] = [
      ['', ['Alpha', 'Beta', 'Delta', 'Gamma']],
      [`platform=${lumen.id}`, ['Alpha', 'Beta']],
      ['platform=umbra+%26+s%C3%B6hne', ['Delta', 'Gamma']],
      ['genre=drama', ['Alpha', 'Beta']],
      ['genre=Drama&genre=Crime', ['Alpha']],
      ['kind=show', ['Beta']],
      ['from=2001', ['Beta', 'Gamma']],
      ['to=2001', ['Alpha', 'Beta']],
      ['from=1995&to=2005', ['Beta']],
      ['year=1990', ['Alpha']],
      [`platform=${lumen.id}&genre=Drama&kind=movie&to=1999`, ['Alpha']],
      ['platform=&genre=&kind=&from=&to=', ['Alpha', 'Beta', 'Delta', 'Gamma']],
      ['genre=Nonsense', []],
      ['platform=9999', []],
      ['from=2005&to=1999', []],
    ];
    for (const [query, titles] of expected) {
      expect((await titlesOf(`/movies?order=title&${query}`)).toSorted(), query).to.deep.equal(titles);
    }
  });

  it('is in the order of the address, the best rated first by default', async () => {
    await makeRatedMovie([5, 5, 5], { title: 'Best', year: 1980 });
    await makeRatedMovie([2, 2, 2, 2], { title: 'Most', year: 2000 });
    await makeMovie({ title: 'Again' });
    const expected: [query: string, titles: string[]][] = [
      ['', ['Best', 'Again', 'Most']],
      ['order=-weighted_rating', ['Best', 'Again', 'Most']],
      ['order=-number_rating', ['Most', 'Best', 'Again']],
      ['order=-created', ['Again', 'Most', 'Best']],
      ['order=-year', ['Most', 'Best', 'Again']],
      ['order=year', ['Best', 'Most', 'Again']],
      ['order=title', ['Again', 'Best', 'Most']],
      ['ordering=title', ['Again', 'Best', 'Most']],
    ];
    for (const [query, titles] of expected) {
      expect(await titlesOf(`/movies?${query}`), query).to.deep.equal(titles);
    }
  });

  it('says how many there are, and shows each filter as a link that takes it off', async () => {
    const { id } = await makePlatform({ name: 'Lumen' });
    await makeMovie({ platform_id: id, genres: ['Drama', 'Crime'], year: 1990 });
    const text = await pageText(`/movies?platform=${id}&genre=Drama&genre=Crime&from=1980&page=1&lang=en`);
    expect(text).to.include('>1 movie<');
    const chips = [...text.matchAll(/<a class="chip" href="([^"]*)" aria-label="Remove ([^"]*)"/g)];
    expect(chips.map(([, href, name]) => [name, href?.replaceAll('&amp;', '&')])).to.deep.equal([
      ['Lumen', '/movies?genre=Drama&genre=Crime&from=1980&lang=en'],
      ['Drama', `/movies?platform=${id}&genre=Crime&from=1980&lang=en`],
      ['Crime', `/movies?platform=${id}&genre=Drama&from=1980&lang=en`],
      ['From 1980', `/movies?platform=${id}&genre=Drama&genre=Crime&lang=en`],
    ]);
    expect(text).to.include('<a class="clear" href="/movies?lang=en">Clear filters</a>');
    expect(text).to.match(/<option value="\d+" selected>Lumen \(1\)/);
    expect(text).to.match(/<input type="checkbox" name="genre" value="Drama" checked/);
    expect(await pageText('/movies')).to.not.include('Clear filters');
  });

  it('has pages, with links to the first, the last and those around', async () => {
    await makeMovies(301);
    const first = await pageText('/movies?order=title');
    expect(first).to.include('rel="next" href="/movies?order=title&amp;page=2"');
    expect(first).to.not.include('rel="prev"');
    const middle = await pageText('/movies?order=title&page=6');
    const numbers = [...middle.matchAll(/aria-label="Page (\d+)(?: of \d+)?"/g)].map(([, number]) => number);
    expect(numbers).to.deep.equal(['1', '4', '5', '6', '7', '8', '11']);
    expect(middle).to.include('rel="prev" href="/movies?order=title&amp;page=5"');
    expect(middle).to.match(/aria-label="Page 6 of 11" aria-current="page"/);
    expect(await titlesOf('/movies?order=title&page=11')).to.deep.equal(['Film 301']);
  });

  it('names the page that is missing, and leads to the last', async () => {
    await makeMovies(31);
    for (const page of ['3', '99999', 'abc', '0', '-1', '1.5', '99999999999999999999', '%00']) {
      const answer = await getPage(`/movies?kind=movie&page=${page}`);
      expect(answer.status, page).to.equal(404);
      const text = await answer.text();
      expect(text, page).to.include('There is no page');
      expect(text, page).to.include('href="/movies?kind=movie&amp;page=2">Go to the last page, 2');
      expect(text).to.include('content="noindex"');
    }
  });

  it('shows a bad value at its field, with what was typed', async () => {
    await makeMovie({ genres: ['Drama'] });
    const bad: [query: string, fault: string][] = [
      ['from=abc', 'A year in digits, such as 1994.'],
      ['to=19x4', 'A year in digits, such as 1994.'],
      ['year=abc', 'A year in digits, such as 1994.'],
      ['kind=opera', '&quot;opera&quot; is not a valid choice.'],
      ['order=password', '&quot;password&quot; is not a valid choice.'],
      ['ordering=x', '&quot;x&quot; is not a valid choice.'],
      ['order=relevance', '&quot;relevance&quot; is not a valid choice.'],
      [`platform=${'x'.repeat(1_001)}`, 'no more than 1000 characters'],
      [`genre=${'x'.repeat(1_001)}`, 'no more than 1000 characters'],
      [Array.from({ length: 21 }, (_, at) => `genre=${at}`).join('&'), 'array to have'],
    ];
    for (const [query, fault] of bad) {
      const answer = await getPage(`/movies?${query}`);
      expect(answer.status, query).to.equal(400);
      const text = (await answer.text()).replaceAll('&#34;', '&quot;');
      expect(text, query).to.match(/class="fault" id="filter-(from|to|kind|order|platform|genre)-fault"/);
      expect(text, query).to.include(fault);
      expect(text, query).to.include('<details class="filters" open');
    }
    expect(await pageText('/movies?from=abc')).to.match(/<input[^>]*value="abc"/);
    expect(await pageText('/movies?kind=x&lang=de')).to.include('„x“ steht nicht zur Wahl.');
  });

  it('says what to do where nothing matches, and where nothing is', async () => {
    expect(await pageText('/movies')).to.include('There are no movies yet.');
    await makeMovie();
    expect(await pageText('/movies?genre=None')).to.include('No movie matches these filters.');
  });

  it('escapes what an address brings along', async () => {
    const text = await pageText(
      '/movies?genre=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&platform=%3Cimg+src=x%3E&page=%3Cb%3E',
    );
    expect(text)
      .to.not.include('<script>alert')
      .and.to.not.include('<img src=x')
      .and.to.not.include('page <b>');
  });

  it('is indexed page by page, but not narrowed', async () => {
    await makeMovies(31);
    const second = await pageText('/movies?page=2');
    expect(second).to.match(/rel="canonical" href="[^"]*\/movies\?page=2"/);
    expect(second).to.include('<title>Movies · Page 2 of 2 · Marquee</title>');
    expect(await pageText('/movies?page=1')).to.match(/rel="canonical" href="[^"]*\/movies"/);
    for (const query of ['genre=x', 'order=title', 'from=1990', 'kind=show', 'platform=1']) {
      const text = await pageText(`/movies?${query}`);
      expect(text, query).to.include('content="noindex"').and.to.not.include('rel="canonical"');
    }
  });

  it('is in German, and follows changes at once', async () => {
    const movie = await makeMovie({ title: 'Vorher', genres: ['Drama'] });
    const german = await pageText('/movies?genre=Drama', { language: 'de' });
    expect(german).to.include('1 Film<').and.to.include('Filter entfernen');
    await movie.update({ title: 'Nachher', genres: ['Crime'] });
    expect(await titlesOf('/movies')).to.deep.equal(['Nachher']);
    expect(await titlesOf('/movies?genre=Drama')).to.deep.equal([]);
    const cookie = await sessionOf(await makeUser());
    expect(await pageText('/movies', { cookie })).to.include('Nachher');
  });
});
