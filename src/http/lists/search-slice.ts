import { dialect } from '../../database/connection-options.js';
import { all, type Condition, containing, EVERY, inSet, matching, oneOf } from '../../reads/condition.js';
import type { Slice, Source } from '../../reads/list-sql.js';
import { rankQueued } from '../../reads/queued-movies.js';
import { isFew } from '../../search/find.js';
import type { IdSet } from '../../search/id-set.js';
import { parseQuery, type Query, type RankedIds, relevanceSql, TITLES_JOIN } from '../../search/relevance.js';
import { after, type Key, RELEVANCE, type Term, toOrder } from './ordering.js';

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
export interface Search {
  slice: <Row>(window: PageWindow<Row>) => SliceAndCount;
  /** The found rows by relevance, from 0 on, where a page by relevance is read from these sets. */
  ranks?: readonly IdSet[];
  /** The relevance as SQL, for other pages whose order has it. */
  relevance?: string;
  /** The condition of the found rows, where they are too many to be sorted. */
  found?: Condition;
}

const NOTHING: Search = { slice: () => ({ slice: null, count: 0 }) };

/**
 * Starts a search by looking its words up in the inverted index, if the source has one.
 * @param terms the order of the page
 * @returns null where the query has no words
 */
export async function startSearch<Row>(
  source: Source,
  text: string,
  terms: readonly Term<Row>[],
): Promise<Search | null> {
  const query = parseQuery(text);
  // A text without words, such as `$`, matches nothing.
  if (query.terms.length === 0) return text.trim() === '' ? null : NOTHING;
  if (query.terms.length > (source.termsMax ?? Infinity)) return NOTHING;
  const isRanked = terms.some(({ column }) => column === RELEVANCE);
  const found = await source.find?.(query, { ranked: terms[0]?.column === RELEVANCE });
  if (!found) {
    const searched = source.find ? matching(source.table, query.terms) : containing(query.terms);
    return {
      relevance: isRanked ? relevanceSql(query, await queued(query, searched)) : undefined,
      slice: (window) => ({ slice: { ...sliceOf(window, [searched]), findsAll: true } }),
    };
  }
  const { set, ranks } = found;
  const slice: Search['slice'] = (window) => sliceOfFound(set, window);
  if (ranks) return { slice, ranks };
  const isFirst = terms[0]?.column === RELEVANCE;
  const many = isFew(set) || isFirst ? {} : { found: inSet(set) };
  if (!isRanked || set.size === 0) return { slice, ...many };
  return {
    slice,
    ...many,
    relevance: relevanceSql(query, found.queued ?? (await queued(query, among(set)))),
  };
}

/** The relevance of the queued movies that match; SQLite has no queue. */
function queued(query: Query, found: Condition): Promise<RankedIds> | RankedIds {
  return dialect === 'sqlite' ? new Map() : rankQueued(query, found);
}

/** Matches rows that are in a set with at least one id, and meet further conditions. */
export function among(set: IdSet, further: readonly Condition[] = []): Condition {
  return all([...further, isFew(set) ? oneOf(set.slice()) : inSet(set)]);
}

function sliceOf<Row>(
  { where, terms, keys, limit, offset, bound }: PageWindow<Row>,
  searched: readonly Condition[],
): Slice {
  const position = [...(keys ? [after(terms, keys)] : []), ...(bound ? [bound] : [])];
  return {
    where: all([where, ...position, ...searched]),
    joins: usesTitles(terms) ? TITLES_JOIN : '',
    order: toOrder(terms),
    limit,
    offset,
    slow: true,
  };
}

/** Whether an order has the relevance as SQL. */
function usesTitles<Row>(terms: readonly Term<Row>[]): boolean {
  return terms.some(({ sql }) => sql !== undefined);
}

/** The slice of a page of found rows. */
export function sliceOfFound<Row>(found: IdSet, window: PageWindow<Row>): SliceAndCount {
  const { where, terms, limit, offset } = window;
  const isAll = where.sql === EVERY.sql;
  const count = isAll ? { count: found.size } : {};
  if (found.size <= offset) return { slice: null, ...count };
  if (isAll && terms[0]?.column === 'id') {
    const ids = idsOfPage(found, window);
    if (ids.length === 0) return { slice: null, ...count };
    return { slice: { where: oneOf(ids), order: toOrder(terms), limit, offset: 0 }, ...count };
  }
  const slice = sliceOf(window, [among(found)]);
  if (isFew(found)) return { slice: { ...slice, findsAll: true }, ...count };
  return { slice: { ...slice, sortsFew: !isAll && !usesTitles(terms) }, ...count };
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
