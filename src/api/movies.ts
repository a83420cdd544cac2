import { z } from 'zod';
import type { Request } from 'express';
import { created, nothing, ok } from '../http/response/answers.js';
import { origin } from '../http/response/links.js';
import type { Faults } from '../http/errors.js';
import { boolean, choice, integer, nullable, text, texts } from '../http/request/fields.js';
import { type AnyRoute, deleteRecord, route } from '../http/routing/route.js';
import { lockLeaving } from '../ratings/movie-counts.js';
import { lockGenres, lockMovies } from '../ratings/locks.js';
import { foldCase, isStorable } from '../models/validation.js';
import { PLATFORM_NAME_MAX } from '../models/stream-platform.js';
import { GENRE_NAME_MAX } from '../models/genre.js';
import { GENRES_MAX, genresFault } from '../models/movie-genres.js';
import {
  IMDB_ID_MAX,
  imdbIdFault,
  KINDS,
  RUNTIME_MAX,
  RUNTIME_MIN,
  STORYLINE_MAX,
  TITLE_MAX,
  YEAR_MAX,
  YEAR_MIN,
} from '../models/movie-fields.js';
import { WatchList } from '../models/watch-list.js';
import {
  MOVIE_DETAIL_FIELDS,
  type MovieDetailJson,
  movieDetailSchema,
  presentMovieDetail,
} from '../presenters/movie.js';
import { type MovieDetailRow, readMovie } from '../reads/movies.js';
import { findPlatform as findPlatformId } from '../reads/platforms.js';
import { movieListRoutes } from './movie-lists.js';

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
    year: nullable(integer(YEAR_MIN, YEAR_MAX)).optional().meta({
      description: 'The year of its release.',
      example: 1995,
    }),
    kind: choice(KINDS).optional().meta({
      description: 'A movie, or a show with episodes; `movie` where it is left out.',
      example: 'movie',
    }),
    genres: texts(genresFault, {
      maxItems: GENRES_MAX,
      items: { type: 'string', minLength: 1, maxLength: GENRE_NAME_MAX },
    })
      .optional()
      .meta({
        description:
          'The names of its genres, without regard to case. One that does not exist is made. In a form the field is repeated.',
        example: ['Crime', 'Drama'],
      }),
    runtime: nullable(integer(RUNTIME_MIN, RUNTIME_MAX)).optional().meta({
      description: 'Its length in minutes.',
      example: 170,
    }),
    imdb_id: nullable(text({ max: IMDB_ID_MAX, blank: true }, imdbIdFault))
      .optional()
      .meta({
        description: 'Its id at IMDb: `tt` and 7 to 10 digits.',
        pattern: '^tt[0-9]{7,10}$',
        example: 'tt0113277',
      }),
  })
  .meta({ id: 'MovieBody', description: 'A movie as one writes it.' });

const movieChanges = movieBody
  .partial()
  .meta({ id: 'MovieChanges', description: 'What to change of a movie.' });

/** The movie of that id, or null. */
export async function loadMovie(
  id: number,
  _actor: unknown,
  { lock }: { lock: boolean },
): Promise<WatchList | null> {
  if (lock) await lockMovies([id], { required: [] });
  return WatchList.findByPk(id);
}

/** A movie that is locked, or was just created, as an answer shows it. */
export async function representMovie({ id }: WatchList, request: Request): Promise<MovieDetailJson> {
  return presentMovieDetail((await readMovie(id)) as MovieDetailRow, origin(request));
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

export const movieRoutes: AnyRoute[] = [
  ...movieListRoutes,
  route('POST', '/watch/watchlist/', {
    policy: ['movie', 'create'],
    answers: created(movieDetailSchema),
    body: movieBody,
    lists: ['genres'],
    lookUp: lookUpPlatform,
    idempotent: true,
    handle: async ({ body, request }) => {
      const movie = await WatchList.create(columnsOf(body) as WatchList);
      return { status: 201, body: await representMovie(movie, request) };
    },
  }),
  route('GET', DETAIL, {
    policy: ['movie', 'read'],
    answers: ok(movieDetailSchema),
    load: readMovie,
    fields: MOVIE_DETAIL_FIELDS,
    shows: (_answer, { record }) => [record.id],
    handle: async ({ record, request }) => ({
      status: 200,
      body: presentMovieDetail(record, origin(request)),
    }),
  }),
  ...(['PUT', 'PATCH'] as const).map((method) =>
    route(method, DETAIL, {
      policy: ['movie', 'update'],
      answers: ok(movieDetailSchema),
      load: loadMovie,
      represent: representMovie,
      body: method === 'PUT' ? movieBody : movieChanges,
      lists: ['genres'],
      lookUp: lookUpPlatform,
      lockFirst: async (id, { platform_id, genres }) => {
        if (platform_id !== undefined) await lockLeaving([id], platform_id, { genres: genres !== undefined });
        else if (genres !== undefined) await lockGenres();
      },
      handle: async ({ record, body, request }) => ({
        status: 200,
        body: await representMovie(await record.update(columnsOf(body)), request),
      }),
    }),
  ),
  route('DELETE', DETAIL, {
    policy: ['movie', 'delete'],
    answers: nothing(),
    load: loadMovie,
    represent: representMovie,
    lockFirst: (id) => lockLeaving([id]),
    handle: deleteRecord,
  }),
];
