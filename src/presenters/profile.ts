import { z } from 'zod';
import { isoTime } from '../database/sql/time.js';
import { USERNAME_MAX } from '../models/user.js';
import { type Distribution, ratingsOf } from '../ratings/distribution.js';
import type { ProfileRow } from '../reads/profiles.js';
import { count, instant, namesOf } from './values.js';
import { distributionSchema, mean, presentDistribution } from './distribution.js';

/** What everybody may know of a user. */
export const profileSchema = z
  .object({
    username: z.string().max(USERNAME_MAX).meta({ description: 'The username.', example: 'ana' }),
    date_joined: instant.meta({
      description: 'When the account was made.',
      example: '2026-02-14T12:00:00.000Z',
    }),
    number_reviews: count.meta({ description: 'How many reviews count; hidden ones do not.', example: 2 }),
    avg_rating: mean.meta({
      description: 'The mean of the stars that they give, not rounded; 0 where there are none.',
      example: 4.5,
    }),
    rating_distribution: distributionSchema,
  })
  .meta({ id: 'Profile', description: 'What everybody may know of a user.' });

export type ProfileJson = z.output<typeof profileSchema>;

export const PROFILE_FIELDS = namesOf(profileSchema);

/** What everybody may know of a user. */
export function presentProfile(profile: ProfileRow): ProfileJson {
  const { rating_1, rating_2, rating_3, rating_4, rating_5 } = profile;
  const distribution: Distribution = [rating_1, rating_2, rating_3, rating_4, rating_5];
  const { number_rating, avg_rating } = ratingsOf(distribution);
  return {
    username: profile.username,
    date_joined: isoTime(profile.date_joined),
    number_reviews: number_rating,
    avg_rating,
    rating_distribution: presentDistribution(profile),
  };
}
