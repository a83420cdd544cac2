import { config } from '../../src/config.js';
import { ApiError, type Faults } from '../../src/http/errors.js';
import type { Query } from '../api.js';
import type { Visit } from './page.js';

/** One page of a list, or why its address has none. */
export interface Paged<Row> {
  /** How many rows the whole list has; 0 where the address is refused. */
  count: number;
  results: Row[];
  /** The rows of a page. */
  size: number;
  /** The page that the address names and that the list does not have. */
  missing?: string;
  /** What is wrong with the address, by the API's parameters. */
  faults: Faults;
  /** The status of the whole page. */
  status: 200 | 400 | 404;
}

/** How many rows a page can have: the API gives no more than `MAX_PAGE_SIZE`. */
export function rowsOf(wanted: number): number {
  return Math.min(wanted, config.MAX_PAGE_SIZE);
}

/**
 * Reads the page of a list that the visit's address names.
 * @param wanted the rows of a page
 * @throws {ApiError} for refusals other than of a parameter or a page
 */
export async function readPaged<Row>(
  { api, query }: Visit,
  path: string,
  filters: Query,
  wanted: number,
): Promise<Paged<Row>> {
  const size = rowsOf(wanted);
  const page = query.get('page') ?? '';
  try {
    const list = await api.list<Row>(path, { ...filters, page, page_size: size });
    return { ...list, size, faults: {}, status: 200 };
  } catch (error) {
    const { status, body } = refusalOf(error);
    const { page: ofPage, ...faults } = status === 400 ? (body as Faults) : {};
    if (Object.keys(faults).length > 0 || (status === 400 && !ofPage)) {
      return { count: 0, results: [], size, faults, status: 400 };
    }
    const { count } = await api.list(path, { ...filters, page_size: 1 });
    return { count, results: [], size, missing: page, faults: {}, status: 404 };
  }
}

/** The refusal of a parameter or a page. @throws any other error */
function refusalOf(error: unknown): ApiError {
  if (error instanceof ApiError && (error.status === 400 || error.status === 404)) return error;
  throw error;
}
