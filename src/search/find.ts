import { setImmediate } from 'node:timers/promises';
import { dialect } from '../database/connection-options.js';
import { overloaded, slowGate, statementMs } from '../database/gate.js';
import { select, selectPastGate } from '../database/sql/statements.js';
import { type Block, decoded, IdSet, unionOf } from './id-set.js';
import { INDEX_STATE } from './index-queue.js';
import { cachedResult, cacheResult } from './result-cache.js';
import { likeTerms } from './term-sql.js';
import { hasTerms, keysOfTerm } from './words.js';

/** More terms than the words of any movie: its title and storyline have 2,200 characters. */
const TERMS_MAX = 2_200;
/** Terms that one statement looks up. */
const LOOKED_UP = 8;
/** So few movies are checked for the other terms one by one. */
const FEW = 1_000;
/** More queued movies are checked by the database. */
const QUEUED_FEW = 1_000;
/** More queued movies mean that the index is being rebuilt. Checking them takes longer than the index saves. */
const QUEUED_MAX = 50_000;
/** Blocks of posting lists that are united in one go: a block takes up to ten microseconds. */
const UNITED_AT_ONCE = 200;
/** How often a search begins again because the index changes meanwhile. */
const ATTEMPTS = 3;

/**
 * One of four: a block of a term's posting list, with the number of the term; the words of an indexed movie, with -1 for
 * `term`; a queued movie with its words; or, with neither `term` nor `movie_id`, the state of the index in `search_text`.
 */
interface Found {
  term: number | null;
  block: number;
  ids: Buffer;
  movie_id: number | null;
  search_text: string | null;
}

/** The state of the index, and the queue. */
const CURRENT = `SELECT NULL AS term, NULL AS block, NULL AS ids, NULL AS movie_id, value AS search_text
  FROM settings WHERE name = '${INDEX_STATE}'
  UNION ALL (SELECT NULL, NULL, NULL, queue.movie_id, movie.search_text
  FROM watch_list_index_queue AS queue LEFT JOIN watch_lists AS movie ON movie.id = queue.movie_id
  LIMIT ${QUEUED_FEW + 1})`;
const POSTINGS = 'SELECT ?, block, ids, NULL, NULL FROM watch_list_postings WHERE word >= ? AND word < ?';
const INDEXED = 'SELECT -1, NULL, NULL, movie_id, search_text FROM watch_list_indexed WHERE movie_id IN (?)';

/** A result set of the index, and the rows that say what is queued. */
interface Reading {
  set: IdSet;
  current: readonly Found[];
}

/**
 * Finds the movies with a word for each of these terms. It reads the inverted index and checks the queued movies
 * themselves, so the result is exact.
 * @returns null where the full-text index must be used instead: on SQLite, or with too many queued movies
 * @throws {ConnectionError} where too many searches wait, or it takes too long
 */
export async function findMovies(terms: readonly string[]): Promise<IdSet | null> {
  if (dialect === 'sqlite') return null;
  if (terms.length > TERMS_MAX) return new IdSet([]);
  const cached = cachedResult(terms.join(' '));
  if (cached) {
    const current = await select<Found>(CURRENT);
    if (stateIn(current) === cached.state && queuedIn(current).length <= QUEUED_FEW)
      return withQueued(cached.set, terms, current);
  }
  return slowGate.run(() => findInIndex(terms));
}

/** Reads the index, again where it changes meanwhile. */
async function findInIndex(terms: readonly string[]): Promise<IdSet | null> {
  const key = terms.join(' ');
  const deadline = performance.now() + statementMs();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const reading = await readIndex(terms, deadline);
    if (!reading) continue;
    const { set, current } = reading;
    const state = stateIn(current);
    if (state) cacheResult(key, { state, set });
    if (queuedIn(current).length <= QUEUED_FEW) return withQueued(set, terms, current);
    const corrected = await withLongQueue(set, terms, state);
    if (corrected !== 'changed') return corrected;
  }
  return null;
}

/**
 * Reads the movies that the index has for all of the terms, the longest terms first, which are the rarest. It stops at the
 * term after which none is left, and checks the last few movies by their words.
 * @returns null where the index changed meanwhile
 */
async function readIndex(terms: readonly string[], deadline: number): Promise<Reading | null> {
  const longestFirst = terms.toSorted((a, b) => b.length - a.length);
  let found: Reading | null = null;
  for (let from = 0; from < longestFirst.length; from += LOOKED_UP) {
    if (found && performance.now() > deadline) throw overloaded('a search takes too long');
    const next: Reading =
      found && found.set.size <= FEW
        ? await checkFew(found.set, longestFirst.slice(from))
        : await lookUp(longestFirst.slice(from, from + LOOKED_UP));
    if (found && stateIn(found.current) !== stateIn(next.current)) return null;
    if (next.set.size === 0 || (found && found.set.size <= FEW)) return next;
    found = { ...next, set: found ? IdSet.intersection([found.set, next.set]) : next.set };
    if (found.set.size === 0) return found;
  }
  return found;
}

/** Reads the movies that the index has for all of these terms. */
async function lookUp(terms: readonly string[]): Promise<Reading> {
  // One statement, as its parts share a snapshot (READ COMMITTED): indexing moves movies from the queue to the postings.
  const rows = await selectPastGate<Found>(
    [CURRENT, ...terms.map(() => POSTINGS)].join(' UNION ALL '),
    terms.flatMap((term, index) => [index, ...keysOfTerm(term)]),
  );
  const blocks = terms.map(() => new Map<number, Buffer[]>());
  for (const { term, block, ids } of rows) {
    const ofTerm = term === null ? undefined : blocks[Number(term)];
    const parts = ofTerm?.get(block);
    if (parts) parts.push(ids);
    else ofTerm?.set(block, [ids]);
  }
  const sets: IdSet[] = [];
  for (const ofTerm of blocks) sets.push(await unite(ofTerm));
  return { set: IdSet.intersection(sets), current: rows.filter(({ term }) => term === null) };
}

/** Unites the posting lists of a term, which may be those of a thousand words. Other requests are answered in between. */
async function unite(parts: ReadonlyMap<number, readonly Buffer[]>): Promise<IdSet> {
  const blocks: [number, Block][] = [];
  let united = 0;
  for (const [block, of] of parts) {
    blocks.push([block, unionOf(of.map(decoded))]);
    united += of.length;
    if (united < UNITED_AT_ONCE) continue;
    united = 0;
    await setImmediate();
  }
  return new IdSet(blocks);
}

/** Reads which of these movies have, by the index, all of these terms. */
async function checkFew(set: IdSet, terms: readonly string[]): Promise<Reading> {
  const ids = set.slice();
  const indexed = INDEXED.replace('?', ids.map(() => '?').join(', '));
  const rows = await selectPastGate<Found>(`${CURRENT} UNION ALL ${indexed}`, ids);
  const gone = rows.filter(({ term, search_text }) => term !== null && !hasTerms(search_text ?? '', terms));
  return { set: set.with([], idsOf(gone)), current: rows.filter(({ term }) => term === null) };
}

const idsOf = (movies: readonly Found[]) => movies.map(({ movie_id }) => movie_id as number);

/** The state of the index in which the rows were read; undefined where none was ever written. */
function stateIn(rows: readonly Found[]): string | null | undefined {
  return rows.find(({ term, movie_id }) => term === null && movie_id === null)?.search_text;
}

function queuedIn(rows: readonly Found[]): Found[] {
  return rows.filter(({ term, movie_id }) => term === null && movie_id !== null);
}

/** Corrects a set of the index by the queued movies. */
function withQueued(set: IdSet, terms: readonly string[], rows: readonly Found[]): IdSet {
  const queued = queuedIn(rows);
  const matching = queued.filter(({ search_text }) => search_text !== null && hasTerms(search_text, terms));
  return set.with(idsOf(matching), idsOf(queued));
}

/**
 * The same for a long queue, whose movies the database checks.
 * @param state the state of the index that the set was read in
 * @returns null where the queue is too long; `changed` where the index is no longer in that state
 */
async function withLongQueue(
  set: IdSet,
  terms: readonly string[],
  state: string | null | undefined,
): Promise<IdSet | null | 'changed'> {
  const { sql, values } = likeTerms('movie', terms);
  const rows = await selectPastGate<{ movie_id: number | null; found: string | number | null }>(
    `SELECT NULL AS movie_id, value AS found FROM settings WHERE name = '${INDEX_STATE}'
    UNION ALL (SELECT queue.movie_id, ${sql} FROM watch_list_index_queue AS queue
    LEFT JOIN watch_lists AS movie ON movie.id = queue.movie_id LIMIT ${QUEUED_MAX + 1})`,
    values,
  );
  if (rows.find(({ movie_id }) => movie_id === null)?.found !== state) return 'changed';
  const queued = rows.filter(({ movie_id }) => movie_id !== null);
  if (queued.length > QUEUED_MAX) return null;
  const ids = (movies: typeof rows) => movies.map(({ movie_id }) => movie_id as number);
  return set.with(ids(queued.filter(({ found }) => Number(found) === 1)), ids(queued));
}
