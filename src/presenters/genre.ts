import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { GENRE_NAME_MAX } from '../models/genre.js';
import { foldCase } from '../models/validation.js';
import type { GenreRow } from '../reads/genres.js';
import { count, namesOf, recordId } from './values.js';

export const genreSchema = z
  .object({
    id: recordId,
    name: z
      .string()
      .max(GENRE_NAME_MAX)
      .meta({ description: 'The name, unique without regard to case.', example: 'Drama' }),
    watchlist_count: count.meta({ description: 'How many movies have it.', example: 12 }),
  })
  .meta({ id: 'Genre', description: 'A genre of movies.' });

export type GenreJson = z.output<typeof genreSchema>;

export const GENRE_FIELDS = namesOf(genreSchema);

export function presentGenre({ id, name, watchlist_count }: GenreRow): GenreJson {
  return { id, name, watchlist_count };
}

/** The lists of recent movies, by their rows' texts. A catalogue has few combinations of genres. */
const lists = new LRUCache<string, string[]>({ max: 5_000 });

/**
 * The genres of a movie.
 * @param lines the names, each on a line; null where it has none
 * @returns the names in alphabetical order, without regard to case
 */
export function presentGenres(lines: string | null): string[] {
  if (lines === null) return [];
  const known = lists.get(lines);
  if (known) return known;
  const keyed = lines.split('\n').map((name) => [foldCase(name), name] as const);
  const names = keyed.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
  lists.set(lines, names);
  return names;
}
