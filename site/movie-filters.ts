import type { Query } from './api.js';

/** The orders of a list of movies, as the API names them; the first is the default. */
export const ORDERS = ['-weighted_rating', '-number_rating', '-created', '-year', 'year', 'title'] as const;

/** Those of a list of saved movies. */
export const SAVED_ORDERS = ['-saved', ...ORDERS] as const;

export type MovieOrder = (typeof SAVED_ORDERS)[number];

/** Whether the site offers this order of a list that has these. */
export function isOrder(text: string, orders: readonly MovieOrder[] = ORDERS): text is MovieOrder {
  return (orders as readonly string[]).includes(text);
}

/** What a list of movies is narrowed to, as an address has it. A filter that is not set is empty. */
export interface MovieFilters {
  /** A platform's id or name. */
  platform: string;
  /** The names of genres; movies have all of them. */
  genres: string[];
  kind: string;
  /** The first and the last year. */
  from: string;
  to: string;
  order: string;
  /** The orders that the list has; the first is the default. */
  orders: readonly MovieOrder[];
}

/** The API's names of the filters, whose faults it gives. */
export const API_NAMES = {
  platform: 'platform',
  genre: 'genre',
  kind: 'kind',
  from: 'year__gte',
  to: 'year__lte',
  order: 'ordering',
} as const;

/** One more than the API takes, so that it refuses more. Each genre's link repeats the others. */
const GENRES_READ = 21;

/**
 * Reads the filters of an address. `year` counts as `from` and `to`, and `ordering` as `order`. Of a name that comes twice
 * the last counts.
 */
export function filtersOf(query: URLSearchParams, orders: readonly MovieOrder[] = ORDERS): MovieFilters {
  const read = (...names: string[]) =>
    names.map((name) => query.getAll(name).at(-1)?.trim() ?? '').find((value) => value !== '') ?? '';
  return {
    platform: read('platform'),
    genres: [...new Set(query.getAll('genre').filter((name) => name.trim() !== ''))].slice(0, GENRES_READ),
    kind: read('kind'),
    from: read('from', 'year'),
    to: read('to', 'year'),
    order: read('order', 'ordering') || (orders[0] as MovieOrder),
    orders,
  };
}

/** Whether a list is narrowed, or in another order than the default. */
export function isNarrowed(filters: MovieFilters): boolean {
  return filters.order !== filters.orders[0] || countOf(filters) > 0;
}

/** How many filters are set; the years are one. */
export function countOf({ platform, genres, kind, from, to }: MovieFilters): number {
  return [platform, kind, from || to].filter(Boolean).length + genres.length;
}

/** The filters as parameters of the API. */
export function apiQuery({ platform, genres, kind, from, to, order }: MovieFilters): Query {
  return { platform, genre: genres, kind, year__gte: from, year__lte: to, ordering: order };
}

/**
 * The address of a list with these filters.
 * @param query what else the address has, such as the language; its filters and its page go
 */
export function addressOf(path: string, filters: MovieFilters, query: URLSearchParams): string {
  const parameters = new URLSearchParams();
  const { platform, genres, kind, from, to, order, orders } = filters;
  const language = query.get('lang');
  const pairs = [
    ['platform', platform],
    ...genres.map((name) => ['genre', name]),
    ['kind', kind],
    ['from', from],
    ['to', to],
    ['order', order === orders[0] ? '' : order],
    ['lang', language ?? ''],
  ] as [string, string][];
  for (const [name, value] of pairs) if (value !== '') parameters.append(name, value);
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}
