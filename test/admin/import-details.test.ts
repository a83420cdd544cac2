import { expect } from 'chai';
import { AuditEntry } from '../../src/audit/audit-entry.js';
import { Review } from '../../src/models/review.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { WatchList } from '../../src/models/watch-list.js';
import { makeMovie, makePlatform, makeReview, makeUser } from '../support/factories.js';
import { expectMovieCountsExact } from '../support/movie-counts.js';
import { staffClient } from '../support/panel.js';
import { expectRatingsExact } from '../support/ratings.js';
import { filled, importsAs, tally } from './panel-import.js';

const DETAILS = ['year', 'kind', 'genres', 'runtime', 'imdb_id'];

/** Attributes of all movies, as plain values. */
async function details({ attributes }: { attributes: string[] }): Promise<Record<string, unknown>[]> {
  const movies = await WatchList.findAll({ attributes, order: ['id'] });
  return movies.map((movie) => {
    const values = movie.get({ plain: true }) as unknown as Record<string, unknown>;
    return Object.fromEntries(attributes.map((attribute) => [attribute, values[attribute]]));
  });
}

const entries = () => AuditEntry.count({ where: { action: 'import', resource: 'watch_lists' } });

describe('admin panel: import of exports and of details', function () {
  this.timeout(60_000);
  const { report, download } = importsAs(staffClient('admin', 'ada'));

  it('reads exports, into an empty database and into the one that they are from', async () => {
    const { id } = await makePlatform({ name: '@home', about: '+1', website: 'https://home.example' });
    const movie = await makeMovie({
      platform_id: id,
      title: '=HYPERLINK("x")',
      storyline: '\'=a\n"b", c',
      active: false,
      created: new Date('2025-01-02T03:04:05.678Z'),
      year: 1999,
      kind: 'show',
      genres: ['=1|2', 'C\\D\\|', ' ends ', 'Drama'],
      runtime: 90,
      imdb_id: 'tt0114709',
    });
    const users = [await makeUser({ username: '+plus' }), await makeUser({ username: '-minus' })];
    const created = new Date('2026-02-03T04:05:06.789Z');
    const texts = ['\t=1\r\nline', "''@"];
    for (const [index, user] of users.entries()) {
      const fields = { watchlist_id: movie.id, user_id: user.id, description: texts[index], created };
      await makeReview({ ...fields, spoiler: index === 0, active: index === 1, rating: 1 + index });
    }
    const [platforms, movies, reviews] = await Promise.all(
      ['stream_platforms', 'watch_lists', 'reviews'].map(download),
    );
    const attributes = ['rating', 'description', 'spoiler', 'active', 'created'];
    const everything = async () => ({
      platforms: await StreamPlatform.findAll({ attributes: ['name', 'about', 'website'], raw: true }),
      movies: await details({
        attributes: ['title', 'storyline', 'active', 'avg_rating', 'created', ...DETAILS],
      }),
      reviews: await Review.findAll({ attributes, order: [['rating', 'ASC']], raw: true }),
    });
    const before = await everything();
    expect(before.movies[0]?.genres).to.have.length(4);

    await Review.destroy({ where: { rating: 1 } });
    expect((await report('write', { reviews })).counts?.reviews).to.deep.equal(tally(1, 1));
    expect(await everything()).to.deep.equal(before);

    await StreamPlatform.destroy({ where: { id } });
    const files = { platforms, movies, reviews };
    expect((await report('write', files)).counts).to.deep.equal({
      platforms: tally(1, 0),
      movies: { ...tally(1, 0), filled: filled({}) },
      users: tally(0, 2),
      reviews: tally(2, 0),
    });
    expect(await everything()).to.deep.equal(before);
    await expectRatingsExact();
  });

  it('tells how many movies it fills in, and fills them in with an entry in the audit log', async () => {
    const { id } = await makePlatform({ name: 'Aurora' });
    await makeMovie({ platform_id: id, title: 'Ordet' });
    await makeMovie({ platform_id: id, title: 'Gertrud', year: 1964, genres: ['Drama'] });
    const movies = `id,title,storyline,platform,year,genres
a,ORDET,A.,Aurora,1955,Drama|Faith\nb,Gertrud,B.,Aurora,1950,Faith\n`;
    const expected = { ...tally(0, 2), filled: filled({ movies: 1, year: 1, genres: 1 }) };
    expect((await report('check', { movies })).counts?.movies).to.deep.equal(expected);
    expect(await entries()).to.equal(0);
    expect((await report('write', { movies })).counts?.movies).to.deep.equal(expected);
    expect(await entries()).to.equal(1);
    expect(await details({ attributes: ['title', 'year', 'genres'] })).to.deep.equal([
      { title: 'Ordet', year: 1955, genres: ['Drama', 'Faith'] },
      { title: 'Gertrud', year: 1964, genres: ['Drama'] },
    ]);
    expect((await report('write', { movies })).counts?.movies).to.deep.equal({
      ...tally(0, 2),
      filled: filled({}),
    });
    await expectMovieCountsExact();
  });

  it('takes movies of one title in an export for those that they are', async () => {
    const { id } = await makePlatform({ name: 'Aurora' });
    for (const day of [1, 2, 3]) {
      const created = new Date(Date.UTC(2026, 0, day));
      const twin = await makeMovie({ platform_id: id, title: 'Twins', storyline: `${day}.`, created });
      await makeReview({ watchlist_id: twin.id, description: `Of ${day}.` });
    }
    // The list's order, and so the export's, is the newest first.
    const files = { movies: await download('watch_lists'), reviews: await download('reviews') };
    const { counts: written } = await report('write', files);
    expect(written?.movies).to.deep.equal({ ...tally(0, 3), filled: filled({}) });
    expect(written?.reviews).to.deep.equal(tally(0, 3));
  });
});
