import type { Request } from 'express';
import { z } from 'zod';
import { config } from '../../config.js';
import { withinTotalTime } from '../../database/gate.js';
import { readKnownCount, readSlice, readSliceAndCount } from '../../reads/list.js';
import { readCursor, writeCursor } from './cursor.js';
import { invalid, notFound } from '../errors.js';
import { filter, integer, text } from '../request/fields.js';
import type { Page } from '../response/answers.js';
import { pagesBeside } from '../response/links.js';
import { DEEP_OFFSET, isQuick, type List, narrowed, type SearchedList, sliceOf } from './list-slice.js';
import { type Orders, RELEVANCE, reversed, type Term } from './ordering.js';
import { orderingField } from './ordering-field.js';
import { countRanked, readRanked } from './ranked-pages.js';
import { type PageWindow, startSearch } from './search-slice.js';

/**
 * The query parameters of every list.
 * @param orders the names that `ordering` may hold
 * @param listed the ordering where a request names none
 * @param searched the same with a search
 */
export function pagingQuery<Row>(orders: Orders<Row>, listed = 'id', searched = listed) {
  return z.object({
    page: filter(integer(1)).meta({ description: 'The number of the page, from 1.', example: 1 }),
    page_size: filter(integer(1)).meta({
      description: `Rows of a page: ${config.PAGE_SIZE} where it is left out, and never more than ${config.MAX_PAGE_SIZE}.`,
      example: 20,
    }),
    limit: filter(integer(1)).meta({
      description: `Rows of a page, for the limit and offset style; never more than ${config.MAX_PAGE_SIZE}.`,
    }),
    offset: filter(integer(0)).meta({
      description: 'Rows to pass over, for the limit and offset style. It goes before `page`.',
    }),
    cursor: text({ max: 2_000, blank: true }).optional().meta({
      description:
        'Pages by cursor: empty to start, then as `next` and `previous` have it. It goes before `offset` and `page`.',
    }),
    ordering: orderingField(orders, { listed, searched }),
    search: filter(text({ max: 10_000, blank: true })).meta({
      description: 'Every word must be found, whole or as the beginning of a word, case and accents aside.',
      example: 'thief',
    }),
  });
}

/** The checked paging parameters of a list. */
export type PagingQuery<Row> = Omit<z.output<ReturnType<typeof pagingQuery<Row>>>, 'search'> & {
  search?: string | undefined;
};

const PAGING = ['page', 'page_size', 'limit', 'offset', 'cursor'] as const;
const PAGING_PARAMETERS = new Set<string>([...PAGING, 'fields']);

/** The most rows of a list without paging, with `LIST_STYLE=array`. */
export const BARE_ROWS_MAX = 1_000;

const pageSize = (size: number | undefined) => Math.min(size ?? config.PAGE_SIZE, config.MAX_PAGE_SIZE);

/** A request for a page of a list. */
interface PageRequest<Row> extends SearchedList {
  query: PagingQuery<Row>;
  /** The order of the list. */
  terms: Term<Row>[];
  request: Request;
}

/**
 * Reads the page that a request names, in one of the three paging styles.
 * @throws {ApiError} 400 for a cursor that was not issued for this list and for an order by relevance without a search,
 * 404 for a page past the end
 */
export async function readPage<Row>(
  list: List,
  query: PagingQuery<Row>,
  request: Request,
): Promise<Page<Row>> {
  const order = orderOf(query);
  const read = async () => {
    const search = list.where && (await startSearch(list.source, query.search ?? '', order));
    return pageInStyle({ ...withRelevance(list, order, search?.relevance), search, query, request });
  };
  const offset = query.offset ?? ((query.page ?? 1) - 1) * pageSize(query.page_size);
  return !query.search && isQuick(list, order, offset) ? read() : withinTotalTime(read);
}

async function pageInStyle<Row>(pageRequest: PageRequest<Row>): Promise<Page<Row>> {
  const { query } = pageRequest;
  if (config.LIST_STYLE === 'array' && PAGING.every((name) => query[name] === undefined)) {
    return bareList(pageRequest);
  }
  if (query.cursor !== undefined) return cursorPage(pageRequest);
  return query.limit !== undefined || query.offset !== undefined
    ? offsetPage(pageRequest)
    : numberedPage(pageRequest);
}

/**
 * The order that a query asks for.
 * @throws {ApiError} 400 for relevance without a search
 */
export function orderOf<Row>({ ordering, search = '' }: PagingQuery<Row>): Term<Row>[] {
  if (search.trim() !== '') return ordering.searched;
  if (ordering.listed.some(({ column }) => column === RELEVANCE))
    throw invalid({ ordering: ['"relevance" needs a `search`.'] });
  return ordering.listed;
}

/** Writes the relevance as SQL into the order and the rows. */
function withRelevance<Row>(
  list: List,
  terms: Term<Row>[],
  sql?: string,
): { list: List; terms: Term<Row>[] } {
  if (!sql) return { list, terms };
  const source = { ...list.source, columns: `${list.source.columns}, ${sql} AS ${RELEVANCE}` };
  return {
    list: { ...list, source },
    terms: terms.map((term) => (term.column === RELEVANCE ? { ...term, sql } : term)),
  };
}

async function rowsAndCount<Row>(
  pageRequest: PageRequest<Row>,
  limit: number,
  offset: number,
): Promise<{ count: number; results: Row[] }> {
  const { source, where, count } = pageRequest.list;
  if (!where) return { count: 0, results: [] };
  const { terms, search } = pageRequest;
  const asked = { where, terms, limit, offset };
  if (search?.ranks) {
    const count = await countRanked(source, search.ranks, asked);
    return { count, results: offset < count ? await readRanked(source, search.ranks, asked) : [] };
  }
  const window = await narrowed(pageRequest, asked);
  const { slice, count: found } = sliceOf(pageRequest, window);
  if (!slice) return { count: found ?? 0, results: [] };
  // A search narrows the filters, so their count does not hold.
  const counter = search ? undefined : count;
  const isDeep = offset > DEEP_OFFSET;
  const total = found ?? (isDeep && counter ? await numberOf(counter) : undefined);
  if (total !== undefined) return { count: total, results: await nearerEnd(pageRequest, window, total) };
  if (typeof counter === 'function') {
    const [number, results] = await Promise.all([counter(), readSlice<Row>(source, slice)]);
    return { count: number, results };
  }
  const counted = await readSliceAndCount<Row>(source, slice, counter);
  return { count: counted.count, results: counted.rows };
}

function numberOf(counter: NonNullable<List['count']>): Promise<number> {
  return typeof counter === 'function' ? counter() : readKnownCount(counter);
}

/** Reads a page of a list of `total` rows, in the opposite order where it is nearer to the end. */
async function nearerEnd<Row>(
  pageRequest: PageRequest<Row>,
  window: PageWindow<Row>,
  total: number,
): Promise<Row[]> {
  const { terms, offset } = window;
  const limit = Math.min(window.limit, total - offset);
  const fromEnd = total - offset - limit;
  if (limit <= 0) return [];
  const isNearer = fromEnd < offset && offset > DEEP_OFFSET;
  const nearer = isNearer ? { ...window, terms: reversed(terms), limit, offset: fromEnd } : window;
  const { slice } = sliceOf(pageRequest, nearer);
  const rows = slice ? await readSlice<Row>(pageRequest.list.source, slice) : [];
  return isNearer ? rows.toReversed() : rows;
}

async function numberedPage<Row>(pageRequest: PageRequest<Row>): Promise<Page<Row>> {
  const { query, request } = pageRequest;
  const page = query.page ?? 1;
  const size = pageSize(query.page_size);
  const offset = (page - 1) * size;
  if (!Number.isSafeInteger(offset)) throw notFound('Invalid page.');
  const { count, results } = await rowsAndCount(pageRequest, size, offset);
  if (results.length === 0 && page > 1) throw notFound('Invalid page.');
  const next = offset + size < count ? { page: page + 1 } : null;
  const previous = page > 1 ? { page: page === 2 ? null : page - 1 } : null;
  return { count, ...pagesBeside(request, { next, previous }), results };
}

async function offsetPage<Row>(pageRequest: PageRequest<Row>): Promise<Page<Row>> {
  const { query, request } = pageRequest;
  const limit = pageSize(query.limit);
  const offset = query.offset ?? 0;
  const { count, results } = await rowsAndCount(pageRequest, limit, offset);
  const next = offset + limit < count ? { limit, offset: offset + limit } : null;
  const before = offset - limit;
  const previous = offset > 0 ? { limit, offset: before > 0 ? before : null } : null;
  return { count, ...pagesBeside(request, { next, previous }), results };
}

/** The first rows alone, as the original answers; `Link` leads to the others. */
async function bareList<Row>(pageRequest: PageRequest<Row>): Promise<Page<Row>> {
  const { count, results } = await rowsAndCount(pageRequest, BARE_ROWS_MAX, 0);
  const next = count > BARE_ROWS_MAX ? { offset: BARE_ROWS_MAX } : null;
  return { ...pagesBeside(pageRequest.request, { next, previous: null }), results, isBare: true };
}

/** Identifies a list with its filters and order, for its cursors. */
function nameOf(request: Request): string {
  const filters = Object.entries(request.query).filter(([name]) => !PAGING_PARAMETERS.has(name));
  return JSON.stringify([request.path.replace(/\/+$/, ''), filters.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

async function cursorPage<Row>(pageRequest: PageRequest<Row>): Promise<Page<Row>> {
  const { list, search, terms, query, request } = pageRequest;
  const { source, where } = list;
  const size = pageSize(query.page_size);
  const name = nameOf(request);
  const position = query.cursor ? readCursor(name, query.cursor) : null;
  if (query.cursor && !position) throw invalid({ cursor: ['Invalid cursor.'] });
  const backward = position?.backward ?? false;
  // One row more than the page tells whether there is a next one.
  const window = {
    terms: backward ? reversed(terms) : terms,
    keys: position?.keys,
    limit: size + 1,
    offset: 0,
  };
  const read = async (asked: PageWindow<Row>) => {
    if (search?.ranks) return readRanked<Row>(source, search.ranks, asked);
    const { slice } = sliceOf(pageRequest, await narrowed(pageRequest, asked));
    return slice ? readSlice<Row>(source, slice) : [];
  };
  const rows = where ? await read({ where, ...window }) : [];
  const hasMore = rows.length > size;
  const results = backward ? rows.slice(0, size).toReversed() : rows.slice(0, size);
  const cursor = (row: Row | undefined, back: boolean) => {
    if (!row) return null;
    const keys = terms.map((term) => term.key(row));
    return { cursor: writeCursor(name, { keys, backward: back }) };
  };
  const next = backward || hasMore ? cursor(results.at(-1), false) : null;
  const previous = (backward ? hasMore : position !== null) ? cursor(results[0], true) : null;
  return { ...pagesBeside(request, { next, previous }), results };
}
