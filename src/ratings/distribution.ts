import { config } from '../config.js';

export const STARS = [1, 2, 3, 4, 5] as const;
export type Stars = (typeof STARS)[number];

/** The number of a movie's visible reviews with one star, two stars, … five stars. */
export type Distribution = readonly [number, number, number, number, number];

/** The fields of a movie that are derived from its reviews. */
export interface Ratings {
  number_rating: number;
  avg_rating: number;
  weighted_rating: number;
  rating_1: number;
  rating_2: number;
  rating_3: number;
  rating_4: number;
  rating_5: number;
}

export const PRIOR_VOTES = config.RATING_PRIOR_VOTES;
export const PRIOR_SUM = config.RATING_PRIOR_VOTES * config.RATING_PRIOR_MEAN;

/**
 * Computes the rating fields of a distribution. The weighted rating is the Bayesian average
 * (sum + m·C) / (n + m), see https://en.wikipedia.org/wiki/Bayesian_average; with m = 0 and no reviews it is C.
 */
export function ratingsOf(distribution: Distribution): Ratings {
  const [one, two, three, four, five] = distribution;
  const count = one + two + three + four + five;
  const sum = one + 2 * two + 3 * three + 4 * four + 5 * five;
  const weight = count + PRIOR_VOTES;
  return {
    number_rating: count,
    avg_rating: count === 0 ? 0 : sum / count,
    weighted_rating: weight === 0 ? config.RATING_PRIOR_MEAN : (sum + PRIOR_SUM) / weight,
    rating_1: one,
    rating_2: two,
    rating_3: three,
    rating_4: four,
    rating_5: five,
  };
}

/** The rating fields of a movie without reviews. */
export const NO_RATINGS: Ratings = ratingsOf([0, 0, 0, 0, 0]);

export const RATING_FIELDS = Object.keys(NO_RATINGS) as (keyof Ratings)[];
