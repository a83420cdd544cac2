import type { z } from 'zod';
import { hasOneColumn, type List } from '../http/lists/list-slice.js';
import type { Orders } from '../http/lists/ordering.js';
import { orderOf, pagingQuery } from '../http/lists/paging.js';
import { nothing, pageOf } from '../http/response/answers.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { SavedMovie } from '../models/saved-movie.js';
import { MOVIE_FIELDS, movieSchema } from '../presenters/movie.js';
import { all, EVERY } from '../reads/condition.js';
import { readKnownCount } from '../reads/list.js';
import { readMovie } from '../reads/movies.js';
import {
  SAVED_AMONG_MOVIES,
  SAVED_MOVIES,
  savedBy,
  savedCount,
  type SavedMovieRow,
} from '../reads/saved-movies.js';
import { filters, indexOf, listOf, moviePage, orders } from './movie-lists.js';

const LIST = '/account/saved/';
const ONE = '/account/saved/:id/';

const savedOrders: Orders<SavedMovieRow> = {
  saved: { column: 'saved', sql: 'link.id', unique: true, key: (movie) => movie.saved },
  ...orders,
};

const savedQuery = pagingQuery(savedOrders, '-saved').extend(filters);

/** From so many saved movies on, movies are walked in another order until a page of them is found: few are sorted. */
const MANY = 2_000;

type SavedQuery = z.output<typeof savedQuery>;

/** The movies of a user's list that a query selects. */
async function savedListOf(query: SavedQuery, userId: number): Promise<List> {
  const { where } = listOf(query);
  if (!where) return { source: SAVED_MOVIES, where };
  const count = savedCount(userId);
  const isWhole = where === EVERY;
  const order = orderOf(query);
  const isIndexed = isWhole && !query.search && order[0]?.column !== 'saved' && hasOneColumn(order);
  if (isIndexed && (await readKnownCount(count)) > MANY) {
    return { source: SAVED_AMONG_MOVIES, where: savedBy(userId), count, index: indexOf };
  }
  return {
    source: SAVED_MOVIES,
    // The links find the movies, so that each is checked by its row.
    where: all([savedBy(userId), { ...where, sql: where.check ?? where.sql }]),
    ...(isWhole && { count, mayBeFew: true }),
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
      moviePage(await savedListOf(query, actor?.id ?? 0), query, request),
  }),
  route('PUT', ONE, {
    policy: ['savedMovie', 'create'],
    answers: nothing(),
    load: readMovie,
    movie: ({ id }) => id,
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
