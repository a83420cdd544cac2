import { LRUCache } from 'lru-cache';
import { dialect } from '../database/connection-options.js';
import { INDEX_STATE } from './index-queue.js';
import { select } from '../database/sql/statements.js';
import { type Block, decoded, IdSet, unionOf } from './id-set.js';
import { hasTerms, keysOfTerm } from './words.js';

/** More terms would make a long statement. */
const TERMS_MAX = 16;
/** More queued movies mean that the index is being rebuilt; checking them one by one takes longer than the index saves. */
const QUEUED_MAX = 1_000;

/** The most result sets in the cache. */
const CACHED_MAX = 10_000;
/** The most memory that they take, in bytes. */
const CACHED_BYTES = 16 * 2 ** 20;

/**
 * One of three: a block of a term's posting list, with the number of the term; a queued movie with its words; or, with
 * neither `term` nor `movie_id`, the state of the index in `search_text`.
 */
interface Found {
  term: number | null;
  block: number;
  ids: Buffer;
  movie_id: number | null;
  search_text: string | null;
}

/** The queue and the state of the index. */
const CURRENT = `(SELECT NULL AS term, NULL AS block, NULL AS ids, queue.movie_id, movie.search_text
  FROM watch_list_index_queue AS queue LEFT JOIN watch_lists AS movie ON movie.id = queue.movie_id
  LIMIT ${QUEUED_MAX + 1})
  UNION ALL SELECT NULL, NULL, NULL, NULL, value FROM settings WHERE name = '${INDEX_STATE}'`;
const POSTINGS = 'SELECT ?, block, ids, NULL, NULL FROM watch_list_postings WHERE word >= ? AND word < ?';

/** The result sets of searches, each with the state of the index that it was read in. */
const cache = new LRUCache<string, { state: string; set: IdSet }>({
  max: CACHED_MAX,
  maxSize: CACHED_BYTES,
  maxEntrySize: CACHED_BYTES / 4,
  // An empty set has the size 0, which the library refuses.
  sizeCalculation: ({ set }) => Math.max(set.room, 1),
});

/**
 * Finds the movies with a word for each of these terms. It reads the inverted index and checks the queued movies
 * themselves, so the result is exact.
 * @returns null where the full-text index must be used instead: on SQLite, with too many terms, or too many queued movies
 */
export async function findMovies(terms: readonly string[]): Promise<IdSet | null> {
  if (dialect === 'sqlite' || terms.length > TERMS_MAX) return null;
  const key = terms.join(' ');
  const cached = cache.get(key);
  if (cached) {
    const current = await select<Found>(CURRENT);
    if (stateIn(current) === cached.state) return withQueued(cached.set, terms, current);
  }
  // One statement, as its parts share a snapshot (READ COMMITTED): indexing moves movies from the queue to the postings.
  const rows = await select<Found>(
    [CURRENT, ...terms.map(() => POSTINGS)].join(' UNION ALL '),
    terms.flatMap((term, index) => [index, ...keysOfTerm(term)]),
  );
  const set = indexed(terms, rows);
  const state = stateIn(rows);
  if (state) cache.set(key, { state, set });
  return withQueued(set, terms, rows);
}

/** The state of the index in which the rows were read; undefined where none was ever written. */
function stateIn(rows: readonly Found[]): string | null | undefined {
  return rows.find(({ term, movie_id }) => term === null && movie_id === null)?.search_text;
}

/** The movies that the index has for all of the terms. */
function indexed(terms: readonly string[], rows: readonly Found[]): IdSet {
  const blocks = terms.map(() => new Map<number, Block[]>());
  for (const { term, block, ids } of rows) {
    const ofTerm = term === null ? undefined : blocks[Number(term)];
    const parts = ofTerm?.get(block);
    if (parts) parts.push(decoded(ids));
    else ofTerm?.set(block, [decoded(ids)]);
  }
  return IdSet.intersection(
    blocks.map((ofTerm) => new IdSet([...ofTerm].map(([block, parts]) => [block, unionOf(parts)]))),
  );
}

/** Corrects a set of the index by the queued movies; null where these are too many. */
function withQueued(set: IdSet, terms: readonly string[], rows: readonly Found[]): IdSet | null {
  const queued = rows.filter(({ movie_id }) => movie_id !== null);
  if (queued.length > QUEUED_MAX) return null;
  const matching = queued.filter(({ search_text }) => search_text !== null && hasTerms(search_text, terms));
  const idsOf = (movies: readonly Found[]) => movies.map(({ movie_id }) => movie_id as number);
  return set.with(idsOf(matching), idsOf(queued));
}
