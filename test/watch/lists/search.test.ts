import { expect } from 'chai';
import { indexMovies } from '../../../src/search/indexing.js';
import { anonymous, asAdmin } from '../../support/clients.js';
import { makeMovie, makePlatform, makeReview } from '../../support/factories.js';
import { idsOf } from '../../support/lists.js';

/** The titles of the movies that a search finds among these. */
async function found(search: string, titles: string[]): Promise<string[]> {
  const { platform_id } = await makeMovie({ title: 'Decoy', storyline: 'Quite another story' });
  for (const title of titles) await makeMovie({ title, storyline: 'Nothing.', platform_id });
  const ask = async () => {
    const answer = await anonymous.get(
      `/watch/watchlist/?page_size=100&search=${encodeURIComponent(search)}`,
    );
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.body.count).to.equal(answer.body.results.length);
    return answer.body.results.map(({ title }: { title: string }) => title) as string[];
  };
  const queued = await ask();
  await indexMovies();
  expect(await ask(), 'from the index').to.deep.equal(queued);
  return queued;
}

const CASES: [string, string, string[], string[]][] = [
  ['short words and their extensions', 'Up', ['Up', 'What’s Up, Doc?', 'Upgrade'], ['Supper', 'Soup']],
  ['stop words', 'It', ['It', 'It Follows', 'Italian Job'], ['Fit', 'Wit']],
  ['a stop word', 'the', ['The Others', 'Bathe the dog'], ['Lathe']],
  ['a digit', '9', ['9', 'District 9', '9 to 5', '96 Hours'], ['District 10', '19']],
  ['one letter', 'M', ['M', 'Moon'], ['Dim']],
  ['two words, in any order', 'man third', ['The Third Man', 'Third Mango'], ['The Third', 'The Man']],
  ['case aside', 'GODFATHER', ['The Godfather', 'godfather'], ['The God']],
  ['case aside in other scripts', 'иди', ['Иди и смотри'], ['Смотри']],
  ['accents aside', 'amelie', ['Amélie', 'AMELIE', 'Ame\u0301lie', 'Amelië'], ['Amel']],
  ['accents aside in the search', 'pâté', ['Pate', 'paté'], ['Pa te']],
  ['beginnings', 'godf', ['The Godfather'], ['Food God', 'Stodgodf']],
  ['no inner parts', 'father', ['Father of the Bride'], ['The Godfather']],
  ['Korean', '기생', ['기생충', '숙주와 기생'], ['숙주기생']],
  ['Japanese', '千と', ['千と千尋の神隠し'], ['神隠し']],
  [
    'words parted by punctuation',
    'spider man',
    ['Spider-Man', 'Spider Man', 'Spider/Man', 'Spider_Man', 'Spider·Man'],
    ['Spiderman'],
  ],
  ['punctuation in the search', 'spider-man', ['Spider-Man', 'Man, Spider'], ['Spiderman']],
  ['words joined', 'spiderman', ['Spiderman'], ['Spider-Man']],
  ['an apostrophe', "don't", ['Don’t Look Now', "Don't"], ['Dont Look Now']],
  ['WALL·E', 'wall-e', ['WALL·E', 'Wall-Eyed'], ['Wallet']],
  ['letters and digits together', 'se7en', ['Se7en'], ['Se 7 en']],
  ['a word twice', 'new new', ['New Moon'], ['Old Moon']],
  ['white space of all kinds', '\tnew\u00a0 moon\n', ['New Moon'], ['New']],
  ['words that are operators', 'AND OR NOT', ['And or Not'], ['Other']],
  ['NEAR', 'near', ['Near Dark'], ['Dark']],
  ['a minus', '-dark', ['Near Dark'], ['Near']],
  ['a plus and a star', '+dark*', ['Near Darkness'], ['Near']],
  ['quotes', '"dark near"', ['Near Dark'], ['Dark']],
  ['parentheses and signs', '(dark) <near> ~@"^:', ['Near Dark'], ['Dark']],
  ['wild cards as nothing', 'd%rk', ['D Rk'], ['Dark']],
  ['an underscore as nothing', 'd_rk', ['D Rk'], ['Dark']],
  ['column names', 'title:dark', ['Dark Title'], ['Dark']],
  [
    'long words',
    'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk',
    ['Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk'.replace('aet', 'ät')],
    ['Donau'],
  ],
  [
    'long words to their end',
    `${'x'.repeat(120)}y`,
    [`${'x'.repeat(120)}y`],
    [`${'x'.repeat(120)}z`, 'x'.repeat(120)],
  ],
  [
    'long Korean words to their end',
    `${'가'.repeat(30)}나`,
    [`${'가'.repeat(30)}나다`],
    [`${'가'.repeat(30)}다`],
  ],
];

describe('search', () => {
  for (const [what, search, hits, misses] of CASES) {
    it(`finds ${what}: ${search.trim().slice(0, 30)}`, async () => {
      expect(await found(search, [...hits, ...misses])).to.have.members(hits);
    });
  }

  it('never fails, whatever the text', async () => {
    await makeMovie();
    for (const search of [
      '"',
      "'",
      '*',
      '**',
      '(',
      ')',
      '+',
      '-',
      '@',
      '\\',
      '%',
      ';',
      '!!!',
      '💥',
      '"a',
      'a"*',
    ]) {
      const { status, text } = await anonymous.get(`/watch/watchlist/?search=${encodeURIComponent(search)}`);
      expect(status, `${search.slice(0, 10)} ${text.slice(0, 200)}`).to.equal(200);
    }
  });

  it('may refuse a text that is too long, naming the parameter', async () => {
    for (const search of ['a'.repeat(3_000), 'a '.repeat(800)]) {
      const { status, body } = await anonymous.get(`/watch/watchlist/?search=${encodeURIComponent(search)}`);
      expect(status).to.be.oneOf([200, 400]);
      if (status === 400) expect(body).to.have.all.keys('search');
    }
  });

  it('looks in title and storyline together', async () => {
    const movie = await makeMovie({
      title: 'The Godfather',
      storyline: 'A mafia family passes the power on.',
    });
    await makeMovie({ title: 'The Godfather of Soul', storyline: 'A singer.' });
    await makeMovie({ title: 'Bugsy', storyline: 'A mafia tale.' });
    expect(idsOf(await anonymous.get('/watch/watchlist/?search=mafia+godfather'))).to.deep.equal([movie.id]);
  });

  it('looks in name and about of platforms', async () => {
    const lumen = await makePlatform({ name: 'Lumen', about: 'Café films of Perú.' });
    await makePlatform({ name: 'Umbra', about: 'Dark films.' });
    for (const search of ['lum', 'cafe', 'films lumen', 'PERU']) {
      expect(idsOf(await anonymous.get(`/watch/platformlist/?search=${search}`)), search).to.deep.equal([
        lumen.id,
      ]);
    }
  });

  it('looks in the description of reviews', async () => {
    const review = await makeReview({ description: 'Très beau!' });
    await makeReview({ watchlist_id: review.watchlist_id, description: 'Ugly.' });
    await makeReview({ watchlist_id: review.watchlist_id, description: null });
    for (const search of ['tres', 'BEAU', 'bea tr']) {
      const answer = await anonymous.get(`/watch/${review.watchlist_id}/review/?search=${search}`);
      expect(idsOf(answer), search).to.deep.equal([review.id]);
    }
  });

  it('follows changes', async () => {
    const admin = await asAdmin();
    const movie = await makeMovie({ title: 'Before' });
    await admin.patch(`/watch/watchlist/${movie.id}/`, { title: 'After' });
    expect(idsOf(await anonymous.get('/watch/watchlist/?search=before'))).to.deep.equal([]);
    expect(idsOf(await anonymous.get('/watch/watchlist/?search=after'))).to.deep.equal([movie.id]);
    await admin.delete(`/watch/watchlist/${movie.id}/`);
    expect(idsOf(await anonymous.get('/watch/watchlist/?search=after'))).to.deep.equal([]);
  });

  it('works with filters, ordering and pages', async () => {
    const platform_id = (await makePlatform()).id;
    const movies = [];
    for (const title of ['Dark B', 'Dark A', 'Dark C', 'Light'])
      movies.push(await makeMovie({ title, platform_id }));
    await makeMovie({ title: 'Dark D' });
    const query = `/watch/watchlist/?search=dark&platform=${platform_id}&ordering=-title&page_size=2`;
    const page = await anonymous.get(query);
    expect(page.body.count).to.equal(3);
    expect(idsOf(page)).to.deep.equal([movies[2]?.id, movies[0]?.id]);
    expect(idsOf(await anonymous.get(page.body.next))).to.deep.equal([movies[1]?.id]);
  });
});

/** Whether a movie of this title is found by a search. */
const isFound = async (title: string, query: string) => {
  const movie = await makeMovie({ title, storyline: 'A film.' });
  const { body } = await anonymous.get(`/watch/watchlist/?search=${encodeURIComponent(query)}`);
  return (body.results as { id: number }[]).some(({ id }) => id === movie.id);
};

describe('search in other scripts', () => {
  for (const [title, query] of [
    ['مُحَمَّد', 'محمد'],
    ['أفلام', 'افلام'],
    ['مدرسة', 'مدرسه'],
    ['שָׁלוֹם', 'שלום'],
    ['Ŧhe Film', 'the film'],
    ['Schiff\u00adfahrt', 'schifffahrt'],
    ['می\u200cخواهم', 'میخواهم'],
  ] as const) {
    it(`finds ${title} by ${query}, and the other way round`, async () => {
      expect(await isFound(title, query)).to.equal(true);
      expect(await isFound(query, title)).to.equal(true);
    });
  }

  it('finds nothing by symbols alone', async () => {
    await makeMovie();
    for (const query of ['$', '%%', '…', '+ -', '🎬']) {
      const { body } = await anonymous.get(`/watch/watchlist/?search=${encodeURIComponent(query)}`);
      expect(body, query).to.include({ count: 0 });
    }
    expect((await anonymous.get('/watch/watchlist/?search=%20')).body.count).to.be.above(0);
  });
});
