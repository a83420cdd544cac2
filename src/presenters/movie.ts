import { STARS } from '../models/ratings.js';
import type { WatchList } from '../models/watch-list.js';

export const MOVIE_FIELDS = [
  'id',
  'title',
  'storyline',
  'platform',
  'platform_id',
  'active',
  'created',
  'avg_rating',
  'number_rating',
  'weighted_rating',
] as const;

export const MOVIE_DETAIL_FIELDS = [...MOVIE_FIELDS, 'rating_distribution'] as const;

/** A movie as lists show it. */
export function presentMovie(movie: WatchList, platformName = movie.platform?.name) {
  return {
    id: movie.id,
    title: movie.title,
    storyline: movie.storyline,
    platform: platformName,
    platform_id: movie.platform_id,
    active: movie.active,
    created: movie.created.toISOString(),
    avg_rating: movie.avg_rating,
    number_rating: movie.number_rating,
    weighted_rating: movie.weighted_rating,
  };
}

/** A movie where it is the whole answer. */
export function presentMovieDetail(movie: WatchList) {
  const rating_distribution = Object.fromEntries(STARS.map((stars) => [stars, movie[`rating_${stars}`]]));
  return { ...presentMovie(movie), rating_distribution };
}
