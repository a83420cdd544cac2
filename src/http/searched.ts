import { all, among, type Condition, EVERY, having, matching } from '../reads/condition.js';
import type { Slice, Source } from '../reads/list.js';
import type { IdSet } from '../search/id-set.js';
import { searchTerms } from '../search/words.js';
import { after, type Key, type Term, toOrder } from './ordering.js';

/** From more rows than this on, a page is sooner found by going through rows in its order than through all that are found. */
const LISTED_MAX = 4_096;

/** Which rows of a list a page shows. */
export interface Wanted<Row> {
  /** What the list's filters ask for. */
  where: Condition;
  terms: Term<Row>[];
  limit: number;
  offset: number;
  /** The values in the list's order of the row behind which the page begins, for pages by cursor. */
  keys?: Key[];
}

/** A slice that shows them, and how many rows the whole list has where that is known by now. */
export interface Searched {
  /** Null where there are none. */
  slice: Slice | null;
  count?: number;
}

/** What a query's `search` asks for; null where it has no words. */
export type Search = (<Row>(wanted: Wanted<Row>) => Searched) | null;

/** Begins a search: afterwards it is known how to come to the rows of a page. */
export async function startSearch(source: Source, query: string): Promise<Search> {
  const words = searchTerms(query);
  if (words.length === 0) return null;
  const found = await source.find?.(words);
  if (found) return (wanted) => amongFound(found, words, wanted);
  return (wanted) => ({ slice: { ...sliceOf(wanted, matching(source.table, words)), gathered: true } });
}

function sliceOf<Row>({ where, terms, keys, limit, offset }: Wanted<Row>, also: Condition): Slice {
  const beyond = keys ? [after(terms, keys)] : [];
  return { where: all([where, ...beyond, also]), order: toOrder(terms), limit, offset };
}

function amongFound<Row>(found: IdSet, words: readonly string[], wanted: Wanted<Row>): Searched {
  const { where, terms, limit } = wanted;
  const isAll = where.sql === EVERY.sql;
  const count = isAll ? { count: found.size } : {};
  if (found.size === 0) return { slice: null, ...count };
  if (isAll && terms[0]?.column === 'id') {
    const ids = pageById(found, wanted);
    if (ids.length === 0) return { slice: null, ...count };
    return { slice: { where: among(ids), order: toOrder(terms), limit, offset: 0 }, ...count };
  }
  if (found.size > LISTED_MAX) return { slice: sliceOf(wanted, having(words)), ...count };
  return { slice: { ...sliceOf(wanted, among(found.slice())), gathered: true }, ...count };
}

/** The ids of a page in the order of ids. */
function pageById<Row>(found: IdSet, { terms, keys, limit, offset }: Wanted<Row>): number[] {
  const behind = keys && Number(keys[0]);
  if (terms[0]?.descending) {
    const end = (behind === undefined ? found.size : found.rank(behind)) - offset;
    return found.slice(Math.max(end - limit, 0), Math.max(end, 0));
  }
  const start = (behind === undefined ? 0 : found.rank(behind + 1)) + offset;
  return found.slice(start, start + limit);
}
