import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { skip } from '../support/skip.js';
import { count, expectVerified, importFiles, rows, runInProcess, SHARED_DATA } from './commands.js';

const movie = (fields: object) => ({ title: 'Ordet', year: 1955, cast: [], genres: [], ...fields });

describe('import --format wikipedia', function () {
  this.timeout(120_000);

  it('loads the movies of all decades with year and genres, and a storyline', async () => {
    const files = {
      'movies-1900s.json': JSON.stringify(
        [
          movie({ title: 'Bare', year: 1900, href: null }),
          movie({
            title: 'Played',
            cast: ['Ann Sheridan', 'Bob "[}" Hope, Jr.', 'C'],
            genres: ['Silent', 'silent'],
          }),
        ],
        null,
        2,
      ),
      'movies-1990s.json.gz': JSON.stringify([
        movie({
          title: 'Ömer \\ "x"',
          year: 1999,
          genres: ['Drama', 'Silent'],
          extract: 'Told.\nTwice [or, so].',
        }),
        movie({ title: 'Naked .mw-parser-output .frac{a:b}.mw-parser-output .num,.x{c}33: End', year: null }),
      ]),
      'movies-empty.json': ' [ ]\n',
      'notes.json': '{',
    };
    const { status, out } = await importFiles('wikipedia', files);
    expect(status, out).to.equal(0);
    expect(out)
      .to.match(/movies +4 added/)
      .and.contain('0 left empty');
    expect(await rows('SELECT name, watchlist_count FROM stream_platforms')).to.deep.equal([
      { name: 'Wikipedia', watchlist_count: 4 },
    ]);
    expect(await rows('SELECT title, year, storyline FROM watch_lists ORDER BY id')).to.deep.equal([
      { title: 'Bare', year: 1900, storyline: 'No description.' },
      { title: 'Played', year: 1955, storyline: 'With Ann Sheridan, Bob "[}" Hope, Jr., and C.' },
      { title: 'Ömer \\ "x"', year: 1999, storyline: 'Told.\nTwice [or, so].' },
      { title: 'Naked 33: End', year: null, storyline: 'No description.' },
    ]);
    expect(await rows('SELECT name, watchlist_count FROM genres ORDER BY name')).to.deep.equal([
      { name: 'Drama', watchlist_count: 1 },
      { name: 'Silent', watchlist_count: 2 },
    ]);
    expect((await importFiles('wikipedia', files)).out)
      .to.match(/movies +0 added, 4 already there/)
      .and.match(/filled +0 of/);
    await expectVerified();
  });

  it('leaves values out that a movie cannot have, and counts them', async () => {
    const genres = ['Drama', 5, 'x'.repeat(41), '', 'a\nb', ...'abcdefghijk'];
    const { status, out } = await importFiles('wikipedia', {
      'movies-1.json': JSON.stringify([
        movie({ title: 'One', year: 1492, genres, extract: 7 }),
        movie({ title: 'Two', year: '1999', genres: 'Drama', cast: { a: 1 }, extract: 'a\0b' }),
      ]),
    });
    expect(status, out).to.equal(0);
    expect(out).to.contain('9 left empty').and.contain('movies-1.json:1: year: 1492 is left out');
    expect(out).to.contain('genres cut from 12 to 10');
    expect(await rows('SELECT year, storyline FROM watch_lists')).to.deep.equal([
      { year: null, storyline: 'No description.' },
      { year: null, storyline: 'No description.' },
    ]);
    expect(await count('watch_list_genres')).to.equal(10);
  });

  it('names bad elements by file and line, and writes nothing', async () => {
    const { status, error } = await importFiles('wikipedia', {
      'movies-1.json': `[\n{"title": "Fine"},\n{"title": ""},\n{"title": 5},\n\n7, "text",\n{"title": Fine},\n{"title":\n"A"}}, [1]]`,
      'movies-2.json': Buffer.from('[{"title": "\xe9"}]', 'latin1'),
      'movies-3.json': '[{"title": "A"},]',
      'movies-4.json': '[{"title": "A"}\n',
      'movies-5.json': '[{"title": "A"}]\n]',
      'movies-6.json': '{"movies": []}',
      'movies-7.json': 'title,year\nA,1999\n',
      'movies-8.json': `[{"title": "${'x'.repeat(1_000_001)}`,
    });
    expect(status).to.equal(1);
    for (const fault of [
      'movies-1.json:3: title: This field may not be blank.',
      'movies-1.json:4: title: Not a valid string.',
      'movies-1.json:6: is no object with a movie',
      'movies-1.json:7: is not JSON',
      'movies-1.json:8: is not JSON',
      'movies-1.json:9: is no object with a movie',
      'movies-2.json:1: is not UTF-8',
      'movies-3.json:1: "]" where an element belongs',
      'movies-4.json:1: the array is never closed',
      'movies-5.json:2: "]" where the end of the file belongs',
      'movies-6.json: is a JSON object, not an array of movies',
      'movies-7.json: is no JSON array of movies',
      'movies-8.json:1: an element of over 1000000 characters',
    ]) {
      expect(error).to.contain(fault);
    }
    expect(await count('stream_platforms')).to.equal(0);
  });

  it('refuses a folder without such files, and a file both plain and gzipped', async () => {
    const none = await importFiles('wikipedia', { 'movies.csv': '[]' });
    expect([none.status, none.error]).satisfy(
      ([status, error]: [number, string]) => status === 1 && error.includes('movies-1990s.json'),
    );
    const both = await importFiles('wikipedia', { 'movies-1.json': '[]', 'movies-1.json.gz': '[]' });
    expect(both.error).to.contain('both movies-1.json and movies-1.json.gz');
  });

  it('loads two real decades whole', async function () {
    const folder = join(SHARED_DATA, 'wikipedia-movies');
    if (!existsSync(folder)) skip(this, '../shared/data/wikipedia-movies is not here');
    const some = mkdtempSync(join(tmpdir(), 'marquee-wikipedia-'));
    for (const name of ['movies-1900s.json', 'movies-1960s.json.gz'])
      symlinkSync(join(folder, name), join(some, name));
    const first = await runInProcess('import', ['--format', 'wikipedia', some]);
    expect(first.out).to.match(/movies +1936 added/);
    expect(await count('watch_lists WHERE year IS NOT NULL')).to.equal(1936);
    const again = await runInProcess('import', ['--format', 'wikipedia', some]);
    expect(again.out)
      .to.match(/movies +0 added, 1936 already/)
      .and.match(/filled +0 of/);
    await expectVerified();
    rmSync(some, { recursive: true });
  });
});
