import { type DatabaseError, UniqueConstraintError, ValidationErrorItem } from 'sequelize';
import { type Value, write } from '../database/sql/statements.js';
import { storedTime } from '../database/sql/time.js';
import { acting } from '../audit/acting-as.js';
import { lockMovies, lockUsers } from '../ratings/locks.js';
import { countVotes } from '../ratings/votes.js';
import { Review, SEARCHED, TWICE, voteOf } from './review.js';
import { setSearchText } from './search-text.js';

/** What a new review has a value for, and the columns. */
const COLUMNS = {
  user_id: 'user_id',
  watchlist_id: 'watchlist_id',
  rating: 'rating',
  description: 'description',
  spoiler: 'spoiler',
  active: 'active',
  created: 'created',
  updated: '`update`',
  search_text: 'search_text',
} as const;
const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
const INSERT = `INSERT INTO reviews (${Object.values(COLUMNS).join(', ')}) VALUES (${NAMES.map(() => '?').join(', ')})`;

/** What its author writes of a review. */
export type NewReview = Pick<Review, 'user_id' | 'watchlist_id' | 'rating'> &
  Partial<Pick<Review, 'description' | 'spoiler' | 'active'>>;

/**
 * Creates a review as `Review.create` does, by the same rules, in half the processor time: the site's busiest write. To
 * be called in a transaction.
 * @throws {ValidationError} where a value breaks a rule, or the user has reviewed the movie before
 */
export async function addReview(values: NewReview): Promise<Review> {
  // What is done on behalf of staff may have to be audited.
  if (acting()) return Review.create(values);
  const review = Review.build(values);
  review.updated = review.created;
  setSearchText(review, SEARCHED);
  await review.validate();
  const vote = voteOf(review);
  // Who has locked both already, as `lockReviewerAndMovie` does in one statement, is not sent to the database again.
  await lockUsers([review.user_id]);
  await lockMovies([review.watchlist_id]);
  const written = NAMES.map((name) => stored(review.get(name)));
  review.id = await write(INSERT, written).catch((error: DatabaseError) => {
    throw isTaken(error) ? reviewedTwice(error) : error;
  });
  review.isNewRecord = false;
  await countVotes([{ ...vote, by: 1 }]);
  return review;
}

function stored(value: unknown): Value {
  if (value instanceof Date) return storedTime(value);
  return typeof value === 'boolean' ? Number(value) : ((value ?? null) as Value);
}

/** Whether another row has a unique value already; its parents are locked, so that no other constraint can fail. */
function isTaken({ original }: DatabaseError): boolean {
  return ['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT'].includes((original as { code?: string }).code ?? '');
}

/** What `Review.create` throws for a second review of the movie. */
function reviewedTwice({ original }: DatabaseError): UniqueConstraintError {
  const errors = ['watchlist_id', 'user_id'].map(
    (field) =>
      new ValidationErrorItem(
        TWICE.msg,
        'unique violation',
        field,
        '',
        null as never,
        'not_unique',
        'not_unique',
        [],
      ),
  );
  return new UniqueConstraintError({ parent: original as never, errors });
}
