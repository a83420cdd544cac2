import { z } from 'zod';
import { DESCRIPTION_MAX } from '../models/review.js';
import { USERNAME_MAX } from '../models/user.js';
import { TITLE_MAX } from '../models/movie-fields.js';
import type { ReviewRow } from '../reads/reviews.js';
import { isoTime } from '../database/sql/time.js';
import { count, instant, namesOf, recordId } from './values.js';

/** A review. */
export const reviewSchema = z
  .object({
    id: recordId,
    review_user: z.string().max(USERNAME_MAX).meta({ description: 'The author’s username.', example: 'ana' }),
    rating: z.int().min(1).max(5).meta({ description: 'Stars, 1 to 5.', example: 5 }),
    description: z.string().max(DESCRIPTION_MAX).nullable().meta({
      description: 'The text; null where the author wrote none.',
      example: 'Holds up on every viewing.',
    }),
    spoiler: z.boolean().meta({ description: 'Whether the text gives the plot away.', example: false }),
    created: instant.meta({ description: 'When it was written.', example: '2026-03-01T18:00:00.000Z' }),
    update: instant.meta({
      description: 'When it was last changed.',
      example: '2026-03-01T18:05:00.000Z',
    }),
    active: z.boolean().meta({
      description:
        'False where a moderator has hidden it: then it counts in no rating, and others do not see it.',
      example: true,
    }),
    watchlist: recordId.meta({ description: 'The id of the movie.', example: 1 }),
    title: z.string().max(TITLE_MAX).meta({ description: 'The title of the movie.', example: 'Heat' }),
    helpful_count: count.meta({ description: 'How many users find it helpful.', example: 3 }),
  })
  .meta({ id: 'Review', description: 'What one user thinks of one movie.' });

export type ReviewJson = z.output<typeof reviewSchema>;

export const REVIEW_FIELDS = namesOf(reviewSchema);

/** A review. */
export function presentReview(review: ReviewRow): ReviewJson {
  return {
    id: review.id,
    review_user: review.username,
    rating: review.rating,
    description: review.description,
    spoiler: review.spoiler === 1,
    created: isoTime(review.created),
    update: isoTime(review.update),
    active: review.active === 1,
    watchlist: review.watchlist_id,
    title: review.title,
    helpful_count: review.helpful_count,
  };
}
