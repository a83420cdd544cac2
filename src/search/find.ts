import { dialect } from '../database/connection-options.js';
import { overloaded, slowGate, statementMs } from '../database/gate.js';
import { select, selectPastGate } from '../database/sql/statements.js';
import { IdSet } from './id-set.js';
import { INDEX_STATE } from './index-queue.js';
import { CURRENT, currentIn, type Found, idsOf, QUEUED_FEW, queuedIn, stateIn } from './index-state.js';
import { unite } from './postings.js';
import { cachedRanks, type RankReading, ranksOf, readRanks } from './ranks.js';
import { groupByRelevance, type Query, type RankedIds } from './relevance.js';
import { cachedResult, cacheResult } from './result-cache.js';
import { likeTerms } from './term-sql.js';
import { hasTerms, keysOfTerm } from './words.js';

/** More terms than the words of any movie: its title and storyline have 2,200 characters. */
const TERMS_MAX = 2_200;
/** Terms that one statement looks up. */
const LOOKED_UP = 8;
/** So few movies are checked for the other terms one by one. */
const FEW = 1_000;
/** More queued movies mean that the index is being rebuilt. Checking them takes longer than the index saves. */
const QUEUED_MAX = 50_000;
/** How often a search begins again because the index changes meanwhile. */
const ATTEMPTS = 3;

const NOTHING = 'NULL, NULL';
const POSTINGS = `SELECT ?, NULL, block, ids, NULL, ${NOTHING} FROM watch_list_postings WHERE word >= ? AND word < ?`;
const INDEXED = `SELECT -1, NULL, NULL, NULL, movie_id, search_text, NULL FROM watch_list_indexed
  WHERE movie_id IN (?)`;

/** A result set of the index, and the rows that say what is queued. */
interface Reading {
  set: IdSet;
  current: readonly Found[];
}

/** The movies that a search finds. */
export interface FoundMovies {
  set: IdSet;
  /** The same by relevance, from 0 on; null where they were not asked for or are few: then the database sorts them. */
  ranks: readonly IdSet[] | null;
  /** The queued movies among them, by relevance: the index does not know their titles. Null where they are many. */
  queued: RankedIds | null;
}

/**
 * Whether reading all found rows and sorting them costs less than walking the list in its order until a page is full.
 * The more rows are found, the sooner the walk fills the page.
 */
export function isFew(found: IdSet): boolean {
  return found.size ** 2 <= found.highest;
}

/**
 * Finds the movies with a word for each of a query's terms. It reads the inverted index and checks the queued movies
 * themselves, so the result is exact.
 * @param options.ranked whether they are asked for by relevance
 * @returns null where the full-text index must be used instead: on SQLite, or with too many queued movies
 * @throws {ConnectionError} where too many searches wait, or it takes too long
 */
export async function findMovies(query: Query, { ranked = false } = {}): Promise<FoundMovies | null> {
  if (dialect === 'sqlite') return null;
  if (query.terms.length > TERMS_MAX) return { set: new IdSet([]), ranks: null, queued: new Map() };
  const cached = cachedResult(keyOf(query));
  const [set] = cached?.sets ?? [];
  const ranks = cached && set && ranked && !isFew(set) ? cachedRanks(query, cached.state) : null;
  if (cached && set && ranks !== undefined) {
    const current = await select<Found>(CURRENT);
    if (stateIn(current) === cached.state && queuedIn(current).length <= QUEUED_FEW)
      return withQueued(query, { set, current }, ranks && { ...ranks, current });
  }
  return slowGate.run(() => findInIndex(query, ranked));
}

const keyOf = ({ terms }: Query) => terms.join(' ');

/** Reads the index, again where it changes meanwhile. */
async function findInIndex(query: Query, ranked: boolean): Promise<FoundMovies | null> {
  const deadline = performance.now() + statementMs();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const reading = await readIndex(query.terms, deadline);
    if (!reading) continue;
    const { set, current } = reading;
    const state = stateIn(current);
    if (state) cacheResult(keyOf(query), { state, sets: [set] });
    if (queuedIn(current).length > QUEUED_FEW) {
      const corrected = await withLongQueue(set, query.terms, state);
      if (corrected === 'changed') continue;
      return corrected && { set: corrected, ranks: null, queued: null };
    }
    const ranks = ranked && !isFew(set) ? await readRanks(query, deadline) : null;
    if (ranks && (stateIn(ranks.current) !== state || queuedIn(ranks.current).length > QUEUED_FEW)) continue;
    return withQueued(query, reading, ranks);
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
  const rows = await selectPastGate<Found>(
    [CURRENT, ...terms.map(() => POSTINGS)].join(' UNION ALL '),
    terms.flatMap((term, index) => [index, ...keysOfTerm(term)]),
  );
  const ofTerms = terms.map((): Found[] => []);
  for (const row of rows) if (row.term !== null) ofTerms[Number(row.term)]?.push(row);
  const sets: IdSet[] = [];
  for (const ofTerm of ofTerms) sets.push(await unite(ofTerm));
  return { set: IdSet.intersection(sets), current: currentIn(rows) };
}

/** Reads which of these movies have, by the index, all of these terms. */
async function checkFew(set: IdSet, terms: readonly string[]): Promise<Reading> {
  const ids = set.slice();
  const indexed = INDEXED.replace('?', ids.map(() => '?').join(', '));
  const rows = await selectPastGate<Found>(`${CURRENT} UNION ALL ${indexed}`, ids);
  const gone = rows.filter(({ term, search_text }) => term !== null && !hasTerms(search_text ?? '', terms));
  return { set: set.with([], idsOf(gone)), current: currentIn(rows) };
}

/** Corrects what was read from the index by the queued movies. */
function withQueued(query: Query, reading: Reading, ranks: RankReading | null): FoundMovies {
  const queued = queuedIn(reading.current);
  const matching = queued.filter(
    ({ search_text }) => search_text !== null && hasTerms(search_text, query.terms),
  );
  const set = reading.set.with(idsOf(matching), idsOf(queued));
  return {
    set,
    ranks: ranks && ranksOf(set, query, ranks),
    queued: groupByRelevance(
      matching.map(({ movie_id, title }) => ({ id: movie_id as number, title: title ?? '' })),
      query,
    ),
  };
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
