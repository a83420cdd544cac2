import { all, type Condition, EVERY, inSet, matching, oneOf } from '../../reads/condition.js';
import type { Slice, Source } from '../../reads/list.js';
import type { IdSet } from '../../search/id-set.js';
import { searchTerms } from '../../search/words.js';
import { after, type Key, type Term, toOrder } from './ordering.js';

/** The rows of a list that a page shows. */
export interface Wanted<Row> {
  /** The condition of the list's filters. */
  where: Condition;
  terms: Term<Row>[];
  limit: number;
  offset: number;
  /** The sort keys of the row after which the page begins, for pages by cursor. */
  keys?: Key[];
}

/** The slice to read, and the number of rows in the list where the search already tells it. */
export interface Searched {
  /** Null where no row matches. */
  slice: Slice | null;
  count?: number;
}

/** Plans the slice of a page for a query's `search`; null where the query has no words. */
export type Search = (<Row>(wanted: Wanted<Row>) => Searched) | null;

/** Runs a search, if the source has an index of its own; the result plans the slices of pages. */
export async function startSearch(source: Source, query: string): Promise<Search> {
  const words = searchTerms(query);
  if (words.length === 0) return null;
  const found = await source.find?.(words);
  if (found) return (wanted) => amongFound(found, wanted);
  return (wanted) => ({ slice: { ...sliceOf(wanted, matching(source.table, words)), findsAll: true } });
}

/**
 * Whether to look up all rows found and sort them, rather than to walk the list in its order until a page is full. The
 * more rows match, the sooner a walk fills the page.
 */
function isFew(found: IdSet): boolean {
  return found.size ** 2 <= found.highest;
}

function sliceOf<Row>({ where, terms, keys, limit, offset }: Wanted<Row>, also: Condition): Slice {
  const beyond = keys ? [after(terms, keys)] : [];
  return { where: all([where, ...beyond, also]), order: toOrder(terms), limit, offset };
}

function amongFound<Row>(found: IdSet, wanted: Wanted<Row>): Searched {
  const { where, terms, limit } = wanted;
  const isAll = where.sql === EVERY.sql;
  const count = isAll ? { count: found.size } : {};
  if (found.size === 0) return { slice: null, ...count };
  if (isAll && terms[0]?.column === 'id') {
    const ids = pageById(found, wanted);
    if (ids.length === 0) return { slice: null, ...count };
    return { slice: { where: oneOf(ids), order: toOrder(terms), limit, offset: 0 }, ...count };
  }
  if (isFew(found)) return { slice: { ...sliceOf(wanted, oneOf(found.slice())), findsAll: true }, ...count };
  return { slice: sliceOf(wanted, inSet(found)), ...count };
}

/** The ids of a page that is ordered by id. */
function pageById<Row>(found: IdSet, { terms, keys, limit, offset }: Wanted<Row>): number[] {
  const behind = keys && Number(keys[0]);
  if (terms[0]?.descending) {
    const end = (behind === undefined ? found.size : found.rank(behind)) - offset;
    return found.slice(Math.max(end - limit, 0), Math.max(end, 0));
  }
  const start = (behind === undefined ? 0 : found.rank(behind + 1)) + offset;
  return found.slice(start, start + limit);
}
