import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { skip } from '../support/skip.js';
import { startCommand } from '../support/processes.js';
import {
  count,
  expectVerified,
  folderOf,
  importFiles,
  inputOf,
  rows,
  runInProcess,
  SHARED_DATA,
} from './commands.js';

const HEADER = 'show_id,type,title,release_year,description\n';

describe('import --format titles', function () {
  this.timeout(120_000);

  const FILES = {
    'disney_plus_titles.csv': `${HEADER}s1,Movie,1922,1922,"First line\nsecond line"\ns2,Movie,Twin,2000,One.\n`,
    'netflix_titles.csv.gz': `${HEADER}s1,Movie,Twin,2000,Same.\ns2,Movie,Twin,2000,Same.\ns3,Movie,Bare,2001,\n`,
    'notes.csv': 'not,a,catalogue\n',
  };

  it('makes a platform of each file, and a movie of each row', async () => {
    const { status, out } = await importFiles('titles', FILES);
    expect(status, out).to.equal(0);
    const movies = await rows(
      `SELECT name, website, title, storyline FROM watch_lists
       JOIN stream_platforms ON stream_platforms.id = platform_id ORDER BY watch_lists.id`,
    );
    const disney = { name: 'Disney Plus', website: 'https://www.disneyplus.com/' };
    const netflix = { name: 'Netflix', website: 'https://www.netflix.com/' };
    expect(movies).to.deep.equal([
      { ...disney, title: '1922', storyline: 'First line\nsecond line' },
      { ...disney, title: 'Twin', storyline: 'One.' },
      { ...netflix, title: 'Twin', storyline: 'Same.' },
      { ...netflix, title: 'Twin', storyline: 'Same.' },
      { ...netflix, title: 'Bare', storyline: 'No description.' },
    ]);
    const again = await importFiles('titles', FILES);
    expect(again.out)
      .to.match(/platforms +0 added, 2 already/)
      .and.match(/movies +0 added, 5 already/);
  });

  it('makes the tables of an embedded database that has none', async function onSqlite() {
    if (dialect === 'mysql') skip(this, 'is about the embedded database');
    const env = { DATABASE_URL: `sqlite:${join(folderOf({}), 'app.sqlite')}` };
    const { status, out } = await startCommand('import', ['--format', 'titles', inputOf(FILES)], { env });
    expect(status, out).to.equal(0);
    expect(out).to.match(/movies +5 added/);
  });

  it('cuts texts that are too long, with an ellipsis, and lists them', async () => {
    const files = {
      'my_films_titles.csv': `${HEADER}s1,Movie,"A\nB",2000,${'🎬'.repeat(2000)}\ns2,Movie,${'é'.repeat(201)},2000,${'🎬'.repeat(2001)}\n`,
    };
    const { status, out } = await importFiles('titles', files);
    expect(status, out).to.equal(0);
    expect(out).to.contain('2 cut to fit');
    expect(out).to.contain('my_films_titles.csv:4: title cut from 201 characters to 200');
    expect(out).to.contain('my_films_titles.csv:4: description cut from 2001 characters to 2000');
    const movies = await rows('SELECT title, storyline FROM watch_lists ORDER BY id');
    expect(movies).to.deep.equal([
      { title: 'A\nB', storyline: '🎬'.repeat(2000) },
      { title: `${'é'.repeat(199)}…`, storyline: `${'🎬'.repeat(1999)}…` },
    ]);
    const [platform] = await rows('SELECT name FROM stream_platforms');
    expect(platform?.name).to.equal('My Films');
    expect((await importFiles('titles', files)).out).to.match(/movies +0 added, 2 already/);
  });

  it('fills year, kind, genres and runtime, wherever a row has the duration', async () => {
    const rowsOf = [
      '2001,Movie,90 min,PG,"Docuseries, TV Dramas"',
      '2002,TV Show,2 Seasons,TV-MA,Anime',
      '2003,Movie,,74 min,Dramas',
      '2004,Movie,,1 Season,',
      ',,,,',
      '1869,Series,0 min,PG,"Fine, ,Odd, %s"'.replace('%s', 'x'.repeat(41)),
      '20x1,movie,90 minutes,PG,"a, b, c, d, e, f, g, h, i, j, k, A"',
    ];
    const header = 'release_year,type,duration,rating,listed_in,title,description\n';
    const lines = rowsOf.map((row, index) => `${row},Title ${index},Told.\n`);
    const files = { 'my_titles.csv': header + lines.join('') };
    const bare = 'title,description\n' + lines.map((_, index) => `Title ${index},Told.\n`).join('');
    expect((await importFiles('titles', { 'my_titles.csv': bare })).out).to.match(/movies +7 added/);
    const { status, out } = await importFiles('titles', files);
    expect(status, out).to.equal(0);
    expect(out).to.match(
      /filled +6 of the movies already there, year of 4, kind of 1, genres of 5, runtime of 2\n/,
    );
    expect(out).to.contain('1 cut to fit').and.contain('my_titles.csv:8: genres cut from 11 to 10');
    for (const left of ['year: "1869"', 'kind: "Series"', 'runtime: "0"']) {
      expect(out).to.contain(`my_titles.csv:7: ${left} is left out`);
    }
    expect(out).to.contain('my_titles.csv:8: runtime: "90 minutes" is left out');
    expect(out).to.contain('6 left empty');
    const movies = await rows('SELECT year, kind, runtime FROM watch_lists ORDER BY id');
    expect(movies.map(({ year, kind, runtime }) => [year, kind, runtime])).to.deep.equal([
      [2001, 'movie', 90],
      [2002, 'show', null],
      [2003, 'movie', 74],
      [2004, 'movie', null],
      [null, 'movie', null],
      [null, 'movie', null],
      [null, 'movie', null],
    ]);
    const genres = await rows('SELECT name FROM genres ORDER BY name');
    expect(genres.map(({ name }) => name)).to.include.members(['Docuseries', 'TV Dramas', 'Fine', ',Odd']);
    await expectVerified();
  });

  it('writes nothing if one file has a bad line', async () => {
    const { status, error } = await importFiles('titles', {
      'hulu_titles.csv': `${HEADER}s1,Movie,Fine,2000,Fine.\n`,
      'netflix_titles.csv': `${HEADER}s1,Movie,"Two\nlines",2000,Fine.\ns2,Movie," ",2000,Blank.\ns3,Movie\n`,
      [`${'x'.repeat(31)}_titles.csv`]: HEADER,
    });
    expect(status).to.equal(1);
    expect(error).to.contain('netflix_titles.csv:4: title').and.contain('netflix_titles.csv:5: 2 fields');
    expect(error).to.contain(`${'x'.repeat(31)}_titles.csv: a platform's name`);
    expect(await count('watch_lists')).to.equal(0);
  });

  it('refuses a folder without catalogues and a broken archive', async () => {
    const none = await importFiles('titles', { 'movies.csv': HEADER });
    expect(none.status).to.equal(1);
    expect(none.error).to.contain('netflix_titles.csv');
    const broken = await runInProcess('import', [
      '--format',
      'titles',
      folderOf({ 'netflix_titles.csv.gz': HEADER }),
    ]);
    expect(broken.status).to.equal(1);
    expect(broken.error).to.contain('netflix_titles.csv.gz: cannot be read');
  });

  it('loads two real catalogues whole', async function () {
    const folder = join(SHARED_DATA, 'streaming-titles');
    if (!existsSync(folder)) skip(this, '../shared/data/streaming-titles is not here');
    const some = mkdtempSync(join(tmpdir(), 'marquee-titles-'));
    for (const name of ['disney_plus_titles.csv', 'hulu_titles.csv.gz'])
      symlinkSync(join(folder, name), join(some, name));
    const first = await runInProcess('import', ['--format', 'titles', some]);
    expect(first.out)
      .to.match(/platforms +2 added/)
      .and.match(/movies +4523 added/);
    const again = await runInProcess('import', ['--format', 'titles', some]);
    expect(again.out)
      .to.match(/movies +0 added, 4523 already/)
      .and.match(/filled +0 of/);
    const [counts] = await rows(
      `SELECT COUNT(year) AS years, SUM(kind = 'show') AS shows, COUNT(runtime) AS runtimes,
        SUM(genre_ids <> '') AS genres FROM watch_lists`,
    );
    expect(Object.values(counts as object).map(Number)).to.deep.equal([4_523, 1_987, 2_287, 4_523]);
    await expectVerified();
    rmSync(some, { recursive: true });
  });
});
