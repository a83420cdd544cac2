import { all, type Condition, EVERY } from '../../reads/condition.js';
import { type Count, upTo } from '../../reads/list.js';
import type { Source } from '../../reads/list-sql.js';
import { after, type Term, toOrder } from './ordering.js';
import type { PageWindow, Search, SliceAndCount } from './search-slice.js';

/** A list before paging. */
export interface List {
  source: Source;
  /** The condition of the filters; null where they name something that does not exist, so that no row can match. */
  where: Condition | null;
  /** Gives the number of matching rows where that is known without counting them: a function, or a SELECT. */
  count?: (() => Promise<number>) | Count;
  /** Whether few rows of a large table may match although `count` is given, so that they are better sorted. */
  mayBeFew?: boolean;
  /**
   * Whether a page in the order of this column, and the count, are read from an index or from few rows. Where this does
   * not hold, the page waits for its turn, see `selectSlowly`.
   */
  quick?: (column: string) => boolean;
  /** The index that has the list's rows in the order of this column; undefined leaves the choice to the database. */
  index?: ((column: string) => string | undefined) | undefined;
}

/** A page that begins after more rows than these takes milliseconds even where an index has them in order. */
const QUICK_OFFSET = 1_000;
/** One after more rows than these is read from the end where that is nearer. */
export const DEEP_OFFSET = 10_000;

/** A list and the search in it. */
export interface SearchedList {
  list: List;
  /** Null without a search. */
  search: Search | null;
}

/** Whether the first column of an order has an index in which a list's rows follow each other. */
function isIndexed<Row>({ quick }: List, [first]: Term<Row>[]): boolean {
  return first !== undefined && quick?.(first.column) === true;
}

/** Whether nothing but the id follows the first column, in its direction. */
export function hasOneColumn<Row>([first, ...others]: Term<Row>[]): boolean {
  return others.every(({ column, descending }) => column === 'id' && descending === first?.descending);
}

/** Whether a page is read from an index that has it in order, or from few rows. */
export function isQuick<Row>(list: List, terms: Term<Row>[], offset: number): boolean {
  return offset <= QUICK_OFFSET && isIndexed(list, terms) && hasOneColumn(terms);
}

/** Narrows a window by its first column, where an index has only that one in order. */
export async function narrowed<Row>(
  { list, search }: SearchedList,
  window: PageWindow<Row>,
): Promise<PageWindow<Row>> {
  const { where, terms, keys, limit, offset } = window;
  const [first] = terms;
  const isHelpful = list.count !== undefined && isIndexed(list, terms) && !hasOneColumn(terms);
  if (!first || !isHelpful || offset > DEEP_OFFSET) return window;
  // Only of a whole list the search knows the count, which a bound must not change.
  const found = where.sql === EVERY.sql ? search?.found : undefined;
  if (search && !found) return window;
  const conditions = [where, ...(keys ? [after(terms, keys)] : []), ...(found ? [found] : [])];
  const bound = await upTo(list.source, all(conditions), first, {
    position: offset + limit,
    index: search ? undefined : list.index?.(first.column),
  });
  return bound ? { ...window, bound } : window;
}

/** The slice of the list that a page shows. */
export function sliceOf<Row>({ search, list }: SearchedList, window: PageWindow<Row>): SliceAndCount {
  if (search) return search.slice(window);
  const { where, terms, keys, limit, offset, bound } = window;
  const [first] = terms;
  const slow = !isQuick(list, terms, offset);
  return {
    slice: {
      where: all([where, ...(keys ? [after(terms, keys)] : []), ...(bound ? [bound] : [])]),
      order: toOrder(terms),
      limit,
      offset,
      slow,
      index: first && list.index?.(first.column),
      sortsFew: slow && (list.count === undefined || list.mayBeFew === true),
    },
  };
}
