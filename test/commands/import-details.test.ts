import { expect } from 'chai';
import { isoTime, timeText } from '../../src/database/sql/time.js';
import { startCommand } from '../support/processes.js';
import { count, expectVerified, importFiles, inputOf, rows, write } from './commands.js';
import { DETAILED_MOVIES, MOVIES, PLATFORMS } from './csv-files.js';

/** The movies with their details, in the order of their ids. */
async function details(): Promise<unknown[][]> {
  const movies = await rows(`SELECT id, title, year, kind, runtime, imdb_id FROM watch_lists ORDER BY id`);
  const links = await rows(
    `SELECT watchlist_id, name FROM watch_list_genres JOIN genres ON genres.id = genre_id ORDER BY name_key`,
  );
  return movies.map(({ id, title, year, kind, runtime, imdb_id }) => [
    title,
    year,
    kind,
    links.filter(({ watchlist_id }) => watchlist_id === id).map(({ name }) => name),
    runtime,
    imdb_id,
  ]);
}

const DETAILS = [
  ['Twins', 1999, 'movie', ['Drama', 'Sci-Fi | Fantasy'], 90, 'tt0000001'],
  ['Twins', 2001, 'show', ['Docuseries'], null, 'tt12345678'],
  ['A "quoted"\ntitle', null, 'movie', [], 45, null],
];

describe('imports of details', function () {
  this.timeout(60_000);

  it('take all columns of movies.csv in any order, and the time of creation', async () => {
    const { status, out } = await importFiles('csv', {
      'platforms.csv': PLATFORMS,
      'movies.csv': DETAILED_MOVIES,
    });
    expect(status, out).to.equal(0);
    expect(await details()).to.deep.equal(DETAILS);
    const created = await rows(`SELECT ${timeText('watch_lists', 'created')} FROM watch_lists ORDER BY id`);
    const times = created.map((row) => isoTime(String(row.created)));
    expect(times[0]).to.equal('2020-01-02T03:04:05.678Z');
    expect(Date.now() - Date.parse(times[1] as string)).to.be.within(0, 60_000);
    expect(times[2]).to.equal('2021-02-03T00:00:00.000Z');
    await expectVerified();
  });

  it('fill in what is empty of movies that exist, once, and count it', async () => {
    await importFiles('csv', { 'platforms.csv': PLATFORMS, 'movies.csv': MOVIES });
    const files = { 'movies.csv': DETAILED_MOVIES };
    const filling = await importFiles('csv', files);
    expect(filling.out)
      .to.match(/movies +0 added, 3 already there/)
      .and.match(
        /filled +3 of the movies already there, year of 2, kind of 1, genres of 2, runtime of 2, imdb_id of 2/,
      );
    expect(await details()).to.deep.equal(DETAILS);
    await expectVerified();
    const again = await importFiles('csv', files);
    expect(again.out).to.match(/filled +0 of the movies already there\n/);
    expect(await count('watch_list_genres')).to.equal(3);
    await expectVerified();
  });

  it('overwrite nothing', async () => {
    await importFiles('csv', { 'platforms.csv': PLATFORMS, 'movies.csv': DETAILED_MOVIES });
    await write("UPDATE watch_lists SET year = NULL WHERE imdb_id = 'tt0000001'");
    const others = DETAILED_MOVIES.replaceAll(/1999|2001\.0/g, '1950')
      .replaceAll('movie,1950', 'show,1950')
      .replaceAll('Docuseries', 'Western|Comedy')
      .replaceAll('tt', 'tt9')
      .replaceAll(',90,', ',91,')
      .replaceAll(',45,', ',46,');
    const { out } = await importFiles('csv', { 'movies.csv': others });
    expect(out).to.match(/filled +1 of the movies already there, year of 1\n/);
    const [first, ...rest] = DETAILS as [unknown[], ...unknown[][]];
    expect(await details()).to.deep.equal([first.with(1, 1950), ...rest]);
    expect((await rows('SELECT name FROM genres ORDER BY name')).map(({ name }) => name)).to.deep.equal([
      'Docuseries',
      'Drama',
      'Sci-Fi | Fantasy',
    ]);
    await expectVerified();
  });

  it('name every bad detail with its line and column, and write nothing', async () => {
    const header = 'id,title,storyline,platform,year,kind,genres,runtime,imdb_id,created\n';
    const bad = [
      ['1869', 'film', `${'x'.repeat(41)}|Drama`, '0', '0114709', '2020-02-30'],
      ['2101', '', 'a|b|c|d|e|f|g|h|i|j|k', '6001', 'tt12345678901', 'soon'],
      ['199x', 'Movie', '', '90 min', 'tt123456', '2020-01-01T25:00:00Z'],
    ];
    const lines = bad.map((fields, index) => `${index},Fine,Fine.,Aurora,${fields.join(',')}\n`);
    const { status, error } = await importFiles('csv', {
      'platforms.csv': PLATFORMS,
      'movies.csv': header + lines.join(''),
    });
    expect(status).to.equal(1);
    for (const [line, columns] of [
      [2, ['year', 'kind', 'genres', 'runtime', 'imdb_id', 'created']],
      [3, ['year', 'genres', 'runtime', 'imdb_id', 'created']],
      [4, ['year', 'runtime', 'imdb_id', 'created']],
    ] as const) {
      for (const column of columns) expect(error).to.contain(`movies.csv:${line}: ${column}: `);
    }
    expect(error.match(/movies\.csv:\d+: /g)).to.have.length(15);
    expect(await count('stream_platforms')).to.equal(0);
    expect(await count('genres')).to.equal(0);
  });

  it('give movies their ids in the order of the file, across platforms and batches', async () => {
    const platforms = ['Zeta', 'Alpha', 'Mid'];
    const platformFile = platforms.map((name) => `${name},About.,https://${name}.example/\n`).join('');
    const lines = Array.from(
      { length: 1_203 },
      (_, index) =>
        `${index},Title ${index},Story.,${platforms[(index * index) % 3]},${1900 + (index % 100)}\n`,
    );
    const files = {
      'platforms.csv': `name,about,website\n${platformFile}`,
      'movies.csv': `id,title,storyline,platform,year\n${lines.join('')}`,
    };
    expect((await importFiles('csv', files)).out).to.match(/movies +1203 added/);
    const movies = await rows('SELECT title, year FROM watch_lists ORDER BY id');
    expect(movies.map(({ title }) => title)).to.deep.equal(lines.map((_, index) => `Title ${index}`));
    expect(movies.every(({ year }, index) => year === 1900 + (index % 100))).to.equal(true);
    expect((await importFiles('csv', files)).out).to.match(/movies +0 added, 1203 already there/);
    await expectVerified();
  });

  it('resume after a cut, and fill in the movies of the year in the import', async () => {
    const header = 'id,title,storyline,platform,year,runtime\n';
    const lines = [
      '1,Lost World,Old.,Aurora,1925,',
      '2,Lost World,New.,Aurora,1960,97',
      '3,Other,O.,Aurora,,',
    ];
    const files = { 'platforms.csv': PLATFORMS, 'movies.csv': `${header}${lines.join('\n')}\n` };
    await importFiles('csv', files);
    await write('DELETE FROM watch_lists WHERE year = 1925');
    await write("UPDATE stream_platforms SET watchlist_count = watchlist_count - 1 WHERE name = 'Aurora'");
    await write('UPDATE watch_lists SET runtime = NULL');
    const { out } = await importFiles('csv', files);
    expect(out)
      .to.match(/movies +1 added, 2 already there/)
      .and.match(/filled +1 of the movies already there, runtime of 1\n/);
    expect(await rows('SELECT year, runtime, storyline FROM watch_lists ORDER BY id')).to.deep.equal([
      { year: 1960, runtime: 97, storyline: 'New.' },
      { year: null, runtime: null, storyline: 'O.' },
      { year: 1925, runtime: null, storyline: 'Old.' },
    ]);
    await expectVerified();
  });

  it('add and fill each movie once when imports of the same movies run at once in other orders', async () => {
    const platforms = ['Alpha', 'Beta', 'Gamma'];
    const lines = Array.from(
      { length: 900 },
      (_, index) => `${index},Title ${index},Story.,${platforms[index % 3]},Genre ${index % 7}|Drama,90\n`,
    );
    const folderOf = (ordered: string[], header: string) =>
      inputOf({
        'platforms.csv': `name,about,website\n${platforms.map((name) => `${name},A.,https://a.example/\n`).join('')}`,
        'movies.csv': header + ordered.join(''),
      });
    const full = 'id,title,storyline,platform,genres,runtime\n';
    const bare = 'id,title,storyline,platform,other,unread\n';
    const folders = [
      folderOf(lines, full),
      folderOf(lines.toReversed(), full),
      folderOf(lines.toSpliced(0, 300).concat(lines.slice(0, 300)), bare),
    ];
    const outcomes = await Promise.all(
      folders.map((folder) => startCommand('import', ['--format', 'csv', folder])),
    );
    for (const { status, error, out } of outcomes) expect(status, out + error).to.equal(0);
    const numbers = (pattern: RegExp) =>
      outcomes.map(({ out }) => Number(pattern.exec(out)?.[1])).reduce((sum, movies) => sum + movies, 0);
    expect(numbers(/movies +(\d+) added/)).to.equal(900);
    expect(await count('watch_lists')).to.equal(900);
    expect(await count('watch_lists WHERE runtime = 90')).to.equal(900);
    expect(await count('watch_list_genres')).to.equal(1_800);
    await expectVerified();
  });

  it('fill in and count each detail once when imports run at once', async () => {
    await importFiles('csv', { 'platforms.csv': PLATFORMS, 'movies.csv': MOVIES });
    const folder = inputOf({ 'movies.csv': DETAILED_MOVIES });
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => startCommand('import', ['--format', 'csv', folder])),
    );
    expect(outcomes.map(({ status, error }) => [status, error])).satisfy((all: [number, string][]) =>
      all.every(([status]) => status === 0),
    );
    const filled = outcomes.map(({ out }) => Number(/filled +(\d+)/.exec(out)?.[1]));
    expect(filled.reduce((sum, movies) => sum + movies, 0)).to.equal(3);
    expect(await details()).to.deep.equal(DETAILS);
    await expectVerified();
  });
});
