import type { z } from 'zod';
import type { List } from '../http/lists/list-slice.js';
import type { Orders } from '../http/lists/ordering.js';
import { pagingQuery } from '../http/lists/paging.js';
import { nothing, pageOf } from '../http/response/answers.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { SavedMovie } from '../models/saved-movie.js';
import { MOVIE_FIELDS, movieSchema } from '../presenters/movie.js';
import { all, EVERY } from '../reads/condition.js';
import { readMovie } from '../reads/movies.js';
import { SAVED_MOVIES, savedBy, savedCount, type SavedMovieRow } from '../reads/saved-movies.js';
import { filters, listOf, moviePage, orders } from './movie-lists.js';

const LIST = '/account/saved/';
const ONE = '/account/saved/:id/';

const savedOrders: Orders<SavedMovieRow> = {
  saved: { column: 'saved', sql: 'link.id', unique: true, key: (movie) => movie.saved },
  ...orders,
};

const savedQuery = pagingQuery(savedOrders, '-saved').extend(filters);

/** The movies of a user's list that a query selects. The links find them, so that each is checked by its row. */
function savedListOf(query: z.output<typeof savedQuery>, userId: number): List {
  const { where } = listOf(query);
  if (!where) return { source: SAVED_MOVIES, where };
  const isWhole = where === EVERY;
  return {
    source: SAVED_MOVIES,
    where: all([savedBy(userId), { ...where, sql: where.check ?? where.sql }]),
    ...(isWhole && { count: savedCount(userId), mayBeFew: true }),
    quick: (column) => isWhole && column === 'saved',
  };
}

export const savedMovieRoutes: AnyRoute[] = [
  route('GET', LIST, {
    policy: ['savedMovie', 'read'],
    answers: pageOf(movieSchema),
    query: savedQuery,
    lists: ['genre'],
    fields: MOVIE_FIELDS,
    handle: async ({ query, actor, request }) =>
      moviePage(savedListOf(query, actor?.id ?? 0), query, request),
  }),
  route('PUT', ONE, {
    policy: ['savedMovie', 'create'],
    answers: nothing(),
    load: readMovie,
    handle: async ({ id, actor }) => {
      await SavedMovie.keep(actor?.id ?? 0, id);
      return { status: 204 };
    },
  }),
  route('DELETE', ONE, {
    policy: ['savedMovie', 'delete'],
    answers: nothing(),
    load: readMovie,
    handle: async ({ id, actor }) => {
      await SavedMovie.forget(actor?.id ?? 0, id);
      return { status: 204 };
    },
  }),
];
