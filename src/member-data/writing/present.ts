import { QueryTypes } from 'sequelize';
import { sequelize } from '../../database/database.js';
import { chunks, selectIds } from '../../database/sql/row-locks.js';
import type { Present, StoredReview } from './plan.js';

/** Reads what a member has reviewed and saved among these movies. */
export async function readPresent(
  userId: number,
  { reviewed, wished }: { reviewed: number[]; wished: number[] },
): Promise<Present> {
  const reviews = new Map<number, StoredReview>();
  for (const chunk of chunks(reviewed)) {
    const rows = await sequelize.query<StoredReview>(
      `SELECT id, watchlist_id, rating, description, spoiler, active FROM reviews
      WHERE user_id = ? AND watchlist_id IN (?)`,
      { replacements: [userId, chunk], type: QueryTypes.SELECT },
    );
    for (const row of rows) {
      const { spoiler, active } = row;
      reviews.set(row.watchlist_id, { ...row, spoiler: Boolean(spoiler), active: Boolean(active) });
    }
  }
  const saved = new Set<number>();
  for (const chunk of chunks(wished)) {
    const sql = 'SELECT watchlist_id AS id FROM saved_movies WHERE user_id = ? AND watchlist_id IN (?)';
    for (const id of await selectIds(sql, [userId, chunk])) saved.add(id);
  }
  return { reviews, saved };
}

/** The movies that a member has reviewed or saved. */
export async function knownMovies(userId: number): Promise<Set<number>> {
  const sql = `SELECT watchlist_id AS id FROM reviews WHERE user_id = ?
    UNION SELECT watchlist_id FROM saved_movies WHERE user_id = ?`;
  return new Set(await selectIds(sql, [userId, userId]));
}
