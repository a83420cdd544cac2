import { z } from 'zod';
import { PLATFORM_NAME_MAX } from '../models/stream-platform.js';
import { TITLE_MAX } from '../models/movie-fields.js';
import type { SuggestionRow } from '../reads/suggestions.js';
import { movieSchema } from './movie.js';
import { presentPoster } from './poster.js';
import { recordId } from './values.js';

const suggestionSchema = z
  .object({
    id: recordId,
    title: z.string().max(TITLE_MAX).meta({ description: 'The title, as it was written.', example: 'Heat' }),
    year: movieSchema.shape.year,
    platform: z
      .string()
      .max(PLATFORM_NAME_MAX)
      .meta({ description: 'The name of the platform.', example: 'Nightreel' }),
    poster: movieSchema.shape.poster,
  })
  .meta({ id: 'Suggestion', description: 'A movie that is suggested.' });

/** The suggestions for a text. */
export const suggestionsSchema = z
  .object({
    results: z.array(suggestionSchema).max(8).meta({ description: 'The movies, the best first.' }),
  })
  .meta({ id: 'Suggestions', description: 'The movies that somebody may be looking for.' });

/**
 * A movie as a suggestion.
 * @param origin what addresses begin with
 */
export function presentSuggestion(movie: SuggestionRow, origin: string): z.output<typeof suggestionSchema> {
  const { id, title, year, platform } = movie;
  return { id, title, year, platform, poster: presentPoster(movie, origin) };
}
