import { type Transaction, ValidationError, ValidationErrorItem } from 'sequelize';
import { noteChange } from '../database/changes.js';
import { dialect } from '../database/connection-options.js';
import { BY_KEY, chunks, EXCLUSIVE, selectIds } from '../database/sql/row-locks.js';
import { select } from '../database/sql/statements.js';
import { currentTransaction } from '../database/transaction-context.js';

/*
 * The order of locks: platforms, users, movies, reviews, each by ascending id; then what else a user owns, row by row by
 * its primary key. A report belongs to its review's movie: whoever writes or deletes one has locked that movie. Every
 * function here runs in the caller's transaction.
 */

const SHARED = dialect === 'mysql' ? ' LOCK IN SHARE MODE' : '';

/** The error of a record that names a parent which does not exist. */
export function missing(field: string, value: unknown): ValidationError {
  const text = `Invalid pk "${String(value)}" - object does not exist.`;
  const item = new ValidationErrorItem(
    text,
    'validation error',
    field,
    String(value),
    null as never,
    'exists',
    'exists',
    [],
  );
  return new ValidationError(text, [item]);
}

/**
 * Keeps everyone else from adding movies to these platforms, or taking any away, until the transaction ends. There is no
 * shared lock on a platform: who takes one moves the count of its movies next.
 * @param required those of the ids that must exist: by default all
 * @throws {ValidationError} where a required one does not exist
 */
export async function lockPlatforms(ids: number[], { required = ids } = {}): Promise<void> {
  const found = await lockRows('stream_platforms', ids, EXCLUSIVE);
  const absent = required.find((id) => !found.has(id));
  if (absent !== undefined) throw missing('platform_id', absent);
}

/**
 * Keeps users from vanishing until the transaction ends.
 * @param required those of the ids that must exist: by default all
 * @param alone whether nobody else may add anything of theirs meanwhile
 * @throws {ValidationError} where a required one does not exist
 */
export async function lockUsers(ids: number[], { required = ids, alone = false } = {}): Promise<void> {
  const found = await lockRows('users', ids, alone ? EXCLUSIVE : SHARED);
  const absent = required.find((id) => !found.has(id));
  if (absent !== undefined) throw missing('user_id', absent);
}

/**
 * Keeps everyone else from changing these movies' ratings until the transaction ends.
 * @param required those of the ids that must exist: by default all
 * @throws {ValidationError} where a required one does not exist
 */
export async function lockMovies(ids: number[], { required = ids } = {}): Promise<void> {
  const found = await lockRows('watch_lists', ids, EXCLUSIVE);
  noteChange(ids);
  const absent = required.find((id) => !found.has(id));
  if (absent !== undefined) throw missing('watchlist_id', absent);
}

/** A user and a movie, locked in that order: the parts of a UNION ALL are read one after the other. */
const REVIEWER_AND_MOVIE =
  dialect === 'mysql'
    ? `(SELECT 'user' AS kind, username AS name FROM users WHERE id = ?${SHARED})
      UNION ALL (SELECT 'movie', title FROM watch_lists WHERE id = ?${EXCLUSIVE})`
    : `SELECT 'user' AS kind, username AS name FROM users WHERE id = ?
      UNION ALL SELECT 'movie', title FROM watch_lists WHERE id = ?`;

/**
 * `lockUsers` and `lockMovies` of one each, in one statement: for a new review.
 * @returns the movie's title
 * @throws {ValidationError} where one of them does not exist
 */
export async function lockReviewerAndMovie(userId: number, movieId: number): Promise<string> {
  const found = await select<{ kind: 'user' | 'movie'; name: string }>(REVIEWER_AND_MOVIE, [userId, movieId]);
  noteChange([movieId]);
  const movie = found.find(({ kind }) => kind === 'movie');
  if (!found.some(({ kind }) => kind === 'user')) throw missing('user_id', userId);
  if (!movie) throw missing('watchlist_id', movieId);
  const holder = currentTransaction();
  lockedBy(holder, `users${SHARED}`).add(userId);
  lockedBy(holder, `watch_lists${EXCLUSIVE}`).add(movieId);
  return movie.name;
}

/** The rows that each open transaction has locked already, by table and kind of lock. */
const locked = new WeakMap<Transaction, Map<string, Set<number>>>();

function lockedBy(holder: Transaction | null, kind: string): Set<number> {
  const kinds = (holder && locked.get(holder)) ?? new Map<string, Set<number>>();
  if (holder) locked.set(holder, kinds);
  const rows = kinds.get(kind) ?? new Set();
  kinds.set(kind, rows);
  return rows;
}

/**
 * Locks rows in the order of their ids, in which everyone does, so that nobody waits in a circle. Rows that are locked
 * already are left alone: looking for them InnoDB may read past others, whose turn it is no more.
 * @returns those of the ids that exist
 */
async function lockRows(table: string, ids: number[], lock: string): Promise<Set<number>> {
  const held = lockedBy(currentTransaction(), `${table}${lock}`);
  const missing = [...new Set(ids)].filter((id) => !held.has(id)).toSorted((a, b) => a - b);
  for (const chunk of chunks(missing)) {
    const sql = `SELECT id FROM ${table}${BY_KEY} WHERE id IN (?) ORDER BY id${lock}`;
    for (const id of await selectIds(sql, [chunk])) held.add(id);
  }
  return held;
}
