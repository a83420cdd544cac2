import type { Review } from '../models/review.js';

export const REVIEW_FIELDS = [
  'id',
  'review_user',
  'rating',
  'description',
  'spoiler',
  'created',
  'update',
  'active',
  'watchlist',
  'title',
] as const;

/** A review; its `user` and `movie` must be loaded. */
export function presentReview(review: Review) {
  return {
    id: review.id,
    review_user: review.user?.username,
    rating: review.rating,
    description: review.description ?? null,
    spoiler: review.spoiler,
    created: review.created.toISOString(),
    update: review.updated.toISOString(),
    active: review.active,
    watchlist: review.watchlist_id,
    title: review.movie?.title,
  };
}
