import { expect } from 'chai';
import { addCatalogue } from '../../../bench/fill.js';
import { addDetails } from '../../../bench/fill-details.js';
import { dialect } from '../../../src/database/connection-options.js';
import { sequelize } from '../../../src/database/database.js';
import type { MovieJson } from '../../../src/presenters/movie.js';
import { anonymous, asUser } from '../../support/clients.js';
import { mysqlPlan, statementsOf } from '../../support/plans.js';

/** More than are sorted, and than are looked up one by one. */
const MOVIES = 13_000;
const INDEX = 'watch_lists_narrow';

const of = (movie: MovieJson, column: string) => Number(movie[column as 'avg_rating']);

interface List {
  query: string;
  meets: (movie: MovieJson) => boolean;
  order: string[];
  /** What the narrow index is read for; a few movies are looked up one by one. */
  narrow?: 'count' | 'page';
}

const isDrama = ({ genres }: MovieJson) => genres.includes('Drama');

/** Filters, and orders that no index has together with them. */
const LISTS: List[] = [
  { query: 'kind=movie&active=true', meets: ({ kind }) => kind === 'movie', order: ['id'], narrow: 'count' },
  {
    query: 'kind=movie&active=true&ordering=-avg_rating&offset=5500',
    meets: ({ kind }) => kind === 'movie',
    order: ['-avg_rating', '-id'],
    narrow: 'page',
  },
  {
    query: 'active=true&ordering=-number_rating&offset=6000',
    meets: () => true,
    order: ['-number_rating', '-id'],
    narrow: 'page',
  },
  {
    query: 'number_rating__lte=32&ordering=weighted_rating&offset=5300',
    meets: (movie) => movie.number_rating <= 32,
    order: ['weighted_rating', 'id'],
    narrow: 'page',
  },
  {
    query: 'genre=drama&genre=comedy',
    meets: (movie) => isDrama(movie) && movie.genres.includes('Comedy'),
    order: ['id'],
  },
  {
    query: 'genre=drama&year__gte=1921&ordering=-weighted_rating',
    meets: (movie) => isDrama(movie) && (movie.year ?? 0) >= 1921,
    order: ['-weighted_rating', '-id'],
    narrow: 'page',
  },
];

/** All movies, as the API shows them. */
async function everyMovie(): Promise<MovieJson[]> {
  const movies: MovieJson[] = [];
  for (let offset = 0; offset < MOVIES; offset += 100) {
    const { body } = await anonymous.get(`/watch/watchlist/?limit=100&offset=${offset}`);
    movies.push(...(body.results as MovieJson[]));
  }
  return movies;
}

/** Makes the movies, and gives them as the API shows them. */
async function makeMovies(): Promise<MovieJson[]> {
  await addCatalogue(20, MOVIES);
  await addDetails(MOVIES);
  const rating = 'CASE WHEN id % 3 = 0 THEN 0 ELSE 1 + (id * 7919) % 5 END';
  await sequelize.query(
    `UPDATE watch_lists SET active = 1, number_rating = id % 40, avg_rating = ${rating}, weighted_rating = 1 + (id * 31) % 4`,
  );
  if (dialect === 'mysql') await sequelize.query('ANALYZE TABLE watch_lists, watch_list_genres');
  return everyMovie();
}

/** The ids of the movies of a list, in its order. */
function idsOf({ meets, order }: List, movies: MovieJson[]): number[] {
  const inOrder = movies.filter(meets).toSorted((a, b) => {
    for (const term of order) {
      const difference = of(a, term.replace('-', '')) - of(b, term.replace('-', ''));
      if (difference !== 0) return term.startsWith('-') ? -difference : difference;
    }
    return 0;
  });
  return inOrder.map(({ id }) => id);
}

/** Asks for a page of a list. */
async function expectExact(path: string, list: List, movies: MovieJson[], client = anonymous) {
  const offset = Number(/offset=(\d+)/.exec(list.query)?.[1] ?? 0);
  const expected = idsOf(list, movies);
  const { status, body, text } = await client.get(path);
  expect(status, text).to.equal(200);
  expect(body.count, path).to.equal(expected.length);
  const ids = (body.results as MovieJson[]).map(({ id }) => id);
  expect(ids, path).to.deep.equal(expected.slice(offset, offset + 50));
}

/** The statements of a page that read the narrow index, which alone has all that they need. */
async function narrowStatements(path: string, client = anonymous): Promise<string[]> {
  const read: string[] = [];
  for (const statement of await statementsOf(path, client)) {
    const step = (await mysqlPlan(statement)).find(({ key }) => key === INDEX);
    if (!step) continue;
    expect(step.Extra, statement[0]).to.match(/Using index(?! condition)/);
    read.push(statement[0]);
  }
  return read;
}

describe('lists of many movies by a filter and another order', () => {
  it('are exact, and counted and sorted from the narrow index', async () => {
    const movies = await makeMovies();
    const member = await asUser();
    await sequelize.query(
      `INSERT INTO saved_movies (user_id, watchlist_id, created) SELECT ${member.user.id}, id, '2026-01-01 00:00:00' FROM watch_lists`,
    );
    for (const list of LISTS) {
      const path = `/watch/watchlist/?${list.query}&limit=50`;
      // Asked first: a second answer is kept.
      const read = dialect === 'mysql' ? await narrowStatements(path) : [];
      await expectExact(path, list, movies);
      const saved = path.replace('/watch/watchlist/', '/account/saved/');
      await expectExact(
        list.query.includes('ordering') ? saved : `${saved}&ordering=id`,
        list,
        movies,
        member,
      );
      if (dialect !== 'mysql') continue;
      const isPage = read.some((sql) => sql.startsWith('SELECT record'));
      expect(isPage ? 'page' : read.length > 0 ? 'count' : undefined, path).to.equal(list.narrow);
    }
    if (dialect === 'mysql')
      expect(await narrowStatements('/account/saved/?kind=show&active=true', member)).to.not.have.length(0);
  }).timeout(120_000);
});
