import { type Transaction, ValidationError } from 'sequelize';
import { noteChange } from '../database/changes.js';
import { dialect } from '../database/connection-options.js';
import { fieldError } from '../database/model/field-error.js';
import { BY_KEY, chunks, EXCLUSIVE, lockSetting, selectIds } from '../database/sql/row-locks.js';
import { select } from '../database/sql/statements.js';
import { rowName } from '../database/row-queue.js';
import { currentTransaction } from '../database/transaction-context.js';
import { queueForRows } from '../database/transactions.js';

/*
 * The lock order: platforms, the genres, users, movies, reviews, members' ratings, saved movies, each by ascending id; then a
 * user's other rows, one by one by primary key. A report and a helpful vote are written and deleted under the lock of their
 * review's movie. Every function here runs in the caller's transaction.
 */

const SHARED = dialect === 'mysql' ? ' LOCK IN SHARE MODE' : '';

/** The error of a record whose parent does not exist. */
export function missing(field: string, value: unknown): ValidationError {
  const text = `Invalid pk "${String(value)}" - object does not exist.`;
  return new ValidationError(text, [fieldError(text, field, String(value), 'exists')]);
}

/**
 * Keeps other transactions from adding movies to these platforms or removing any. There is no shared lock on a platform,
 * since every transaction that locks one then changes its movie count.
 * @param options.required the ids that must exist; by default all
 * @throws {ValidationError} where a required one does not exist
 */
export async function lockPlatforms(ids: number[], { required = ids } = {}): Promise<void> {
  const found = await lockRows('stream_platforms', ids, EXCLUSIVE);
  const absent = required.find((id) => !found.has(id));
  if (absent !== undefined) throw missing('platform_id', absent);
}

/** The setting whose row is the lock of all genres. */
const GENRES_LOCK = 'genres_lock';

/**
 * Keeps other transactions from changing any movie's genres, or a genre: a movie may have any of them, and a new one is
 * made with it. There is one lock for all, since nearly every movie has one of few genres.
 */
export async function lockGenres(): Promise<void> {
  if (dialect === 'sqlite') return;
  const held = lockedBy(currentTransaction(), GENRES_LOCK);
  if (held.size > 0) return;
  queueForRows([rowName('settings', GENRES_LOCK)]);
  await lockSetting(GENRES_LOCK);
  held.add(1);
}

/**
 * Keeps users from being deleted until the transaction ends.
 * @param options.required the ids that must exist; by default all
 * @param options.alone whether to lock exclusively: no other transaction can then add records of these users
 * @throws {ValidationError} where a required one does not exist
 */
export async function lockUsers(ids: number[], { required = ids, alone = false } = {}): Promise<void> {
  const found = await lockRows('users', ids, alone ? EXCLUSIVE : SHARED);
  const absent = required.find((id) => !found.has(id));
  if (absent !== undefined) throw missing('user_id', absent);
}

/**
 * Keeps other transactions from changing these movies' ratings.
 * @param options.required the ids that must exist; by default all
 * @returns the ids of all movies that the transaction has locked: one that does not exist is not among them
 * @throws {ValidationError} where a required one does not exist
 */
export async function lockMovies(ids: number[], { required = ids } = {}): Promise<ReadonlySet<number>> {
  const found = await lockRows('watch_lists', ids, EXCLUSIVE);
  noteChange(ids);
  const absent = required.find((id) => !found.has(id));
  if (absent !== undefined) throw missing('watchlist_id', absent);
  return found;
}

/**
 * Keeps movies from being deleted until the transaction ends. The insert of a row that refers to one takes this lock too, but
 * only once it holds its own row, for which the movie's deletion waits.
 */
export async function keepMovies(ids: number[]): Promise<void> {
  if (dialect === 'mysql') await lockRows('watch_lists', ids, SHARED);
}

/**
 * Keeps other transactions from changing the ratings of these members, as far as they have any. Call it before several of them
 * are changed one by one.
 */
export async function lockMembers(userIds: number[]): Promise<void> {
  if (dialect === 'mysql') await lockRows('member_ratings', userIds, EXCLUSIVE, 'user_id');
}

/** Keeps other transactions from deleting these saved movies. */
export async function lockSaved(ids: number[]): Promise<void> {
  if (dialect === 'mysql') await lockRows('saved_movies', ids, EXCLUSIVE);
}

/** The name of a movie's row in the queue: see `transaction`. */
export function movieRow(id: number): string {
  return rowName('watch_lists', id);
}

/** Locks a user and a movie in that order: the parts of a UNION ALL are read one after the other. */
const REVIEWER_AND_MOVIE =
  dialect === 'mysql'
    ? `(SELECT 'user' AS kind, username AS name FROM users WHERE id = ?${SHARED})
      UNION ALL (SELECT 'movie', title FROM watch_lists WHERE id = ?${EXCLUSIVE})
      UNION ALL (SELECT 'withheld', '' FROM withheld_reviews WHERE user_id = ? AND watchlist_id = ?${SHARED})`
    : `SELECT 'user' AS kind, username AS name FROM users WHERE id = ?
      UNION ALL SELECT 'movie', title FROM watch_lists WHERE id = ?
      UNION ALL SELECT 'withheld', '' FROM withheld_reviews WHERE user_id = ? AND watchlist_id = ?`;

/**
 * Does `lockUsers` and `lockMovies` for a new review, in one statement.
 * @returns the movie's title, and whether a withheld review is recorded for the two: see withheld-reviews.ts
 * @throws {ValidationError} where one of them does not exist
 */
export async function lockReviewerAndMovie(
  userId: number,
  movieId: number,
): Promise<{ title: string; isWithheld: boolean }> {
  const values = [userId, movieId, userId, movieId];
  queueForRows([movieRow(movieId)]);
  const found = await select<{ kind: 'user' | 'movie' | 'withheld'; name: string }>(
    REVIEWER_AND_MOVIE,
    values,
  );
  noteChange([movieId]);
  const movie = found.find(({ kind }) => kind === 'movie');
  if (!found.some(({ kind }) => kind === 'user')) throw missing('user_id', userId);
  if (!movie) throw missing('watchlist_id', movieId);
  const transaction = currentTransaction();
  lockedBy(transaction, `users${SHARED}`).add(userId);
  lockedBy(transaction, `watch_lists${EXCLUSIVE}`).add(movieId);
  return { title: movie.name, isWithheld: found.some(({ kind }) => kind === 'withheld') };
}

/** What a vote depends on of the review that it is for. */
export interface VotedReview {
  id: number;
  user_id: number;
  watchlist_id: number;
  active: boolean;
}

/**
 * Locks users, a movie and a review in that order, as `REVIEWER_AND_MOVIE` does. Each part reads one row by its key: the server
 * reads these while it plans, and would come to a part with `IN` only after them.
 */
const VOTER_AND_REVIEW =
  dialect === 'mysql'
    ? `(SELECT 'user' AS kind, id, 0 AS user_id, 0 AS watchlist_id, 0 AS active FROM users WHERE id = ?${SHARED})
      UNION ALL (SELECT 'user', id, 0, 0, 0 FROM users WHERE id = ?${SHARED})
      UNION ALL (SELECT 'movie', id, 0, 0, 0 FROM watch_lists WHERE id = ?${EXCLUSIVE})
      UNION ALL (SELECT 'review', id, user_id, watchlist_id, active FROM reviews WHERE id = ?${EXCLUSIVE})`
    : `SELECT 'user' AS kind, id, 0 AS user_id, 0 AS watchlist_id, 0 AS active FROM users WHERE id IN (?, ?)
      UNION ALL SELECT 'movie', id, 0, 0, 0 FROM watch_lists WHERE id = ?
      UNION ALL SELECT 'review', id, user_id, watchlist_id, active FROM reviews WHERE id = ?`;

/**
 * Locks a review for a vote, with its movie, its author and the voter, in one statement.
 * @param seen the review as it was read before, without a lock
 * @returns the review as it is; null where it, or a row that it belongs to, does not exist or is another one by now
 * @throws {ValidationError} where the voter does not exist
 */
export async function lockVoterAndReview(voterId: number, seen: VotedReview): Promise<VotedReview | null> {
  const { id, user_id: author, watchlist_id: movieId } = seen;
  queueForRows([movieRow(movieId)]);
  const users = [author, voterId].toSorted((a, b) => a - b);
  const found = await select<{ kind: string; active: number } & Omit<VotedReview, 'active'>>(
    VOTER_AND_REVIEW,
    [...users, movieId, id],
  );
  const held = {
    user: lockedBy(currentTransaction(), `users${SHARED}`),
    movie: lockedBy(currentTransaction(), `watch_lists${EXCLUSIVE}`),
  };
  for (const row of found) if (row.kind === 'user' || row.kind === 'movie') held[row.kind].add(row.id);
  noteChange([movieId]);
  if (!held.user.has(voterId)) throw missing('user_id', voterId);
  const review = found.find(({ kind }) => kind === 'review');
  if (!review || review.user_id !== author || review.watchlist_id !== movieId) return null;
  return { id, user_id: author, watchlist_id: movieId, active: review.active === 1 };
}

/**
 * The tables whose rows are locked first; what is locked later belongs to a row of theirs. Shared locks of users do not wait
 * for each other, as those of movies do for the exclusive ones of reviews.
 */
const QUEUED = new Set([
  `stream_platforms${EXCLUSIVE}`,
  `users${EXCLUSIVE}`,
  `watch_lists${EXCLUSIVE}`,
  `watch_lists${SHARED}`,
]);

/** The ids of the rows that each open transaction has locked, by table and kind of lock. */
const locked = new WeakMap<Transaction, Map<string, Set<number>>>();

function lockedBy(transaction: Transaction | null, kind: string): Set<number> {
  const kinds = (transaction && locked.get(transaction)) ?? new Map<string, Set<number>>();
  if (transaction) locked.set(transaction, kinds);
  const rows = kinds.get(kind) ?? new Set();
  kinds.set(kind, rows);
  return rows;
}

/**
 * Locks rows in ascending order of ids, as all transactions do, to avoid deadlocks. Rows that the transaction has locked
 * already are skipped: InnoDB might lock further rows on the way to them, out of lock order.
 * @returns all locked ids of the table; an id that does not exist is not among them
 */
async function lockRows(table: string, ids: number[], lock: string, key = 'id'): Promise<Set<number>> {
  const held = lockedBy(currentTransaction(), `${table}${lock}`);
  const unlocked = [...new Set(ids)].filter((id) => !held.has(id)).toSorted((a, b) => a - b);
  if (QUEUED.has(table + lock)) queueForRows(unlocked.map((id) => rowName(table, id)));
  for (const chunk of chunks(unlocked)) {
    const sql = `SELECT ${key} AS id FROM ${table}${BY_KEY} WHERE ${key} IN (?) ORDER BY ${key}${lock}`;
    for (const id of await selectIds(sql, [chunk])) held.add(id);
  }
  return held;
}
