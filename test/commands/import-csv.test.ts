import { expect } from 'chai';
import { migrated, Workplace } from './workplace.js';

const PLATFORMS = `name,about,website
Aurora,"Films of the north, and more",https://aurora.example/
Café,Small films,https://cafe.example/
`;

const MOVIES = `id,title,storyline,platform,active
a,Twins,The first pair.,Aurora,
b,Twins,The second pair.,aurora,false
c,"A ""quoted""
title","Line one
line two",Café,1
`;

const REVIEWS = `username,watchlist,rating,description
ana,a,5,"Good,
really"
Ben,a,2,
ANA,c,4.0,🎬
ana,b,1,Not the first
`;

describe('import --format csv', function () {
  this.timeout(60_000);
  let place: Workplace;
  beforeEach(async () => {
    place = await Workplace.open(migrated);
  });
  afterEach(() => place.close());

  it('loads platforms, movies, users and reviews, with the ratings right', async () => {
    const { status, out } = await place.import('csv', {
      'platforms.csv': PLATFORMS,
      'movies.csv.gz': MOVIES,
      'reviews.csv': REVIEWS,
    });
    expect(status, out).to.equal(0);
    expect(out)
      .to.match(/platforms +2 added, 0 already/)
      .and.match(/movies +3 added, 0 already/);
    expect(out)
      .to.match(/users +2 added, 0 already/)
      .and.match(/reviews +4 added, 0 already/);
    const movies = await place.rows(
      `SELECT title, storyline, active, number_rating, avg_rating, weighted_rating, rating_2, rating_5, name
       FROM watch_lists JOIN stream_platforms ON stream_platforms.id = platform_id ORDER BY watch_lists.id`,
    );
    expect(movies).to.deep.equal([
      {
        title: 'Twins',
        storyline: 'The first pair.',
        active: 1,
        number_rating: 2,
        avg_rating: 3.5,
        weighted_rating: 42 / 12,
        rating_2: 1,
        rating_5: 1,
        name: 'Aurora',
      },
      {
        title: 'Twins',
        storyline: 'The second pair.',
        active: 0,
        number_rating: 1,
        avg_rating: 1,
        weighted_rating: 36 / 11,
        rating_2: 0,
        rating_5: 0,
        name: 'Aurora',
      },
      {
        title: 'A "quoted"\ntitle',
        storyline: 'Line one\nline two',
        active: 1,
        number_rating: 1,
        avg_rating: 4,
        weighted_rating: 39 / 11,
        rating_2: 0,
        rating_5: 0,
        name: 'Café',
      },
    ]);
    const users = await place.rows('SELECT username, password, role FROM users ORDER BY id');
    expect(users).to.deep.equal([
      { username: 'ana', password: null, role: 'user' },
      { username: 'Ben', password: null, role: 'user' },
    ]);
    const descriptions = await place.rows('SELECT description FROM reviews');
    expect(descriptions.map((row) => row.description)).to.have.members([
      'Good,\nreally',
      null,
      '🎬',
      'Not the first',
    ]);
    expect((await place.run('ratings', ['verify'])).status).to.equal(0);
  });

  it('adds nothing the second time, and only what is new the third', async () => {
    const files = { 'platforms.csv': PLATFORMS, 'movies.csv': MOVIES, 'reviews.csv': REVIEWS };
    await place.import('csv', files);
    const again = await place.import('csv', files);
    expect(again.out)
      .to.match(/platforms +0 added, 2 already/)
      .and.match(/movies +0 added, 3 already/);
    expect(again.out)
      .to.match(/users +0 added, 2 already/)
      .and.match(/reviews +0 added, 4 already/);
    const more = await place.import('csv', {
      ...files,
      'movies.csv': `${MOVIES}d,Twins,The third pair.,AURORA,\n`,
      'reviews.csv': `${REVIEWS}ana,d,3,\n`,
    });
    expect(more.out)
      .to.match(/movies +1 added, 3 already/)
      .and.match(/reviews +1 added, 4 already/);
    const counts = await place.rows('SELECT title, number_rating FROM watch_lists ORDER BY id');
    expect(counts.map((row) => row.number_rating)).to.deep.equal([2, 1, 1, 1]);
    expect((await place.run('ratings', ['verify'])).status).to.equal(0);
  });

  it('adds nothing twice where two imports run at once', async () => {
    const files = { 'platforms.csv': PLATFORMS, 'movies.csv': MOVIES, 'reviews.csv': REVIEWS };
    const outcomes = await Promise.all([1, 2].map(() => place.import('csv', files)));
    expect(outcomes.map(({ status }) => status)).to.deep.equal([0, 0]);
    expect(await place.count('watch_lists')).to.equal(3);
    expect(await place.count('reviews')).to.equal(4);
    expect((await place.run('ratings', ['verify'])).status).to.equal(0);
  });

  it('goes by the user and the platform that are there already', async () => {
    await place.import('csv', { 'platforms.csv': PLATFORMS });
    const admin = ['--username', 'Ana', '--email', 'ana@example.org', '--password', 'a longer secret'];
    await place.run('create-admin', admin);
    const { status, out } = await place.import('csv', { 'movies.csv': MOVIES, 'reviews.csv': REVIEWS });
    expect(status).to.equal(0);
    expect(out).to.match(/users +1 added, 1 already there/);
    expect(await place.rows("SELECT role, email FROM users WHERE username = 'Ana'")).to.deep.equal([
      { role: 'admin', email: 'ana@example.org' },
    ]);
  });

  it('passes over a second review of the same movie by the same user', async () => {
    const { status, out } = await place.import('csv', {
      'platforms.csv': PLATFORMS,
      'movies.csv': MOVIES,
      'reviews.csv': `${REVIEWS}Ana,a,1,again\n`,
    });
    expect(status).to.equal(0);
    expect(out).to.match(/reviews +4 added/);
    expect(out).to.contain('1 passed over').and.contain('reviews.csv:7: Ana has reviewed movie a');
  });

  it('names every bad line and writes nothing', async () => {
    const { status, error } = await place.import('csv', {
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
    expect(await place.count('stream_platforms')).to.equal(0);
    expect(await place.count('users')).to.equal(0);
  });

  it('caps a long list of bad lines', async () => {
    const { status, error } = await place.import('csv', {
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
      const { status, error } = await place.import('csv', { 'platforms.csv': content });
      expect(status, said).to.equal(1);
      expect(error).to.contain(said);
    }
    expect(await place.count('stream_platforms')).to.equal(0);
  });

  it('reads a byte order mark, CRLF, blank lines and columns in any order', async () => {
    const { status, error } = await place.import('csv', {
      'platforms.csv':
        '\ufeffwebsite,name,extra,about\r\n\r\nhttps://a.example/,Aurora,,"a\r\nb"\r\nhttps://b.example/,,,c\r\n',
    });
    expect(status).to.equal(1);
    expect(error).to.contain('platforms.csv:5: name').and.not.contain('and 1 more');
  });

  it('says what is wrong with the folder or the call', async () => {
    const none = await place.import('csv', { 'other.csv': '' });
    expect(none.status).to.equal(1);
    expect(none.error).to.contain('holds none of platforms.csv');
    const orphans = await place.import('csv', { 'reviews.csv': REVIEWS });
    expect(orphans.status).to.equal(1);
    expect(orphans.error).to.contain('no movies.csv');
    const both = await place.import('csv', { 'platforms.csv': PLATFORMS, 'platforms.csv.gz': PLATFORMS });
    expect(both.status).to.equal(1);
    expect(both.error).to.contain('both platforms.csv and platforms.csv.gz');
    const absent = await place.run('import', ['--format', 'csv', '/nowhere/at/all']);
    expect(absent.status).to.equal(1);
    expect(absent.error).to.contain('There is no folder');
    for (const args of [
      ['--format', 'xml', '.'],
      ['.'],
      ['--format', 'csv'],
      ['--format', 'csv', '.', '.'],
      ['--fast'],
    ]) {
      const { status, error } = await place.run('import', args);
      expect(status, args.join(' ')).to.equal(2);
      expect(error).to.contain('Usage: npm run import');
    }
  });
});
