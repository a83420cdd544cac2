import { INDEX_STATE } from './index-queue.js';
import { type Query, relevanceOf } from './relevance.js';
import { titleText } from './words.js';

/*
 * What a statement on the inverted index reads besides posting lists: the state of the index and the queue. Parts of one
 * statement share a snapshot (READ COMMITTED), so the posting lists lack exactly what is queued.
 */

/** More queued movies are checked by the database. */
export const QUEUED_FEW = 1_000;

/**
 * One of four: a block of a posting list, with the number of its term or token; the words of an indexed movie, with -1
 * for `term`; a queued movie with its texts; or, with neither `term` nor `movie_id`, the state of the index in
 * `search_text`.
 */
export interface Found {
  term: number | null;
  word: Buffer | null;
  block: number;
  ids: Buffer;
  movie_id: number | null;
  search_text: string | null;
  title: string | null;
}

/** The state of the index, and the queue. */
export const CURRENT = `SELECT NULL AS term, NULL AS word, NULL AS block, NULL AS ids, NULL AS movie_id,
  value AS search_text, NULL AS title FROM settings WHERE name = '${INDEX_STATE}'
  UNION ALL (SELECT NULL, NULL, NULL, NULL, queue.movie_id, movie.search_text, movie.title
  FROM watch_list_index_queue AS queue LEFT JOIN watch_lists AS movie ON movie.id = queue.movie_id
  LIMIT ${QUEUED_FEW + 1})`;

/** The rows of CURRENT among those of a statement. */
export function currentIn(rows: readonly Found[]): Found[] {
  return rows.filter(({ term }) => term === null);
}

/** The state of the index in which the rows were read; undefined where none was ever written. */
export function stateIn(rows: readonly Found[]): string | null | undefined {
  return rows.find(({ term, movie_id }) => term === null && movie_id === null)?.search_text;
}

/** The queued movies; more than QUEUED_FEW where some are left out. */
export function queuedIn(rows: readonly Found[]): Found[] {
  return rows.filter(({ term, movie_id }) => term === null && movie_id !== null);
}

export const idsOf = (movies: readonly Found[]) => movies.map(({ movie_id }) => movie_id as number);

/** A queued movie's relevance. */
export function relevanceOfQueued({ title }: Found, query: Query): number {
  return relevanceOf(titleText(title ?? ''), query);
}
