import type { Request } from 'express';
import { z } from 'zod';
import { isoTime, storedTime } from '../database/sql/time.js';
import type { List } from '../http/lists/list-slice.js';
import { type Orders, RELEVANCE } from '../http/lists/ordering.js';
import { orderOf, type PagingQuery, pagingQuery, readPage } from '../http/lists/paging.js';
import { boolean, choice, decimal, filter, integer, text, time } from '../http/request/fields.js';
import { type Answer, pageOf } from '../http/response/answers.js';
import { origin } from '../http/response/links.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { GENRES_MAX } from '../models/movie-genres.js';
import { foldCase, isStorable } from '../models/validation.js';
import { KINDS } from '../models/movie-fields.js';
import { MOVIE_FIELDS, movieSchema, presentMovie } from '../presenters/movie.js';
import { all, type Condition, equal, NONE, range } from '../reads/condition.js';
import { genreCount, hasGenre } from '../reads/genres.js';
import { type MovieRow, MOVIES } from '../reads/movies.js';
import { movieCount, platformIdOf } from '../reads/platforms.js';

/** What `year_asc` has where there is no year. */
const NO_YEAR = 9_999;

/** The orders of lists of movies. */
export const orders: Orders<MovieRow> = {
  id: { column: 'id', key: (movie) => movie.id },
  title: { column: 'title_key', key: (movie) => foldCase(movie.title) },
  created: {
    column: 'created',
    key: (movie) => isoTime(movie.created),
    value: (key) => storedTime(new Date(key)),
  },
  avg_rating: { column: 'avg_rating', key: (movie) => movie.avg_rating },
  number_rating: { column: 'number_rating', key: (movie) => movie.number_rating },
  weighted_rating: { column: 'weighted_rating', key: (movie) => movie.weighted_rating },
  year: {
    column: 'year_asc',
    key: (movie) => movie.year ?? NO_YEAR,
    whenDescending: { column: 'year_desc', key: (movie) => movie.year ?? 0 },
  },
  relevance: {
    column: RELEVANCE,
    key: (movie) => movie.relevance as number,
    ties: ['number_rating', '-id'],
  },
};

/** More genres than any movie has. */
const FILTERED_GENRES_MAX = 2 * GENRES_MAX;

/** The filters of lists of movies. */
export const filters = {
  platform: filter(text({ max: 1_000, blank: true })).meta({
    description: 'Movies of this platform: its id, or its whole name without regard to case.',
    example: 'nightreel',
  }),
  title: filter(text({ max: 1_000, blank: true })).meta({
    description: 'Movies with this whole title, without regard to case.',
    example: 'heat',
  }),
  active: filter(boolean()).meta({ description: 'Whether the platform shows it now.', example: true }),
  avg_rating__gte: filter(decimal()).meta({ description: 'The least mean rating.', example: 3.5 }),
  avg_rating__lte: filter(decimal()).meta({ description: 'The largest mean rating.', example: 5 }),
  number_rating__gte: filter(integer()).meta({ description: 'The least number of reviews.', example: 1 }),
  number_rating__lte: filter(integer()).meta({
    description: 'The largest number of reviews.',
    example: 5000,
  }),
  created__gte: filter(time()).meta({
    description: 'Added at this instant or later. A day is its midnight, and without an offset it is UTC.',
    example: '2026-01-01T00:00:00Z',
  }),
  created__lte: filter(time()).meta({
    description: 'Added at this instant or before.',
    example: '2026-12-31T23:59:59Z',
  }),
  genre: filter(z.array(text({ max: 1_000, blank: true })).max(FILTERED_GENRES_MAX)).meta({
    description: 'Movies with this genre, without regard to case. Repeated: with all of them.',
    example: ['drama'],
  }),
  kind: filter(choice(KINDS)).meta({ description: 'Movies alone, or shows alone.', example: 'movie' }),
  year: filter(integer()).meta({ description: 'Movies of this year.', example: 1995 }),
  year__gte: filter(integer()).meta({ description: 'The earliest year.', example: 1990 }),
  year__lte: filter(integer()).meta({ description: 'The latest year.', example: 1999 }),
  runtime__gte: filter(integer()).meta({ description: 'The least length in minutes.', example: 60 }),
  runtime__lte: filter(integer()).meta({ description: 'The largest length in minutes.', example: 300 }),
  imdb_id: filter(text({ max: 1_000, blank: true })).meta({
    description: 'Movies with this id at IMDb.',
    example: 'tt0113277',
  }),
};

const movieQuery = pagingQuery(orders, 'id', '-relevance').extend(filters);

/** The query of the original's second list, which is by `created`. */
const secondQuery = pagingQuery(orders, 'created').extend(filters);

type MovieQuery<Row = MovieRow> = PagingQuery<Row> & z.output<z.ZodObject<typeof filters>>;

/** The page size of the original's second list. */
const SECOND_PAGE_SIZE = 5;

/**
 * The condition that movies are active, or not. Nearly all of them usually are, so `+ 0` keeps MySQL from intersecting the
 * index on `active` with another one and sorting the result. For the few inactive movies the index is fast; SQLite uses its
 * partial index only for the literal value.
 */
function isActive(active: boolean): Condition {
  return { sql: active ? 'record.active + 0 = 1' : 'record.active = 0', values: [] };
}

/**
 * The conditions on the year. The column is that of the order, if it is one by year, so that one index serves both; it
 * has a value where there is no year.
 */
function yearIs<Row>(query: MovieQuery<Row>): Condition[] {
  const { year, year__gte, year__lte } = query;
  const column = orderOf(query)[0]?.column === 'year_desc' ? 'year_desc' : 'year_asc';
  const within = (value: number) => Math.min(Math.max(value, 1), NO_YEAR - 1);
  if (year !== undefined && year !== within(year)) return [NONE];
  const exact = year === undefined ? [] : [equal(column, year)];
  if (year__gte === undefined && year__lte === undefined) return exact;
  if ((year__gte ?? 0) >= NO_YEAR) return [NONE];
  return [...exact, ...range(column, within(year__gte ?? 1), within(year__lte ?? NO_YEAR))];
}

/** The conditions of all filters but the platform, `active` and the genres. */
function conditionsOf<Row>(query: MovieQuery<Row>): Condition[] {
  return [
    ...range('avg_rating', query.avg_rating__gte, query.avg_rating__lte),
    ...range('number_rating', query.number_rating__gte, query.number_rating__lte),
    ...range('created', query.created__gte, query.created__lte),
    ...(query.title ? [equal('title_key', foldCase(query.title))] : []),
    ...(query.kind ? [equal('kind', query.kind)] : []),
    ...yearIs(query),
    ...range('runtime', query.runtime__gte, query.runtime__lte),
    ...(query.imdb_id ? [equal('imdb_id', query.imdb_id)] : []),
  ];
}

/** The case-folded names of the genres that a query asks for; null where one of them cannot exist. */
function genresOf({ genre = [] }: Pick<MovieQuery, 'genre'>): string[] | null {
  const names = genre.filter((name) => name !== '');
  return names.every(isStorable) ? [...new Set(names.map(foldCase))] : null;
}

/** The list of all movies that a query selects. It is empty if the query names a platform or a genre that does not exist. */
export function listOf<Row>(query: MovieQuery<Row>): List {
  const genres = genresOf(query);
  const isNowhere = query.platform && !isStorable(query.platform);
  if (isNowhere || !genres) return { source: MOVIES, where: null };
  const conditions = conditionsOf(query);
  const platform = query.platform ? platformIdOf(query.platform, foldCase(query.platform)) : undefined;
  // Platforms and genres keep counts of their movies, but not by these conditions.
  const isWhole = conditions.length === 0 && genres.length === 0;
  const [genre, ...otherGenres] = genres;
  const isGenre =
    genre !== undefined &&
    otherGenres.length + conditions.length === 0 &&
    !platform &&
    query.active === undefined;
  const count = isWhole ? movieCount(platform, query.active) : isGenre ? genreCount(genre) : undefined;
  conditions.push(...genres.map(hasGenre));
  if (query.active !== undefined) conditions.push(isActive(query.active));
  if (platform) conditions.push({ ...platform, sql: `record.platform_id = ${platform.sql}` });
  // Each column of an order has an index, alone and, but for the year, behind the platform.
  const isOfPlatform = (column: string) => !platform || !column.startsWith('year_');
  const mayBeFew =
    genre !== undefined || (platform !== undefined && !isOfPlatform(orderOf(query)[0]?.column ?? 'id'));
  const quick = (column: string) => isWhole && query.active === undefined && isOfPlatform(column);
  // The few inactive movies have an index of their own. Others that are few are sorted, without this index.
  const isNamed = !isWhole || query.active !== false;
  const index = (column: string) =>
    isNamed ? indexOf(column, platform !== undefined && isOfPlatform(column)) : undefined;
  return { source: MOVIES, where: all(conditions), count, mayBeFew, quick, index };
}

/** The index of movies in the order of a column, of all or of a platform. */
export function indexOf(column: string, platform = false): string {
  if (platform) return `watch_lists_platform_${column.replace('title_key', 'title')}`;
  return column === 'id' ? 'PRIMARY' : `watch_lists_${column}`;
}

/** Whether a list's filters or its order depend on the movies' ratings. */
function dependsOnRatings(query: MovieQuery): boolean {
  const filters = ['avg_rating__gte', 'avg_rating__lte', 'number_rating__gte', 'number_rating__lte'] as const;
  return (
    filters.some((name) => query[name] !== undefined) ||
    orderOf(query).some(({ column }) => column.endsWith('_rating'))
  );
}

function idsOf(answer: Answer): number[] {
  return 'page' in answer ? (answer.page.results as { id: number }[]).map(({ id }) => id) : [];
}

/** Reads a page of a list of movies, as an answer shows it. */
export async function moviePage<Row extends MovieRow>(list: List, query: PagingQuery<Row>, request: Request) {
  const page = await readPage<Row>(list, query, request);
  const at = origin(request);
  return { page: { ...page, results: page.results.map((movie) => presentMovie(movie, at)) } };
}

/** The list of movies at a path. */
function listRoute(
  path: string,
  query: z.ZodType<MovieQuery>,
  paging: Pick<MovieQuery, 'cursor' | 'page_size'> = {},
): AnyRoute {
  return route('GET', path, {
    policy: ['movie', 'read'],
    answers: pageOf(movieSchema),
    query,
    lists: ['genre'],
    fields: MOVIE_FIELDS,
    shows: (answer, context) => (dependsOnRatings(context.query) ? null : idsOf(answer)),
    handle: async (context) => {
      const asked = { ...paging, ...context.query };
      return moviePage(listOf(asked), asked, context.request);
    },
  });
}

export const movieListRoutes: AnyRoute[] = [
  listRoute('/watch/watchlist/', movieQuery),
  listRoute('/watch/watchlist2/', secondQuery, { cursor: '', page_size: SECOND_PAGE_SIZE }),
];
