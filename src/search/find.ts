import { dialect } from '../database/connection-options.js';
import { INDEX_STATE } from './index-queue.js';
import { select } from '../database/sql/statements.js';
import { type Block, decoded, IdSet, unionOf } from './id-set.js';
import { hasTerms, keysOfTerm } from './words.js';

/** With more terms the statement would become long. */
const TERMS_MAX = 16;
/** With more movies waiting, the index is being made anew, and to go through them would take longer than it saves. */
const QUEUED_MAX = 1_000;

/** How many sets are kept that were found. */
const KEPT_MAX = 10_000;
/** The most that they take in memory, in bytes. */
const KEPT_BYTES = 16 * 2 ** 20;

/** A block of a term, by the term's number; a queued movie and its words; or, with neither, the state of the index. */
interface Found {
  term: number | null;
  block: number;
  ids: Buffer;
  movie_id: number | null;
  search_text: string | null;
}

const TERM = 'SELECT ? AS term, block, ids, NULL AS movie_id, NULL AS search_text FROM watch_list_postings';
const NOW = `(SELECT NULL AS term, NULL AS block, NULL AS ids, queue.movie_id, movie.search_text
  FROM watch_list_index_queue AS queue LEFT JOIN watch_lists AS movie ON movie.id = queue.movie_id
  LIMIT ${QUEUED_MAX + 1})
  UNION ALL SELECT NULL, NULL, NULL, NULL, value FROM settings WHERE name = '${INDEX_STATE}'`;

/** What was found in a state of the index, for who searches the same in the same state; the oldest first. */
const kept = new Map<string, { state: string; set: IdSet }>();
let keptBytes = 0;

function keep(key: string, state: string, set: IdSet): void {
  forget(key);
  if (set.room > KEPT_BYTES / 4) return;
  kept.set(key, { state, set });
  keptBytes += set.room;
  for (const oldest of kept.keys()) {
    if (keptBytes <= KEPT_BYTES && kept.size <= KEPT_MAX) break;
    forget(oldest);
  }
}

function forget(key: string): void {
  keptBytes -= kept.get(key)?.set.room ?? 0;
  kept.delete(key);
}

/**
 * The movies that have a word for each of these terms, from the inverted index and from what is queued for it: together
 * they are the movies as they are.
 * @returns null where the database has no such index, or it cannot tell
 */
export async function findMovies(terms: readonly string[]): Promise<IdSet | null> {
  if (dialect === 'sqlite' || terms.length > TERMS_MAX) return null;
  const key = terms.join(' ');
  const known = kept.get(key);
  if (known) {
    const now = await select<Found>(NOW);
    if (stateIn(now) === known.state) return asTheyAre(known.set, terms, now);
  }
  const statement = [NOW, ...terms.map(() => `${TERM} WHERE word >= ? AND word < ?`)].join(' UNION ALL ');
  const rows = await select<Found>(
    statement,
    terms.flatMap((term, index) => [index, ...keysOfTerm(term)]),
  );
  const set = indexed(terms, rows);
  const state = stateIn(rows);
  if (state) keep(key, state, set);
  return asTheyAre(set, terms, rows);
}

/** What names the state of the index in which the rows were read; undefined where it was never written. */
function stateIn(rows: readonly Found[]): string | null | undefined {
  return rows.find(({ term, movie_id }) => term === null && movie_id === null)?.search_text;
}

/** What the index has for all of the terms. */
function indexed(terms: readonly string[], rows: readonly Found[]): IdSet {
  const blocks = terms.map(() => new Map<number, Block[]>());
  for (const { term, block, ids } of rows) {
    const ofTerm = term === null ? undefined : blocks[Number(term)];
    const known = ofTerm?.get(block);
    if (known) known.push(decoded(ids));
    else ofTerm?.set(block, [decoded(ids)]);
  }
  return IdSet.intersection(
    blocks.map((ofTerm) => new IdSet([...ofTerm].map(([block, parts]) => [block, unionOf(parts)]))),
  );
}

/** What the index has, with the queued movies as they are; null where there are too many of them. */
function asTheyAre(set: IdSet, terms: readonly string[], rows: readonly Found[]): IdSet | null {
  const queued = rows.filter(({ movie_id }) => movie_id !== null);
  if (queued.length > QUEUED_MAX) return null;
  const having = queued.filter(({ search_text }) => search_text !== null && hasTerms(search_text, terms));
  const idsOf = (movies: readonly Found[]) => movies.map(({ movie_id }) => movie_id as number);
  return set.with(idsOf(having), idsOf(queued));
}
