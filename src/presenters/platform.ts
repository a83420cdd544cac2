import { z } from 'zod';
import { PLATFORM_ABOUT_MAX, PLATFORM_NAME_MAX, PLATFORM_WEBSITE_MAX } from '../models/stream-platform.js';
import type { MovieRow } from '../reads/movies.js';
import type { PlatformRow } from '../reads/platforms.js';
import { movieSchema, presentMovie } from './movie.js';
import { count, namesOf, recordId } from './values.js';

/** The most movies that a platform is shown with. */
export const NEWEST = 20;

/** A platform with its newest movies. */
export const platformSchema = z
  .object({
    id: recordId,
    name: z
      .string()
      .max(PLATFORM_NAME_MAX)
      .meta({ description: 'The name, unique without regard to case.', example: 'Nightreel' }),
    about: z.string().max(PLATFORM_ABOUT_MAX).meta({
      description: 'What the platform is.',
      example: 'Crime, suspense and film noir, restored.',
    }),
    website: z
      .string()
      .max(PLATFORM_WEBSITE_MAX)
      .meta({ description: 'Its http or https address.', example: 'https://nightreel.example.org' }),
    watchlist: z
      .array(movieSchema)
      .max(NEWEST)
      .meta({ description: `Its newest movies, at most ${NEWEST}, the last added first.` }),
    watchlist_count: count.meta({ description: 'How many movies it has in all.', example: 1 }),
  })
  .meta({ id: 'Platform', description: 'A streaming platform.' });

export type PlatformJson = z.output<typeof platformSchema>;

export const PLATFORM_FIELDS = namesOf(platformSchema);

/**
 * A platform with its newest movies.
 * @param origin what addresses begin with
 */
export function presentPlatform(platform: PlatformRow, newest: MovieRow[], origin: string): PlatformJson {
  return {
    id: platform.id,
    name: platform.name,
    about: platform.about,
    website: platform.website,
    watchlist: newest.map((movie) => presentMovie(movie, origin)),
    watchlist_count: platform.watchlist_count,
  };
}
