import type { Condition } from './condition.js';
import type { Count } from './list.js';
import type { Source } from './list-sql.js';
import { type MovieRow, MOVIES } from './movies.js';

/** A movie that a user has saved. */
export interface SavedMovieRow extends MovieRow {
  /** Grows with each movie that is saved. */
  saved: number;
}

/** The source of lists of saved movies. */
export const SAVED_MOVIES: Source = {
  ...MOVIES,
  link: { table: 'saved_movies', column: 'watchlist_id', index: 'saved_movies_user_id' },
  columns: `${MOVIES.columns}, link.id AS saved`,
};

/** The same in the order of the movies, for a user who has saved many. */
export const SAVED_AMONG_MOVIES: Source = {
  ...SAVED_MOVIES,
  link: { table: 'saved_movies', column: 'watchlist_id' },
};

/** Matches the movies that a user has saved. */
export function savedBy(userId: number): Condition {
  return { sql: 'link.user_id = ?', values: [userId] };
}

/** The SELECT of how many movies a user has saved. */
export function savedCount(userId: number): Count {
  return { sql: 'SELECT COUNT(*) FROM saved_movies WHERE user_id = ?', values: [userId], indexOnly: true };
}
