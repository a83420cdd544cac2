import { chunks, selectIds } from '../database/sql/row-locks.js';
import { deleteRows } from './delete-rows.js';
import { lockSaved } from './locks.js';

/*
 * Deletes the rows of saved movies with their user or their movie. The foreign keys would cascade to them too, but would lock
 * each by an index that other transactions lock last. Everything here runs in the caller's transaction, which has locked the
 * users exclusively, or the movies.
 */

/** The users or the movies that saved movies belong to. */
export type SavedOf = { users: number[] } | { movies: number[] };

async function idsOf(of: SavedOf): Promise<number[]> {
  const [column, owners] = 'users' in of ? ['user_id', of.users] : ['watchlist_id', of.movies];
  const ids: number[] = [];
  for (const chunk of chunks(owners)) {
    ids.push(...(await selectIds(`SELECT id FROM saved_movies WHERE ${column} IN (?)`, [chunk])));
  }
  return ids.toSorted((a, b) => a - b);
}

/** Locks the rows that several deletions will delete, before the first. */
export async function lockSavedOf(of: SavedOf): Promise<void> {
  await lockSaved(await idsOf(of));
}

/**
 * Deletes the rows, which the transaction has locked.
 * @returns their number
 */
export async function removeSavedOf(of: SavedOf): Promise<number> {
  return 'users' in of
    ? deleteRows('saved_movies', 'saved_movies_user_id', 'user_id', of.users)
    : deleteRows('saved_movies', 'saved_movies_watchlist_id', 'watchlist_id', of.movies);
}
