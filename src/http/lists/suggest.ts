import { dialect } from '../../database/connection-options.js';
import { EVERY } from '../../reads/condition.js';
import { readMeant, readTitled, SUGGESTIONS, type SuggestionRow } from '../../reads/suggestions.js';
import { findMeant, isNear, meantBy } from '../../search/forgive.js';
import type { IdSet } from '../../search/id-set.js';
import { queuedIn } from '../../search/index-state.js';
import { correctedLevels, findTitles } from '../../search/ranks.js';
import { parseQuery, type Query } from '../../search/relevance.js';
import type { Term } from './ordering.js';
import { readRanked } from './ranked-pages.js';

/** Movies that are suggested at most. */
export const SUGGESTED_MAX = 8;
/** More terms than the words of any title: it has 200 characters. */
const TERMS_MAX = 100;

/** The best first: then by the number of reviews, then by id. */
const BEST: Term<SuggestionRow>[] = [
  { column: 'relevance', key: () => 0, descending: true },
  { column: 'number_rating', key: (movie) => movie.number_rating, descending: true },
  { column: 'id', key: (movie) => movie.id, descending: false },
];

/**
 * Suggests movies for what somebody has typed so far: by relevance those with every word in the title, whole or as a
 * beginning, then those with words that may have been mistyped.
 * @throws {ConnectionError} where too many searches wait, or it takes too long
 */
export async function suggest(text: string): Promise<SuggestionRow[]> {
  const query = parseQuery(text);
  if (query.terms.length === 0 || query.terms.length > TERMS_MAX) return [];
  const isEmbedded = dialect === 'sqlite';
  const { rows, waiting } = isEmbedded
    ? { rows: await readTitled(query, SUGGESTED_MAX), waiting: false }
    : await readIndexed(query);
  if (rows.length >= SUGGESTED_MAX) return rows;
  const meant = await meantBy(query.terms);
  if (!meant || !(waiting || isNear(meant))) return rows;
  const known = new Set(rows.map(({ id }) => id));
  const further = isEmbedded
    ? await readMeant(meant)
    : await readBest((await findMeant(meant)).slice(1).toReversed());
  return [...rows, ...further.filter(({ id }) => !known.has(id))].slice(0, SUGGESTED_MAX);
}

/** Reads the movies with every word in the title from the index, and whether movies wait to be indexed. */
async function readIndexed(query: Query): Promise<{ rows: SuggestionRow[]; waiting: boolean }> {
  const reading = await findTitles(query);
  const [whole, begins, words] = correctedLevels(reading, query) as [IdSet, IdSet, IdSet];
  const rows = await readBest([words.without(begins), begins.without(whole), whole]);
  return { rows, waiting: queuedIn(reading.current).length > 0 };
}

/** @param ranks sets of movies, the best last */
function readBest(ranks: readonly IdSet[]): Promise<SuggestionRow[]> {
  return readRanked(SUGGESTIONS, ranks, { where: EVERY, terms: BEST, limit: SUGGESTED_MAX, offset: 0 });
}
