import { overloaded, slowGate, statementMs } from '../database/gate.js';
import { select, selectPastGate } from '../database/sql/statements.js';
import { IdSet } from './id-set.js';
import {
  CURRENT,
  currentIn,
  type Found,
  idsOf,
  queuedIn,
  relevanceOfQueued,
  stateIn,
} from './index-state.js';
import { unite } from './postings.js';
import { type Query, RELEVANCES } from './relevance.js';
import { cachedResult, cacheResult } from './result-cache.js';
import { positionIn, TITLE_TOKENS_MAX, titleKey, titleKeysOfTerm } from './title-keys.js';

/* The relevance of found movies on MySQL and MariaDB, by the posting lists of titles. */

/** Terms that one statement looks up. */
const LOOKED_UP = 8;

const TITLES = 'SELECT ?, word, block, ids, NULL, NULL, NULL FROM watch_list_postings WHERE';

/** Sets of movies, each at least as relevant as the next: those of relevance 3, of 2 and more, of 1 and more. */
type Levels = readonly IdSet[];

/** The levels by the index, and the rows that say what is queued. */
export interface RankReading {
  levels: Levels;
  current: readonly Found[];
}

const NONE = new IdSet([]);
/** Apart from the keys of result sets, which have no such sign. */
const keyOf = ({ phrase }: Query) => `=${phrase}`;

/** The key of what was found by relevance while nothing was queued, apart from both. */
const rankedKeyOf = ({ phrase }: Query) => `#${phrase}`;

/** The levels of a query in the cache; undefined where there are none for this state of the index. */
export function cachedRanks(query: Query, state: string): { levels: Levels } | undefined {
  const cached = cachedResult(keyOf(query));
  return cached?.state === state ? { levels: cached.sets } : undefined;
}

/**
 * Finds the movies with a word for each term of a query in the title. The queue is not taken into account yet.
 * @throws {ConnectionError} where too many searches wait, or it takes too long
 */
export async function findTitles(query: Query): Promise<RankReading> {
  const cached = cachedResult(keyOf(query));
  if (cached) {
    const current = await select<Found>(CURRENT);
    if (stateIn(current) === cached.state) return { levels: cached.sets, current };
  }
  return slowGate.run(() => readRanks(query, performance.now() + statementMs()));
}

/**
 * Reads the levels of a query.
 * @param deadline the time, as `performance.now()` gives it, after which no further statement begins
 * @throws {ConnectionError} where it takes too long
 */
export async function readRanks(query: Query, deadline: number): Promise<RankReading> {
  const tokens = query.phrase.split(' ');
  const isLong = tokens.length > TITLE_TOKENS_MAX;
  // A title that begins with the query has its last token as it is, or as the beginning of a longer one.
  const last = tokens.at(-1) as string;
  const before = isLong ? [] : tokens.slice(0, -1).map((token, at) => titleKey(token, at, false));
  const whole = titleKey(last, tokens.length - 1, true);
  const terms = [...new Set([last, ...query.terms.toSorted((a, b) => b.length - a.length)])];
  const first = await readTitles(terms.slice(0, LOOKED_UP), [...before, whole]);
  let words = IdSet.intersection(first.ofTerms.map(({ set }) => set));
  for (let from = LOOKED_UP; from < terms.length && words.size > 0; from += LOOKED_UP) {
    if (performance.now() > deadline) throw overloaded('a search takes too long');
    const more = await readTitles(terms.slice(from, from + LOOKED_UP), []);
    // The search begins again where the index has changed.
    if (stateIn(more.current) !== stateIn(first.current))
      return { levels: [NONE, NONE, NONE], current: more.current };
    words = IdSet.intersection([words, ...more.ofTerms.map(({ set }) => set)]);
  }
  const ofKey = (key: string) => unite(first.exact.filter(({ word }) => String(word) === key));
  const isThere = ({ word }: Found) => positionIn(String(word)) === tokens.length - 1;
  const ending = await unite((first.ofTerms[0]?.rows ?? []).filter(isThere));
  const begins = isLong
    ? NONE
    : IdSet.intersection([words, ending, ...(await Promise.all(before.map(ofKey)))]);
  const isWhole = IdSet.intersection([begins, await ofKey(whole)]);
  const levels = [isWhole, begins, words];
  const state = stateIn(first.current);
  if (state) cacheResult(keyOf(query), { state, sets: levels });
  return { levels, current: first.current };
}

/** A posting list as a set, and its rows. */
interface Postings {
  set: IdSet;
  rows: Found[];
}

/** Reads the posting lists of titles with these terms, and of these keys. */
async function readTitles(
  terms: readonly string[],
  keys: readonly string[],
): Promise<{ ofTerms: Postings[]; exact: Found[]; current: Found[] }> {
  const parts = [CURRENT, ...terms.map(() => `${TITLES} word >= ? AND word < ?`)];
  const values: (string | number)[] = terms.flatMap((term, index) => [index, ...titleKeysOfTerm(term)]);
  if (keys.length > 0) {
    parts.push(`${TITLES} word IN (${keys.map(() => '?').join(', ')})`);
    values.push(terms.length, ...keys);
  }
  const found = await selectPastGate<Found>(parts.join(' UNION ALL '), values);
  const groups = [...terms, ''].map((): Found[] => []);
  for (const row of found) if (row.term !== null) groups[Number(row.term)]?.push(row);
  const ofTerms: Postings[] = [];
  for (const rows of groups.slice(0, -1)) ofTerms.push({ rows, set: await unite(rows) });
  return { ofTerms, exact: groups.at(-1) ?? [], current: currentIn(found) };
}

/** Corrects levels by the queued movies. */
export function correctedLevels({ levels, current }: RankReading, query: Query): IdSet[] {
  const queued = queuedIn(current);
  const ranked = queued.map((movie) => relevanceOfQueued(movie, query));
  return levels.map((level, index) => {
    const least = RELEVANCES.length - 1 - index;
    return level.with(idsOf(queued.filter((_, at) => (ranked[at] as number) >= least)), idsOf(queued));
  });
}

/** The found movies by relevance, from 0 on. Without a queue they are kept: in long lists it takes milliseconds. */
export function ranksOf(found: IdSet, query: Query, reading: RankReading): readonly IdSet[] {
  const state = queuedIn(reading.current).length === 0 ? stateIn(reading.current) : null;
  if (!state) return rank(found, query, reading);
  const cached = cachedResult(rankedKeyOf(query));
  if (cached?.state === state) return cached.sets;
  const sets = rank(found, query, reading);
  cacheResult(rankedKeyOf(query), { state, sets });
  return sets;
}

function rank(found: IdSet, query: Query, reading: RankReading): IdSet[] {
  const levels = correctedLevels(reading, query).map((level) => IdSet.intersection([found, level]));
  return [...levels, found].map((level, index) => level.without(levels[index - 1] ?? NONE)).toReversed();
}
