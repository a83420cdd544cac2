import { pagingQuery, readPage } from '../http/lists/paging.js';
import type { Orders } from '../http/lists/ordering.js';
import { pageOf } from '../http/response/answers.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { foldCase } from '../models/validation.js';
import { GENRE_FIELDS, genreSchema, presentGenre } from '../presenters/genre.js';
import { EVERY } from '../reads/condition.js';
import { type GenreRow, GENRES } from '../reads/genres.js';

const orders: Orders<GenreRow> = {
  name: { column: 'name_key', key: (genre) => foldCase(genre.name) },
  watchlist_count: {
    column: 'watchlist_count',
    key: (genre) => genre.watchlist_count,
    ties: ['-name'],
  },
  id: { column: 'id', key: (genre) => genre.id },
};

const genreQuery = pagingQuery(orders, 'name').omit({ search: true });

export const genreRoutes: AnyRoute[] = [
  route('GET', '/watch/genres/', {
    policy: ['genre', 'read'],
    answers: pageOf(genreSchema),
    query: genreQuery,
    fields: GENRE_FIELDS,
    shows: () => null,
    handle: async ({ query, request }) => {
      const list = { source: GENRES, where: EVERY, quick: () => true };
      const page = await readPage<GenreRow>(list, query, request);
      return { page: { ...page, results: page.results.map(presentGenre) } };
    },
  }),
];
