import { dialect } from '../database.js';
import { select } from '../sql/statements.js';
import { type Block, decoded, IdSet, unionOf } from './id-set.js';
import { hasTerms, keysOfTerm } from './words.js';

/** With more terms the statement would become long. */
const TERMS_MAX = 16;
/** With more movies waiting, the index is being made anew, and to go through them would take longer than it saves. */
const QUEUED_MAX = 1_000;

/** A block of a term, by the term's number; or, without that, a queued movie and its words. */
interface Found {
  term: number | null;
  block: number;
  ids: Buffer;
  movie_id: number;
  search_text: string | null;
}

const TERM = 'SELECT ? AS term, block, ids, NULL AS movie_id, NULL AS search_text FROM watch_list_postings';
const QUEUED = `(SELECT NULL, NULL, NULL, queue.movie_id, movie.search_text FROM watch_list_index_queue AS queue
  LEFT JOIN watch_lists AS movie ON movie.id = queue.movie_id LIMIT ${QUEUED_MAX + 1})`;

/**
 * The movies that have a word for each of these terms, from the inverted index and from what is queued for it: together
 * they are the movies as they are.
 * @returns null where the database has no such index, or it cannot tell
 */
export async function findMovies(terms: readonly string[]): Promise<IdSet | null> {
  if (dialect === 'sqlite' || terms.length > TERMS_MAX) return null;
  const statement = [...terms.map(() => `${TERM} WHERE word >= ? AND word < ?`), QUEUED].join(' UNION ALL ');
  const values = terms.flatMap((term, index) => [index, ...keysOfTerm(term)]);
  const rows = await select<Found>(statement, values);
  const queued = rows.filter(({ term }) => term === null);
  if (queued.length > QUEUED_MAX) return null;
  const blocks = terms.map(() => new Map<number, Block[]>());
  for (const { term, block, ids } of rows) {
    const ofTerm = term === null ? undefined : blocks[Number(term)];
    const known = ofTerm?.get(block);
    if (known) known.push(decoded(ids));
    else ofTerm?.set(block, [decoded(ids)]);
  }
  const sets = blocks.map(
    (ofTerm) => new IdSet([...ofTerm].map(([block, parts]) => [block, unionOf(parts)])),
  );
  const matching = queued.filter(({ search_text }) => search_text !== null && hasTerms(search_text, terms));
  const idsOf = (movies: readonly Found[]) => movies.map(({ movie_id }) => movie_id);
  return IdSet.intersection(sets).with(idsOf(matching), idsOf(queued));
}
