import { chunks } from '../database/sql/row-locks.js';
import { withheldAmong } from '../ratings/withheld-reviews.js';
import { countVotes } from '../ratings/votes.js';
import { insertReviews } from './insert-reviews.js';
import { Review, SEARCHED } from './review.js';
import { setSearchText } from './search-text.js';

/** The values of a review that an author brings along. */
export interface BroughtReview {
  user_id: number;
  watchlist_id: number;
  rating: number;
  description: string | null;
  spoiler: boolean;
  created: Date;
  updated: Date;
}

/** A checked review with the words by which it is found. */
export interface PreparedReview extends BroughtReview {
  search_text: string | null;
}

/** Reviews in one statement. */
const BATCH = 100;

/**
 * Checks a review and finds its words: the most of the work for a new review, which needs no lock.
 * @throws {ValidationError} where a value is invalid
 */
export async function prepareReview(values: BroughtReview): Promise<PreparedReview> {
  const review = Review.build({ ...values });
  await review.validate();
  setSearchText(review, SEARCHED);
  return { ...values, search_text: review.search_text ?? null };
}

/**
 * Creates many reviews of one author with the rules and effects of `Review.bulkCreate`. Call it in a transaction that has
 * locked the author exclusively, the movies and the author's ratings, and knows that there is no review of these movies. The
 * change is the author's own: it is not audited.
 */
export async function addReviews(reviews: readonly PreparedReview[]): Promise<void> {
  // What moderation knows of an earlier review is restored by the hooks.
  const withheld = new Set((await withheldAmong([...reviews])).map(([review]) => review));
  for (const { search_text: _words, ...values } of withheld) await Review.create(values);
  const plain = reviews
    .filter((review) => !withheld.has(review))
    .map((review) => ({ ...review, active: true }));
  for (const rows of chunks(plain, BATCH)) await insertReviews(rows);
  await countVotes(plain.map((review) => ({ ...review, by: 1 })));
}
