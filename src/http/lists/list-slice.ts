import { all, type Condition } from '../../reads/condition.js';
import { type Count, type Source, upTo } from '../../reads/list.js';
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
}

/** A page that begins after more rows than these may take long even where an index has them in order. */
export const QUICK_OFFSET = 10_000;

/** A list and the search in it. */
export interface SearchedList {
  list: List;
  search: Search;
}

/** Whether the first column of an order has an index in which a list's rows follow each other. */
function isIndexed<Row>({ quick }: List, [first]: Term<Row>[]): boolean {
  return first !== undefined && quick?.(first.column) === true;
}

/** Whether nothing but the id follows the first column, in its direction. */
function hasOneColumn<Row>([first, ...others]: Term<Row>[]): boolean {
  return others.every(({ column, descending }) => column === 'id' && descending === first?.descending);
}

/** Narrows a window by its first column, where an index has only that one in order. */
export async function narrowed<Row>(
  { list, search }: SearchedList,
  window: PageWindow<Row>,
): Promise<PageWindow<Row>> {
  const { where, terms, keys, limit, offset } = window;
  const [first] = terms;
  const isHelpful = list.count !== undefined && isIndexed(list, terms) && !hasOneColumn(terms);
  if (search || !first || !isHelpful || offset > QUICK_OFFSET) return window;
  const position = keys ? [after(terms, keys)] : [];
  const bound = await upTo(list.source, all([where, ...position]), first, offset + limit);
  return bound ? { ...window, where: all([where, bound]) } : window;
}

/** The slice of the list that a page shows. */
export function sliceOf<Row>({ search, list }: SearchedList, window: PageWindow<Row>): SliceAndCount {
  if (search) return search(window);
  const { where, terms, keys, limit, offset } = window;
  const isQuick = offset <= QUICK_OFFSET && isIndexed(list, terms) && hasOneColumn(terms);
  return {
    slice: {
      where: keys ? all([where, after(terms, keys)]) : where,
      order: toOrder(terms),
      limit,
      offset,
      slow: !isQuick,
      sortsFew: !isQuick && (list.count === undefined || list.mayBeFew === true),
    },
  };
}
