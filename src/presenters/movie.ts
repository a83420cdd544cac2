import { z } from 'zod';
import { PLATFORM_NAME_MAX } from '../models/stream-platform.js';
import { GENRE_NAME_MAX } from '../models/genre.js';
import { GENRES_MAX } from '../models/movie-genres.js';
import {
  IMDB_ID_MAX,
  KINDS,
  RUNTIME_MAX,
  RUNTIME_MIN,
  STORYLINE_MAX,
  TITLE_MAX,
  YEAR_MAX,
  YEAR_MIN,
} from '../models/movie-fields.js';
import type { MovieDetailRow, MovieRow } from '../reads/movies.js';
import { isoTime } from '../database/sql/time.js';
import { distributionSchema, mean, presentDistribution } from './distribution.js';
import { posterSchema, presentPoster } from './poster.js';
import { count, instant, namesOf, recordId } from './values.js';

/** A movie as lists show it. */
export const movieSchema = z
  .object({
    id: recordId,
    title: z.string().max(TITLE_MAX).meta({ description: 'The title, as it was written.', example: 'Heat' }),
    storyline: z.string().max(STORYLINE_MAX).meta({
      description: 'What the movie is about.',
      example: 'A thief plans one last robbery while a detective closes in.',
    }),
    platform: z
      .string()
      .max(PLATFORM_NAME_MAX)
      .meta({ description: 'The name of the platform.', example: 'Nightreel' }),
    platform_id: recordId.meta({ description: 'The id of the platform.', example: 3 }),
    active: z.boolean().meta({ description: 'Whether the platform shows it now.', example: true }),
    created: instant.meta({ description: 'When it was added.', example: '2026-03-01T09:30:00.000Z' }),
    avg_rating: mean.meta({
      description: 'The mean of its reviews’ ratings, not rounded; 0 where there are none.',
      example: 4.5,
    }),
    number_rating: count.meta({ description: 'How many reviews count.', example: 2 }),
    weighted_rating: mean.meta({
      description:
        'The Bayesian average, by which to order charts: few reviews pull it less far from the mean of all.',
      example: 3.6666666666666665,
    }),
    year: z.int().min(YEAR_MIN).max(YEAR_MAX).nullable().meta({
      description: 'The year of its release; null where it is not known.',
      example: 1995,
    }),
    kind: z.enum(KINDS).meta({ description: 'A movie, or a show with episodes.', example: 'movie' }),
    genres: z
      .array(z.string().max(GENRE_NAME_MAX))
      .max(GENRES_MAX)
      .meta({ description: 'The names of its genres, in alphabetical order.', example: ['Crime', 'Drama'] }),
    runtime: z.int().min(RUNTIME_MIN).max(RUNTIME_MAX).nullable().meta({
      description: 'Its length in minutes; null where it is not known.',
      example: 170,
    }),
    imdb_id: z.string().max(IMDB_ID_MAX).nullable().meta({
      description: 'Its id at IMDb; null where it is not known.',
      example: 'tt0113277',
    }),
    poster: posterSchema.nullable().meta({ description: 'Its poster, or null.' }),
  })
  .meta({ id: 'Movie', description: 'A movie on a platform, with the ratings that its reviews give it.' });

export type MovieJson = z.output<typeof movieSchema>;

/** A movie as the whole answer. */
export const movieDetailSchema = movieSchema
  .extend({
    rating_distribution: distributionSchema,
  })
  .meta({ id: 'MovieDetail', description: 'A movie with the distribution of its ratings.' });

export type MovieDetailJson = z.output<typeof movieDetailSchema>;

export const MOVIE_FIELDS = namesOf(movieSchema);

export const MOVIE_DETAIL_FIELDS = namesOf(movieDetailSchema);

/**
 * A movie as lists show it.
 * @param origin what addresses begin with
 */
export function presentMovie(movie: MovieRow, origin: string): MovieJson {
  return {
    id: movie.id,
    title: movie.title,
    storyline: movie.storyline,
    platform: movie.platform,
    platform_id: movie.platform_id,
    active: movie.active === 1,
    created: isoTime(movie.created),
    avg_rating: movie.avg_rating,
    number_rating: movie.number_rating,
    weighted_rating: movie.weighted_rating,
    year: movie.year,
    kind: movie.kind,
    genres: movie.genres,
    runtime: movie.runtime,
    imdb_id: movie.imdb_id,
    poster: presentPoster(movie, origin),
  };
}

/**
 * A movie as the whole answer.
 * @param origin what addresses begin with
 */
export function presentMovieDetail(movie: MovieDetailRow, origin: string): MovieDetailJson {
  return { ...presentMovie(movie, origin), rating_distribution: presentDistribution(movie) };
}
