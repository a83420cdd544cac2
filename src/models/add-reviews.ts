import { chunks } from '../database/sql/row-locks.js';
import { type Value, write } from '../database/sql/statements.js';
import { storedTime } from '../database/sql/time.js';
import { withheldAmong } from '../ratings/withheld-reviews.js';
import { countVotes } from '../ratings/votes.js';
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

const COLUMNS = [
  'user_id',
  'watchlist_id',
  'rating',
  'description',
  'spoiler',
  'active',
  'created',
  '`update`',
];
const INSERT = `INSERT INTO reviews (${[...COLUMNS, 'search_text'].join(', ')}) VALUES`;
const ROW = `(${Array.from({ length: COLUMNS.length + 1 }, () => '?').join(', ')})`;

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
  const plain = reviews.filter((review) => !withheld.has(review));
  for (const indexes of chunks([...plain.keys()], BATCH)) {
    const rows = indexes.map((index) => plain[index] as PreparedReview);
    await write(`${INSERT} ${rows.map(() => ROW).join(', ')}`, rows.flatMap(storedRow));
  }
  await countVotes(plain.map((review) => ({ ...review, active: true, by: 1 })));
}

function storedRow(review: PreparedReview): Value[] {
  const { user_id, watchlist_id, rating, description, spoiler, created, updated, search_text } = review;
  const times = [storedTime(created), storedTime(updated)];
  return [user_id, watchlist_id, rating, description, Number(spoiler), 1, ...times, search_text];
}
