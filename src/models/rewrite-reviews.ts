import { chunks } from '../database/sql/row-locks.js';
import { type Value, write } from '../database/sql/statements.js';
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
  /** The new text; undefined where it stays. */
  description: string | null | undefined;
  spoiler: boolean;
}

/** Reviews in one statement. */
const BATCH = 100;

/** New values of a review by their columns. */
type Columns = Record<string, Value>;

/**
 * Changes many reviews of one author with the rules and effects of `Review.update`, a hundred by a statement in place of one
 * by eight. Call it in a transaction that has locked the author exclusively, the movies and the author's ratings, and has
 * read the reviews since. The change is the author's own: it is not audited.
 * @throws {ValidationError} where a value is invalid
 */
export async function rewriteReviews(reviews: readonly RewrittenReview[]): Promise<void> {
  const updated = storedTime(new Date());
  // The full-text index is left alone where the text stays.
  for (const isNew of [false, true]) {
    const some = reviews.filter(({ description }) => (description !== undefined) === isNew);
    const byId = new Map(some.map((review) => [review.id, review]));
    for (const ids of chunks([...byId.keys()], BATCH)) {
      const rows = new Map<number, Columns>();
      for (const id of ids) {
        const { before: _before, ...values } = byId.get(id) as RewrittenReview;
        rows.set(id, await columnsOf(values, { isNew, updated }));
      }
      await update(rows);
    }
  }
  await countVotes(
    reviews
      .filter(({ before, rating }) => before !== rating)
      .flatMap(({ user_id, watchlist_id, before, rating }) => [
        { user_id, watchlist_id, rating: before, active: true, by: -1 as const },
        { user_id, watchlist_id, rating, active: true, by: 1 as const },
      ]),
  );
}

async function columnsOf(
  { id: _id, description, ...values }: Omit<RewrittenReview, 'before'>,
  { isNew, updated }: { isNew: boolean; updated: string },
): Promise<Columns> {
  const review = Review.build({ ...values, description: description ?? null });
  await review.validate();
  const columns = { rating: review.rating, spoiler: Number(review.spoiler), '`update`': updated };
  if (!isNew) return columns;
  setSearchText(review, SEARCHED);
  return { ...columns, description: review.description, search_text: review.search_text ?? null };
}

/** Writes rows of the same columns. */
async function update(rows: ReadonlyMap<number, Columns>): Promise<void> {
  const [first = {}] = rows.values();
  const when = Array.from(rows, () => 'WHEN ? THEN ?').join(' ');
  const assigned = Object.keys(first).map((column) => `${column} = CASE id ${when} END`);
  const values = Object.keys(first).flatMap((column) =>
    [...rows].flatMap(([id, columns]) => [id, columns[column] ?? null]),
  );
  const ids = [...rows.keys()];
  const sql = `UPDATE reviews SET ${assigned.join(', ')} WHERE id IN (${ids.map(() => '?').join(', ')})`;
  await write(sql, [...values, ...ids]);
}
