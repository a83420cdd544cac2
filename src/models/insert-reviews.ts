import { type Value, write } from '../database/sql/statements.js';
import { storedTime } from '../database/sql/time.js';

/** The attributes that the INSERT writes, with their columns. */
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

type Attribute = keyof typeof COLUMNS;

/** The attributes of a review that are written. */
const WRITTEN = Object.keys(COLUMNS) as Attribute[];

const INSERT = `INSERT INTO reviews (${Object.values(COLUMNS).join(', ')}) VALUES`;
const ROW = `(${WRITTEN.map(() => '?').join(', ')})`;

/**
 * Writes reviews in one statement. Its caller has checked them, holds the locks, and counts their votes in the same
 * transaction.
 * @returns the id, where it is one review
 */
export function insertReviews(reviews: readonly Record<Attribute, unknown>[]): Promise<number> {
  const values = reviews.flatMap((review) => WRITTEN.map((attribute) => stored(review[attribute])));
  return write(`${INSERT} ${reviews.map(() => ROW).join(', ')}`, values);
}

function stored(value: unknown): Value {
  if (value instanceof Date) return storedTime(value);
  return typeof value === 'boolean' ? Number(value) : ((value ?? null) as Value);
}
