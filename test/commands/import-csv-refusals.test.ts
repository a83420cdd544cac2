import { expect } from 'chai';
import { count, importFiles, runInProcess } from './commands.js';
import { MOVIES, PLATFORMS, REVIEWS } from './csv-files.js';

describe('import --format csv with faults', function () {
  this.timeout(60_000);

  it('names every bad line and writes nothing', async () => {
    const { status, error } = await importFiles('csv', {
      'platforms.csv': `${PLATFORMS}${'x'.repeat(31)},about,https://x.example/\nCAFÉ,again,https://c.example/\nY,,nowhere\n`,
      'movies.csv': `${MOVIES}c,Twice,Same id.,Café,\nd, ,Blank.,Café,\ne,Lost,No platform.,Nowhere,\nf,Half,Café\ng,Odd,Odd.,Café,maybe\n`,
      'reviews.csv': `${REVIEWS}ana,zz,3,\nana,c,6,\nana,c,abc,\nb o,c,3,\ncy,c,3,${'é'.repeat(2001)}\n`,
    });
    expect(status).to.equal(1);
    for (const place of [
      'platforms.csv:4: name:',
      'platforms.csv:5: name:',
      'platforms.csv:6: about:',
      'platforms.csv:6: website:',
      'movies.csv:7: id:',
      'movies.csv:8: title:',
      'movies.csv:9: platform:',
      'movies.csv:10: 3 fields where the header has 5',
      'movies.csv:11: active:',
      'reviews.csv:7: watchlist:',
      'reviews.csv:8: rating:',
      'reviews.csv:9: rating:',
      'reviews.csv:10: username:',
      'reviews.csv:11: description:',
    ]) {
      expect(error).to.contain(place);
    }
    expect(await count('stream_platforms')).to.equal(0);
    expect(await count('users')).to.equal(0);
  });

  it('caps a long list of bad lines', async () => {
    const { status, error } = await importFiles('csv', {
      'platforms.csv': PLATFORMS,
      'movies.csv': `id,title,storyline,platform\n${'1,,,\n'.repeat(30)}`,
    });
    expect(status).to.equal(1);
    expect(error.match(/movies\.csv:\d+:/g)).to.have.length(20);
    expect(error).to.match(/and \d+ more/);
  });

  it('refuses what is not CSV in UTF-8', async () => {
    const header = 'name,about,website\n';
    const bad: [string | Buffer, string][] = [
      ['', 'platforms.csv: is empty'],
      ['name,about\n', 'platforms.csv:1: the header lacks website'],
      [
        `${header}"A\nB",about,https://a.example/\nC "D",about,https://a.example/\n`,
        'platforms.csv:4: a quote',
      ],
      [`${header}"A,about,https://a.example/\n`, 'platforms.csv:2: a quote is never closed'],
      [
        Buffer.from(`${header}Caf\xe9,about,https://a.example/\n`, 'latin1'),
        'platforms.csv:2: name is not UTF-8',
      ],
      [
        Buffer.from(`${header}\xed\xa0\x80,about,https://a.example/\n`, 'latin1'),
        'platforms.csv:2: name is not UTF-8',
      ],
      [`${header}A\0,about,https://a.example/\n`, 'platforms.csv:2: name holds a NUL'],
    ];
    for (const [content, said] of bad) {
      const { status, error } = await importFiles('csv', { 'platforms.csv': content });
      expect(status, said).to.equal(1);
      expect(error).to.contain(said);
    }
    expect(await count('stream_platforms')).to.equal(0);
  });

  it('reads a byte order mark, CRLF, blank lines and columns in any order', async () => {
    const { status, error } = await importFiles('csv', {
      'platforms.csv':
        '\ufeffwebsite,name,extra,about\r\n\r\nhttps://a.example/,Aurora,,"a\r\nb"\r\nhttps://b.example/,,,c\r\n',
    });
    expect(status).to.equal(1);
    expect(error).to.contain('platforms.csv:5: name').and.not.contain('and 1 more');
  });

  it('says what is wrong with the folder or the call', async () => {
    const none = await importFiles('csv', { 'other.csv': '' });
    expect(none.status).to.equal(1);
    expect(none.error).to.contain('holds none of platforms.csv');
    const orphans = await importFiles('csv', { 'reviews.csv': REVIEWS });
    expect(orphans.status).to.equal(1);
    expect(orphans.error).to.contain('no movies.csv');
    const both = await importFiles('csv', { 'platforms.csv': PLATFORMS, 'platforms.csv.gz': PLATFORMS });
    expect(both.status).to.equal(1);
    expect(both.error).to.contain('both platforms.csv and platforms.csv.gz');
    const absent = await runInProcess('import', ['--format', 'csv', '/nowhere/at/all']);
    expect(absent.status).to.equal(1);
    expect(absent.error).to.contain('There is no folder');
    for (const args of [
      ['--format', 'xml', '.'],
      ['.'],
      ['--format', 'csv'],
      ['--format', 'csv', '.', '.'],
      ['--fast'],
    ]) {
      const { status, error } = await runInProcess('import', args);
      expect(status, args.join(' ')).to.equal(2);
      expect(error).to.contain('Usage: npm run import');
    }
  });
});
