import { all, type Condition, containing, EVERY, inSet, matching, oneOf } from '../../reads/condition.js';
import type { Slice, Source } from '../../reads/list.js';
import type { IdSet } from '../../search/id-set.js';
import { searchTerms } from '../../search/words.js';
import { after, type Key, type Term, toOrder } from './ordering.js';

/** The part of a list that a page shows. */
export interface PageWindow<Row> {
  /** The condition of the list's filters. */
  where: Condition;
  terms: Term<Row>[];
  limit: number;
  offset: number;
  /** For pages by cursor: the keys, in the list's order, of the row that the page begins after. */
  keys?: Key[];
  /** A condition that all rows up to the end of the page meet; see `narrowed`. */
  bound?: Condition;
}

/** The slice of a page, and the number of rows in the whole list where it is known without a query. */
export interface SliceAndCount {
  /** Null where the page has no rows. */
  slice: Slice | null;
  count?: number;
}

/** A search that has found its rows. */
export interface Found {
  slice: <Row>(window: PageWindow<Row>) => SliceAndCount;
  /** The condition of the found rows, where they are too many to be sorted. */
  found?: Condition;
}

/** The search of a query; null where that has no words. */
export type Search = Found | null;

const nothing: Found = { slice: () => ({ slice: null, count: 0 }) };

/** Starts a search by looking its words up in the inverted index, if the source has one. */
export async function startSearch(source: Source, query: string): Promise<Search> {
  const words = searchTerms(query);
  // A text without words, such as `$`, matches nothing.
  if (words.length === 0) return query.trim() === '' ? null : nothing;
  if (words.length > (source.termsMax ?? Infinity)) return nothing;
  const found = await source.find?.(words);
  if (found) {
    return {
      slice: (window) => sliceOfFound(found, window),
      ...(!isFew(found) && { found: inSet(found) }),
    };
  }
  const searched = source.find ? matching(source.table, words) : containing(words);
  return { slice: (window) => ({ slice: { ...sliceOf(window, searched), findsAll: true } }) };
}

/**
 * Whether reading all found rows and sorting them costs less than walking the list in its order until a page is full.
 * The more rows are found, the sooner the walk fills the page.
 */
function isFew(found: IdSet): boolean {
  return found.size ** 2 <= found.highest;
}

function sliceOf<Row>(
  { where, terms, keys, limit, offset, bound }: PageWindow<Row>,
  searched: Condition,
): Slice {
  const position = [...(keys ? [after(terms, keys)] : []), ...(bound ? [bound] : [])];
  return { where: all([where, ...position, searched]), order: toOrder(terms), limit, offset, slow: true };
}

function sliceOfFound<Row>(found: IdSet, window: PageWindow<Row>): SliceAndCount {
  const { where, terms, limit, offset } = window;
  const isAll = where.sql === EVERY.sql;
  const count = isAll ? { count: found.size } : {};
  if (found.size <= offset) return { slice: null, ...count };
  if (isAll && terms[0]?.column === 'id') {
    const ids = idsOfPage(found, window);
    if (ids.length === 0) return { slice: null, ...count };
    return { slice: { where: oneOf(ids), order: toOrder(terms), limit, offset: 0 }, ...count };
  }
  if (isFew(found)) return { slice: { ...sliceOf(window, oneOf(found.slice())), findsAll: true }, ...count };
  return { slice: { ...sliceOf(window, inSet(found)), sortsFew: !isAll }, ...count };
}

/** The ids of a page, for a list in the order of ids. */
function idsOfPage<Row>(found: IdSet, { terms, keys, limit, offset }: PageWindow<Row>): number[] {
  const previous = keys && Number(keys[0]);
  if (terms[0]?.descending) {
    const end = (previous === undefined ? found.size : found.rank(previous)) - offset;
    return found.slice(Math.max(end - limit, 0), Math.max(end, 0));
  }
  const start = (previous === undefined ? 0 : found.rank(previous + 1)) + offset;
  return found.slice(start, start + limit);
}
