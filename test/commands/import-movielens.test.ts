import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { skip } from '../support/skip.js';
import { count, expectVerified, importFiles, rows, runInProcess, SHARED_DATA, write } from './commands.js';

const MOVIES = `movieId,title,genres
10,"Heat, The (1995)",Action|Crime
20,Emma (1996),Comedy|Romance
30,Emma (1996),Romance
40,Nothing (2003),(no genres listed)
`.replaceAll('\n', '\r\n');

const RATINGS = `userId,movieId,rating,timestamp
1,30,0.5,964982703
2,10,3.5,964982704
1,10,5.0,964982705
3,10,4,964982706
2,20,2.5,964982707
`.replaceAll('\n', '\r\n');

const movies = () =>
  rows(
    `SELECT title, storyline, number_rating, avg_rating, weighted_rating, rating_1, rating_3, rating_4, rating_5
     FROM watch_lists ORDER BY id`,
  );

describe('import --format movielens', function () {
  this.timeout(120_000);

  it('loads the .csv files, rounds half stars up, and keeps movies with equal titles apart', async () => {
    const { status, out } = await importFiles('movielens', {
      'movies.csv': MOVIES,
      'ratings.csv.gz': RATINGS,
    });
    expect(status, out).to.equal(0);
    expect(out)
      .to.match(/movies +4 added/)
      .and.match(/users +3 added/)
      .and.match(/reviews +5 added/);
    expect(await movies()).to.deep.equal([
      {
        title: 'Heat, The (1995)',
        storyline: 'Action, Crime.',
        number_rating: 3,
        avg_rating: 13 / 3,
        weighted_rating: 48 / 13,
        rating_1: 0,
        rating_3: 0,
        rating_4: 2,
        rating_5: 1,
      },
      {
        title: 'Emma (1996)',
        storyline: 'Comedy, Romance.',
        number_rating: 1,
        avg_rating: 3,
        weighted_rating: 38 / 11,
        rating_1: 0,
        rating_3: 1,
        rating_4: 0,
        rating_5: 0,
      },
      {
        title: 'Emma (1996)',
        storyline: 'Romance.',
        number_rating: 1,
        avg_rating: 1,
        weighted_rating: 36 / 11,
        rating_1: 1,
        rating_3: 0,
        rating_4: 0,
        rating_5: 0,
      },
      {
        title: 'Nothing (2003)',
        storyline: 'No description.',
        number_rating: 0,
        avg_rating: 0,
        weighted_rating: 3.5,
        rating_1: 0,
        rating_3: 0,
        rating_4: 0,
        rating_5: 0,
      },
    ]);
    expect(await rows('SELECT name FROM stream_platforms')).to.deep.equal([{ name: 'MovieLens' }]);
    const users = await rows('SELECT username, password FROM users ORDER BY username');
    expect(users).to.deep.equal(['ml-1', 'ml-2', 'ml-3'].map((username) => ({ username, password: null })));
    const [first] = await rows('SELECT created FROM reviews WHERE rating = 1');
    expect(new Date(first?.created as string | Date).toISOString()).to.equal('2000-07-30T18:45:03.000Z');

    const again = await importFiles('movielens', { 'movies.csv': MOVIES, 'ratings.csv': RATINGS });
    expect(again.out)
      .to.match(/movies +0 added, 4 already/)
      .and.match(/reviews +0 added, 5 already/);
    await expectVerified();
  });

  it('fills years, genres and ids of IMDb, by links.csv', async () => {
    const files = {
      'movies.csv': `${MOVIES}50,Cosmos (1980–1981) ,Documentary\r\n60,Babylon 5,Sci-Fi\r\n70,Columbus (1492),War\r\n`,
      'ratings.csv': RATINGS,
    };
    await importFiles('movielens', files);
    await write("UPDATE watch_lists SET year = 1990 WHERE title LIKE 'Heat%'");
    await write("UPDATE watch_lists SET year = NULL WHERE title = 'Nothing (2003)'");
    const links =
      'movieId,imdbId,tmdbId\r\n10,0114709,862\r\n20.0,12345678,\r\n30,,1\r\n40,x1,2\r\n99,1,2\r\n';
    const { status, out } = await importFiles('movielens', { ...files, 'links.csv': links });
    expect(status, out).to.equal(0);
    expect(out).to.match(/filled +3 of the movies already there, year of 1, imdb_id of 2\n/);
    for (const left of [
      'movies.csv:8: year: 1492',
      'links.csv:5: imdb_id: "x1"',
      'links.csv:6: movieId: "99"',
    ]) {
      expect(out).to.contain(`${left} is left out`);
    }
    const found = await rows('SELECT title, year, imdb_id, genre_ids FROM watch_lists ORDER BY id');
    expect(found.map(({ title, year, imdb_id }) => [title, year, imdb_id])).to.deep.equal([
      ['Heat, The (1995)', 1990, 'tt0114709'],
      ['Emma (1996)', 1996, 'tt12345678'],
      ['Emma (1996)', 1996, null],
      ['Nothing (2003)', 2003, null],
      ['Cosmos (1980–1981) ', 1980, null],
      ['Babylon 5', null, null],
      ['Columbus (1492)', null, null],
    ]);
    expect(found[3]?.genre_ids).to.equal('');
    expect(await rows("SELECT watchlist_count FROM genres WHERE name = 'Romance'")).to.deep.equal([
      { watchlist_count: 2 },
    ]);
    await expectVerified();
    const broken = await importFiles('movielens', { ...files, 'links.csv': `${links}1,2\r\n` });
    expect(broken.status).to.equal(1);
    expect(broken.error).to.contain('links.csv:7: 2 fields');
  });

  it('loads the older .dat files, in Latin-1 or UTF-8', async () => {
    const { status, out } = await importFiles('movielens', {
      'movies.dat': Buffer.concat([
        Buffer.from('1::Mis\xe9rables, Les (1995)::Drama|Musical\n', 'latin1'),
        Buffer.from('2::Amélie: "A" :: B (2001)::Comedy\n'),
      ]),
      'ratings.dat.gz': '1::1::5::978300760\n1::2::3.5::978302109\n',
      'users.dat': '1::F::1::10::48067\n',
    });
    expect(status, out).to.equal(0);
    expect((await movies()).map(({ title, avg_rating }) => [title, avg_rating])).to.deep.equal([
      ['Misérables, Les (1995)', 5],
      ['Amélie: "A" :: B (2001)', 4],
    ]);
  });

  it('names every bad line and writes nothing', async () => {
    const { status, error } = await importFiles('movielens', {
      'movies.csv': `${MOVIES}40,Twice,Drama\r\nx,Letter,Drama\r\n50,,Drama\r\n`,
      'ratings.csv': `${RATINGS}1,99,4,964982703\r\n1,20,0,964982703\r\n1,20,5.5,964982703\r\n1,20,4.2,964982703\r\nx,20,4,soon\r\n1,20\r\n`,
    });
    expect(status).to.equal(1);
    for (const line of ['movies.csv:6', 'movies.csv:7', 'movies.csv:8'])
      expect(error).to.contain(`${line}: `);
    for (const line of [7, 8, 9, 10, 11, 12]) expect(error).to.contain(`ratings.csv:${line}: `);
    expect(error).to.contain('userId: "x" is not a number; timestamp: "soon"');
    expect(await count('stream_platforms')).to.equal(0);
  });

  it('refuses a folder without ratings', async () => {
    const lacking = await importFiles('movielens', { 'movies.csv': MOVIES });
    expect(lacking.status).to.equal(1);
    expect(lacking.error).to.contain('it lacks ratings.csv');
  });

  it('continues an interrupted import', async () => {
    await importFiles('movielens', { 'movies.csv': MOVIES, 'ratings.csv': RATINGS });
    await write('DELETE FROM reviews WHERE rating < 5');
    await write('DELETE FROM watch_lists WHERE number_rating < 2');
    expect((await runInProcess('ratings', ['rebuild'])).status).to.equal(0);
    const { out } = await importFiles('movielens', { 'movies.csv': MOVIES, 'ratings.csv': RATINGS });
    expect(out)
      .to.match(/movies +3 added, 1 already/)
      .and.match(/reviews +4 added, 1 already/);
    expect((await movies()).map((movie) => movie.number_rating)).to.deep.equal([3, 1, 1, 0]);
    await expectVerified();
  });

  it("loads latest-small's movies and its first 3,000 ratings", async function () {
    const folder = join(SHARED_DATA, 'movielens-latest-small');
    if (!existsSync(folder)) skip(this, '../shared/data/movielens-latest-small is not here');
    const ratings = gunzipSync(readFileSync(join(folder, 'ratings.csv.gz'))).toString();
    const files = {
      'movies.csv': readFileSync(join(folder, 'movies.csv')),
      'links.csv': readFileSync(join(folder, 'links.csv')),
      'ratings.csv.gz': `${ratings.split('\r\n').slice(0, 3_001).join('\r\n')}\r\n`,
    };
    const first = await importFiles('movielens', files);
    expect(first.out)
      .to.match(/movies +9742 added/)
      .and.match(/reviews +3000 added/);
    const [filled] = await rows(
      `SELECT COUNT(year) AS years, SUM(genre_ids <> '') AS genres, COUNT(imdb_id) AS ids FROM watch_lists`,
    );
    expect(Object.values(filled as object).map(Number)).to.deep.equal([9_730, 9_708, 9_742]);
    const again = await importFiles('movielens', files);
    expect(again.out)
      .to.match(/movies +0 added, 9742 already/)
      .and.match(/filled +0 of/)
      .and.match(/reviews +0 added, 3000 already/);
    expect((await runInProcess('ratings', ['verify'])).out).to.contain('9742 movies checked');
  });
});
