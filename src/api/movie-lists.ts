import { z } from 'zod';
import { isoTime, storedTime } from '../database/sql/time.js';
import type { List } from '../http/lists/list-slice.js';
import type { Orders } from '../http/lists/ordering.js';
import { pagingQuery, readPage } from '../http/lists/paging.js';
import { boolean, decimal, filter, integer, text, time } from '../http/request/fields.js';
import { type Answer, pageOf } from '../http/response/answers.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { foldCase, isStorable } from '../models/validation.js';
import { MOVIE_FIELDS, movieSchema, presentMovie } from '../presenters/movie.js';
import { all, type Condition, equal, range } from '../reads/condition.js';
import { type MovieRow, MOVIES } from '../reads/movies.js';
import { movieCount, platformIdOf } from '../reads/platforms.js';

const orders: Orders<MovieRow> = {
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
};

const filters = {
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
};

const movieQuery = pagingQuery(orders).extend(filters);

/** The query of the original's second list, which is by `created`. */
const secondQuery = pagingQuery(orders, 'created').extend(filters);

type MovieQuery = z.output<typeof movieQuery>;

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

/** The list that a query selects. It is empty if the query names a platform that does not exist. */
function listOf(query: MovieQuery): List {
  const conditions = [
    ...range('avg_rating', query.avg_rating__gte, query.avg_rating__lte),
    ...range('number_rating', query.number_rating__gte, query.number_rating__lte),
    ...range('created', query.created__gte, query.created__lte),
  ];
  if (query.title) conditions.push(equal('title_key', foldCase(query.title)));
  if (query.platform && !isStorable(query.platform)) return { source: MOVIES, where: null };
  const platform = query.platform ? platformIdOf(query.platform, foldCase(query.platform)) : undefined;
  // The platforms keep counts of their movies, but not by these conditions.
  const isWhole = conditions.length === 0;
  const count = isWhole ? movieCount(platform, query.active) : undefined;
  if (query.active !== undefined) conditions.push(isActive(query.active));
  if (platform) conditions.push({ ...platform, sql: `record.platform_id = ${platform.sql}` });
  // Each column of an order has an index, alone and behind the platform.
  const quick = () => isWhole && query.active === undefined;
  return { source: MOVIES, where: all(conditions), count, quick };
}

/** Whether a list's filters or its order depend on the movies' ratings. */
function dependsOnRatings(query: MovieQuery): boolean {
  const filters = ['avg_rating__gte', 'avg_rating__lte', 'number_rating__gte', 'number_rating__lte'] as const;
  return (
    filters.some((name) => query[name] !== undefined) ||
    query.ordering.some(({ column }) => column.endsWith('_rating'))
  );
}

function idsOf(answer: Answer): number[] {
  return 'page' in answer ? (answer.page.results as { id: number }[]).map(({ id }) => id) : [];
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
    fields: MOVIE_FIELDS,
    shows: (answer, context) => (dependsOnRatings(context.query) ? null : idsOf(answer)),
    handle: async (context) => {
      const asked = { ...paging, ...context.query };
      const page = await readPage(listOf(asked), asked, context.request);
      return { page: { ...page, results: page.results.map(presentMovie) } };
    },
  });
}

export const movieListRoutes: AnyRoute[] = [
  listRoute('/watch/watchlist/', movieQuery),
  listRoute('/watch/watchlist2/', secondQuery, { cursor: '', page_size: SECOND_PAGE_SIZE }),
];
