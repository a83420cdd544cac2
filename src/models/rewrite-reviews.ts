import { write } from '../database/sql/statements.js';
import { storedTime } from '../database/sql/time.js';
import { countVotes } from '../ratings/votes.js';
import { Review, SEARCHED } from './review.js';
import { setSearchText } from './search-text.js';

/** A shown review as it is stored, and what it becomes. */
export interface RewrittenReview {
  id: number;
  user_id: number;
  watchlist_id: number;
  /** The stored stars. */
  before: number;
  rating: number;
  description: string | null;
  spoiler: boolean;
}

const UPDATE =
  'UPDATE reviews SET rating = ?, description = ?, spoiler = ?, search_text = ?, `update` = ? WHERE id = ?';

/**
 * Changes many reviews of one author with the rules and effects of `Review.update`, by one statement each in place of eight.
 * Call it in a transaction that has locked the author exclusively, the movies and the author's ratings, and has read the
 * reviews since. The change is the author's own: it is not audited.
 * @throws {ValidationError} where a value is invalid
 */
export async function rewriteReviews(reviews: readonly RewrittenReview[]): Promise<void> {
  const updated = storedTime(new Date());
  for (const { id, before: _before, ...values } of reviews) {
    const review = Review.build(values);
    await review.validate();
    setSearchText(review, SEARCHED);
    const { rating, description, spoiler, search_text } = review;
    const row = [rating, description ?? null, Number(spoiler), search_text ?? null, updated, id];
    await write(UPDATE, row);
  }
  const votes = reviews.filter(({ before, rating }) => before !== rating);
  await countVotes(
    votes.flatMap(({ user_id, watchlist_id, before, rating }) => [
      { user_id, watchlist_id, rating: before, active: true, by: -1 as const },
      { user_id, watchlist_id, rating, active: true, by: 1 as const },
    ]),
  );
}
