import { z } from 'zod';
import { type Answer, created, nothing, ok, pageOf } from '../http/response/answers.js';
import type { Faults } from '../http/errors.js';
import { boolean, decimal, filter, integer, text, time } from '../http/request/fields.js';
import type { Orders } from '../http/lists/ordering.js';
import type { List } from '../http/lists/list-slice.js';
import { pagingQuery, readPage } from '../http/lists/paging.js';
import { type AnyRoute, deleteRecord, route } from '../http/routing/route.js';
import { lockLeaving } from '../ratings/movie-counts.js';
import { lockMovies } from '../ratings/locks.js';
import { foldCase, isStorable } from '../models/validation.js';
import { PLATFORM_NAME_MAX } from '../models/stream-platform.js';
import { STORYLINE_MAX, TITLE_MAX, WatchList } from '../models/watch-list.js';
import {
  MOVIE_DETAIL_FIELDS,
  MOVIE_FIELDS,
  type MovieDetailJson,
  movieDetailSchema,
  movieSchema,
  presentMovie,
  presentMovieDetail,
} from '../presenters/movie.js';
import { all, type Condition, equal, range } from '../reads/condition.js';
import { type MovieDetailRow, type MovieRow, MOVIES, readMovie } from '../reads/movies.js';
import { findPlatform as findPlatformId, movieCount, platformIdOf } from '../reads/platforms.js';
import { isoTime, storedTime } from '../database/sql/time.js';

const LIST = '/watch/watchlist/';
const DETAIL = '/watch/watchlist/:id/';

const movieBody = z
  .object({
    title: text({ max: TITLE_MAX }).meta({
      description: 'The title; kept as it is sent.',
      example: 'Heat',
    }),
    storyline: text({ max: STORYLINE_MAX }).meta({
      description: 'What the movie is about.',
      example: 'A thief plans one last robbery while a detective closes in.',
    }),
    platform: text({ max: PLATFORM_NAME_MAX * 3 }).meta({
      description: 'The platform: its id, or else its name without regard to case.',
      example: 'Nightreel',
    }),
    active: boolean().optional().meta({
      description: 'Whether the platform shows it now; true where it is left out.',
      example: true,
    }),
  })
  .meta({ id: 'MovieBody', description: 'A movie as one writes it.' });

const movieChanges = movieBody
  .partial()
  .meta({ id: 'MovieChanges', description: 'What to change of a movie.' });

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

const movieQuery = pagingQuery(orders).extend({
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
});

/** The movie of that id, or null. */
async function loadMovie(
  id: number,
  _actor: unknown,
  { lock }: { lock: boolean },
): Promise<WatchList | null> {
  if (lock) await lockMovies([id], { required: [] });
  return WatchList.findByPk(id);
}

/** A movie that is locked, or was just created, as an answer shows it. */
async function represent({ id }: WatchList): Promise<MovieDetailJson> {
  return presentMovieDetail((await readMovie(id)) as MovieDetailRow);
}

/** The id of the platform that a text names: by its id if the text is the digits of an existing one, else by its name. */
async function findPlatform(idOrName: string): Promise<number | null> {
  return isStorable(idOrName) ? findPlatformId(idOrName, foldCase(idOrName)) : null;
}

/** Looks up the platform that a body names; without one there is nothing to find. */
async function lookUpPlatform({
  platform,
}: {
  platform?: unknown;
}): Promise<{ found: { platform_id?: number } } | { faults: Faults }> {
  if (typeof platform !== 'string' && typeof platform !== 'number') return { found: {} };
  const platform_id = await findPlatform(String(platform));
  return platform_id === null
    ? { faults: { platform: [`Invalid pk "${platform}" - object does not exist.`] } }
    : { found: { platform_id } };
}

/** The columns that a checked body writes: all but the platform's name, in whose place there is its id. */
function columnsOf<Body extends { platform?: string }>({ platform: _name, ...columns }: Body) {
  return columns;
}

/**
 * The condition that movies are active, or not. Nearly all of them usually are, so `+ 0` keeps MySQL from intersecting the
 * index on `active` with another one and sorting the result. For the few inactive movies the index is fast; SQLite uses its
 * partial index only for the literal value.
 */
function isActive(active: boolean): Condition {
  return { sql: active ? 'record.active + 0 = 1' : 'record.active = 0', values: [] };
}

/** The list that a query selects. It is empty if the query names a platform that does not exist. */
function listOf(query: z.output<typeof movieQuery>): List {
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
function dependsOnRatings(query: z.output<typeof movieQuery>): boolean {
  const filters = ['avg_rating__gte', 'avg_rating__lte', 'number_rating__gte', 'number_rating__lte'] as const;
  return (
    filters.some((name) => query[name] !== undefined) ||
    query.ordering.some(({ column }) => column.endsWith('_rating'))
  );
}

function idsOf(answer: Answer): number[] {
  return 'page' in answer ? (answer.page.results as { id: number }[]).map(({ id }) => id) : [];
}

export const movieRoutes: AnyRoute[] = [
  route('GET', LIST, {
    policy: ['movie', 'read'],
    answers: pageOf(movieSchema),
    query: movieQuery,
    fields: MOVIE_FIELDS,
    shows: (answer, { query }) => (dependsOnRatings(query) ? null : idsOf(answer)),
    handle: async ({ query, request }) => {
      const page = await readPage(listOf(query), query, request);
      return { page: { ...page, results: page.results.map(presentMovie) } };
    },
  }),
  route('POST', LIST, {
    policy: ['movie', 'create'],
    answers: created(movieDetailSchema),
    body: movieBody,
    lookUp: lookUpPlatform,
    idempotent: true,
    handle: async ({ body }) => {
      const movie = await WatchList.create(columnsOf(body) as WatchList);
      return { status: 201, body: await represent(movie) };
    },
  }),
  route('GET', DETAIL, {
    policy: ['movie', 'read'],
    answers: ok(movieDetailSchema),
    load: readMovie,
    fields: MOVIE_DETAIL_FIELDS,
    shows: (_answer, { record }) => [record.id],
    handle: async ({ record }) => ({ status: 200, body: presentMovieDetail(record) }),
  }),
  ...(['PUT', 'PATCH'] as const).map((method) =>
    route(method, DETAIL, {
      policy: ['movie', 'update'],
      answers: ok(movieDetailSchema),
      load: loadMovie,
      represent,
      body: method === 'PUT' ? movieBody : movieChanges,
      lookUp: lookUpPlatform,
      lockFirst: async (id, { platform_id }) => {
        if (platform_id !== undefined) await lockLeaving([id], platform_id);
      },
      handle: async ({ record, body }) => ({
        status: 200,
        body: await represent(await record.update(columnsOf(body))),
      }),
    }),
  ),
  route('DELETE', DETAIL, {
    policy: ['movie', 'delete'],
    answers: nothing(),
    load: loadMovie,
    represent,
    lockFirst: (id) => lockLeaving([id]),
    handle: deleteRecord,
  }),
];
