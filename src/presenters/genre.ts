import { z } from 'zod';
import { GENRE_NAME_MAX } from '../models/genre.js';
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
