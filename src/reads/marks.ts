import { padded, questionMarks } from '../database/sql/batch.js';
import { select } from '../database/sql/statements.js';

/** Where users mark records, by the column of the record. */
const MARKS = { watchlist_id: 'saved_movies', review_id: 'helpful_votes' } as const;

/** Those of the ids that a user has marked, in ascending order. */
export async function readMarks(
  column: keyof typeof MARKS,
  userId: number,
  ids: readonly number[],
): Promise<number[]> {
  if (ids.length === 0) return [];
  const keys = padded(ids);
  const statement = `SELECT ${column} AS id FROM ${MARKS[column]} WHERE user_id = ? AND ${column} IN ${questionMarks(keys.length)}`;
  const rows = await select<{ id: number }>(statement, [userId, ...keys]);
  return rows.map(({ id }) => id).toSorted((a, b) => a - b);
}
