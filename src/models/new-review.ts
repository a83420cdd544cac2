import { type DatabaseError, UniqueConstraintError } from 'sequelize';
import { isDuplicate } from '../database/refusals.js';
import { fieldError } from '../database/model/field-error.js';
import { acting } from '../audit/acting-as.js';
import { lockMovies, lockUsers } from '../ratings/locks.js';
import { countVotes } from '../ratings/votes.js';
import { insertReviews } from './insert-reviews.js';
import { ALREADY_REVIEWED, Review, SEARCHED, voteOf } from './review.js';
import { setSearchText } from './search-text.js';

/** The values that the author of a review gives. */
export type NewReview = Pick<Review, 'user_id' | 'watchlist_id' | 'rating'> &
  Partial<Pick<Review, 'description' | 'spoiler' | 'active'>>;

/**
 * Creates a review with the rules and effects of `Review.create`, in half the CPU time: it is the most frequent write.
 * Call it in a transaction.
 * @param options.isWithheld whether it replaces a withheld review, as `lockReviewerAndMovie` tells
 * @throws {ValidationError} where a value is invalid, or the user has reviewed the movie before
 */
export async function addReview(values: NewReview, { isWithheld }: { isWithheld: boolean }): Promise<Review> {
  // A change by staff may have to be audited, and a withheld review hidden, which the hooks do.
  if (acting() || isWithheld) return Review.create(values);
  const review = Review.build(values);
  review.updated = review.created;
  await review.validate();
  setSearchText(review, SEARCHED);
  const vote = voteOf(review);
  // No statement is sent for rows that are locked already, as by `lockReviewerAndMovie`.
  await lockUsers([review.user_id]);
  await lockMovies([review.watchlist_id]);
  review.id = await insertReviews([review]).catch((error: DatabaseError) => {
    throw isDuplicate(error) ? reviewedTwice(error) : error;
  });
  review.isNewRecord = false;
  await countVotes([{ ...vote, by: 1 }]);
  return review;
}

/** The error that `Review.create` throws for a second review of the movie. */
function reviewedTwice({ original }: DatabaseError): UniqueConstraintError {
  const errors = ['watchlist_id', 'user_id'].map((field) =>
    fieldError(ALREADY_REVIEWED.msg, field, '', 'not_unique', 'unique violation'),
  );
  return new UniqueConstraintError({ parent: original as never, errors });
}
