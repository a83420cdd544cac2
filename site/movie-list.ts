import type { Genre, Movie, Platform } from './api.js';
import type { Choices } from './components/filters.js';
import type { Visit } from './http/page.js';
import { type Paged, readPaged, rowsOf } from './http/paged.js';
import { translate } from './locale/messages.js';
import { API_NAMES, apiQuery, isOrder, type MovieFilters } from './movie-filters.js';

/** Movies of a page: whole rows of two, three, five and six. */
const MOVIES = 30;
const CHOICES = 100;

/**
 * Reads a page of a list of movies, and the faults of the filters by their fields.
 * @param path the API's list
 */
export async function readMovies(
  visit: Visit,
  path: string,
  filters: MovieFilters,
): Promise<{ paged: Paged<Movie>; faults: Record<string, string[]> }> {
  // The API knows orders that the form does not offer.
  const isOffered = isOrder(filters.order, filters.orders);
  const asked = isOffered ? filters : { ...filters, order: filters.orders[0] ?? '' };
  const paged = await readPaged<Movie>(visit, path, apiQuery(asked), MOVIES);
  const messages: [string, string[]][] = Object.entries(API_NAMES)
    .map(([field, name]): [string, string[]] => [field, paged.faults[name] ?? []])
    .filter(([, faults]) => faults.length > 0);
  if (!isOffered) messages.push(['order', [`"${filters.order.slice(0, 40)}" is not a valid choice.`]]);
  const faults = Object.fromEntries(
    messages.map(([field, faults]) => [
      field,
      field === 'from' || field === 'to'
        ? [visit.text.browse.noYear]
        : faults.map((fault) => translate(fault, visit.language)),
    ]),
  );
  return { paged: messages.length > 0 ? { ...paged, status: 400 } : paged, faults };
}

/** Reads what one can filter by. */
export async function readChoices({ api }: Visit): Promise<Choices> {
  const [platforms, genres] = await Promise.all([
    api.list<Platform>('/watch/platformlist/', {
      ordering: 'name',
      page_size: rowsOf(CHOICES),
      fields: 'id,name,watchlist_count',
    }),
    api.list<Genre>('/watch/genres/', { ordering: '-watchlist_count', page_size: rowsOf(CHOICES) }),
  ]);
  return { platforms: platforms.results, genres: genres.results };
}
