import { z } from 'zod';
import { count } from './values.js';

/** A mean rating, or one that is weighted. */
export const mean = z.number().min(0).max(5).meta({ format: 'double' });

const reviewsOf = (stars: number, example: number) =>
  count.meta({ description: `Reviews with ${stars} of 5 stars.`, example: example });

/** How many reviews gave how many stars. */
export const distributionSchema = z
  .object({
    1: reviewsOf(1, 0),
    2: reviewsOf(2, 0),
    3: reviewsOf(3, 0),
    4: reviewsOf(4, 1),
    5: reviewsOf(5, 1),
  })
  .meta({ description: 'How many reviews gave how many stars.' });

/** A row that counts reviews by stars. */
interface DistributionRow {
  rating_1: number;
  rating_2: number;
  rating_3: number;
  rating_4: number;
  rating_5: number;
}

/** How many reviews gave how many stars. */
export function presentDistribution(row: DistributionRow): z.output<typeof distributionSchema> {
  return { 1: row.rating_1, 2: row.rating_2, 3: row.rating_3, 4: row.rating_4, 5: row.rating_5 };
}
