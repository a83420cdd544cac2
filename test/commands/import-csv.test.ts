import { expect } from 'chai';
import { startCommand } from '../support/processes.js';
import { count, expectVerified, importFiles, inputOf, rows, runInProcess } from './commands.js';
import { MOVIES, PLATFORMS, REVIEWS } from './csv-files.js';

describe('import --format csv', function () {
  this.timeout(60_000);

  it('loads platforms, movies, users and reviews, with the ratings right', async () => {
    const folder = inputOf({ 'platforms.csv': PLATFORMS, 'movies.csv.gz': MOVIES, 'reviews.csv': REVIEWS });
    const { status, out } = await startCommand('import', ['--format', 'csv', folder]);
    expect(status, out).to.equal(0);
    expect(out)
      .to.match(/platforms +2 added, 0 already/)
      .and.match(/movies +3 added, 0 already/);
    expect(out)
      .to.match(/users +2 added, 0 already/)
      .and.match(/reviews +4 added, 0 already/);
    const movies = await rows(
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
    const users = await rows('SELECT username, password, role FROM users ORDER BY id');
    expect(users).to.deep.equal([
      { username: 'ana', password: null, role: 'user' },
      { username: 'Ben', password: null, role: 'user' },
    ]);
    const descriptions = await rows('SELECT description FROM reviews');
    expect(descriptions.map((row) => row.description)).to.have.members([
      'Good,\nreally',
      null,
      '🎬',
      'Not the first',
    ]);
    await expectVerified();
  });

  it('adds nothing the second time, and only what is new the third', async () => {
    const files = { 'platforms.csv': PLATFORMS, 'movies.csv': MOVIES, 'reviews.csv': REVIEWS };
    await importFiles('csv', files);
    const again = await importFiles('csv', files);
    expect(again.out)
      .to.match(/platforms +0 added, 2 already/)
      .and.match(/movies +0 added, 3 already/);
    expect(again.out)
      .to.match(/users +0 added, 2 already/)
      .and.match(/reviews +0 added, 4 already/);
    const more = await importFiles('csv', {
      ...files,
      'movies.csv': `${MOVIES}d,Twins,The third pair.,AURORA,\n`,
      'reviews.csv': `${REVIEWS}ana,d,3,\n`,
    });
    expect(more.out)
      .to.match(/movies +1 added, 3 already/)
      .and.match(/reviews +1 added, 4 already/);
    const counts = await rows('SELECT title, number_rating FROM watch_lists ORDER BY id');
    expect(counts.map((row) => row.number_rating)).to.deep.equal([2, 1, 1, 1]);
    await expectVerified();
  });

  it('adds nothing twice when two imports run at once', async () => {
    const files = { 'platforms.csv': PLATFORMS, 'movies.csv': MOVIES, 'reviews.csv': REVIEWS };
    const args = ['--format', 'csv', inputOf(files)];
    const outcomes = await Promise.all([1, 2].map(() => startCommand('import', args)));
    expect(outcomes.map(({ status }) => status)).to.deep.equal([0, 0]);
    expect(await count('watch_lists')).to.equal(3);
    expect(await count('reviews')).to.equal(4);
    await expectVerified();
  });

  it('uses an existing user and platform', async () => {
    await importFiles('csv', { 'platforms.csv': PLATFORMS });
    const admin = ['--username', 'Ana', '--email', 'ana@example.org', '--password', 'a longer secret'];
    await runInProcess('create-admin', admin);
    const { status, out } = await importFiles('csv', { 'movies.csv': MOVIES, 'reviews.csv': REVIEWS });
    expect(status).to.equal(0);
    expect(out).to.match(/users +1 added, 1 already there/);
    expect(await rows("SELECT role, email FROM users WHERE username = 'Ana'")).to.deep.equal([
      { role: 'admin', email: 'ana@example.org' },
    ]);
  });

  it('skips a second review of the same movie by the same user', async () => {
    const { status, out } = await importFiles('csv', {
      'platforms.csv': PLATFORMS,
      'movies.csv': MOVIES,
      'reviews.csv': `${REVIEWS}Ana,a,1,again\n`,
    });
    expect(status).to.equal(0);
    expect(out).to.match(/reviews +4 added/);
    expect(out).to.contain('1 passed over').and.contain('reviews.csv:7: Ana has reviewed movie a');
  });
});
