import { dialect } from '../database/connection-options.js';
import type { Value } from '../database/sql/statements.js';
import type { FoundMovies } from '../search/find.js';
import type { Query } from '../search/relevance.js';
import type { Condition } from './condition.js';
import { checkOf, columnsIn, covers, type Narrow } from './narrow.js';

/** A table's rows as a list shows them. In all of its SQL the row is `record`. */
export interface Source {
  table: string;
  /**
   * A table, `link` in the SQL, whose rows each lead to a row by this column: the list is of those rows. They are found by its
   * index `index`, in the order of `link.id`; without one, they are looked up for the rows, which are read in their order.
   */
  link?: { table: string; column: string; index?: string };
  /** The columns of a row, and the LEFT JOINs of the other tables that they use. */
  columns: string;
  joins: string;
  /** Makes of rows as they are stored what the list has. */
  complete?: (rows: readonly unknown[]) => Promise<void>;
  /** Finds the rows with a word for each term of a query; null where the full-text index must be used instead. */
  find?: (query: Query, options: { ranked: boolean }) => Promise<FoundMovies | null>;
  /** More terms than a row can have words, for a search that checks row by row instead of `find`. */
  termsMax?: number;
  /** The index hint of such a search. */
  hint?: string;
  /** The index that has the columns of filters and orders, where the table is large. */
  narrow?: Narrow | undefined;
}

/** The rows of a source to read. */
export interface Slice {
  where: Condition;
  /** LEFT JOINs that the condition and the order use. */
  joins?: string;
  /** The terms of ORDER BY. */
  order: string;
  limit: number;
  offset: number;
  /** Whether the database finds all matching rows before it cuts out a page: the same pass then counts them. */
  findsAll?: boolean;
  /** Whether reading it may take long: it then waits for its turn, see `selectSlowly`. */
  slow?: boolean;
  /** The index that has the rows in this order. MySQL would often take another one, and sort or walk. */
  index?: string | undefined;
  /**
   * Whether few rows of a large table may match: these are then sorted. Walking the table in the order, until a page of
   * them is found, could take as long as reading it whole.
   */
  sortsFew?: boolean;
  /** Whether so many rows match that they are not sorted. */
  walks?: boolean;
}

/** The most rows that are sorted in place of such a walk. */
export const FEW = 10_000;
/** A join whose left side is read first. */
const ORDERED_JOIN = dialect === 'mysql' ? 'STRAIGHT_JOIN' : 'CROSS JOIN';

/** From this offset on the ids of a page are read first, from an index where one has them in order. */
const DEFERRED_FROM = 100;

/**
 * Makes the database read a table by this index.
 * @param walks whether most rows meet the condition. SQLite finds the index of an order by itself, but for these rows it would
 *   take that of the condition, and sort them
 */
export function by(index: string | undefined, walks = false): string {
  if (!index || (dialect === 'sqlite' && !walks)) return '';
  if (dialect === 'mysql') return `FORCE INDEX (${index})`;
  return index === 'PRIMARY' ? 'NOT INDEXED' : `INDEXED BY ${index}`;
}

/** What identifies a row of the list in the SQL. */
const keyOf = ({ link }: Source) => (link ? 'link.id' : 'record.id');

/**
 * The FROM of a list's rows.
 * @param hint the index hint of the table
 * @param used the SQL that uses the rows
 */
export function rowsOf({ table, link, narrow }: Source, hint = '', used = ''): string {
  const rows = `${table} AS record ${hint}`;
  if (!link) return rows;
  if (!link.index) return `${rows} ${ORDERED_JOIN} ${link.table} AS link ON link.${link.column} = record.id`;
  const found = `${table} AS record ${covers(narrow, used) ? by(narrow.index) : ''}`;
  return `${link.table} AS link ${by(link.index)} ${ORDERED_JOIN} ${found} ON record.id = link.${link.column}`;
}

/** The joins of a page's rows, whose keys a subquery `page` has as its `id`. */
function rowsOfPage({ table, link }: Source): string {
  if (!link) return `JOIN ${table} AS record ON record.id = page.id`;
  return `JOIN ${link.table} AS link ON link.id = page.id JOIN ${table} AS record ON record.id = link.${link.column}`;
}

/** The SELECT of a slice's rows. With `count`, each row also has `in_all`, the number of rows in the list. */
export function statement(source: Source, slice: Slice, count?: Condition): Condition {
  const { columns, joins, hint = '' } = source;
  const { where, joins: ordering = '', order, limit, offset, findsAll = false } = slice;
  // Where all rows are found, they are not walked.
  const condition = findsAll ? where.sql : checkOf(where);
  const tail = `WHERE ${condition} ORDER BY ${order} LIMIT ? OFFSET ?`;
  const values: Value[] = [...where.values, limit, offset];
  const subquery = count && !findsAll ? `, (${count.sql}) AS in_all` : '';
  const allValues = subquery ? [...(count?.values ?? []), ...values] : values;
  if (offset < DEFERRED_FROM && !findsAll && !where.indexOnly) {
    const sql = `SELECT ${columns}${subquery} FROM ${rowsOf(source, by(slice.index, slice.walks))} ${joins} ${ordering} ${tail}`;
    return { sql, values: allValues, indexOnly: count?.indexOnly ?? false };
  }
  // A deferred join: without it the database carries whole rows through the skipped ones, or through a sort.
  const windowed = count && findsAll ? ', COUNT(*) OVER () AS in_all' : '';
  const { link } = source;
  // A link always leads to a row.
  const isOfLinks = link?.index && !/\brecord\./.test(`${condition} ${order}`);
  const rows = isOfLinks
    ? `${link.table} AS link ${by(link.index)}`
    : rowsOf(source, findsAll ? hint : by(slice.index, slice.walks), `${condition} ${order}`);
  const ids = `SELECT ${keyOf(source)} AS id${windowed} FROM ${rows} ${ordering} ${tail}`;
  const sql = `SELECT ${columns}${windowed && ', page.in_all'}${subquery} FROM (${ids}) AS page
    ${rowsOfPage(source)} ${joins} ${ordering} ORDER BY ${order}`;
  return { sql, values: allValues, indexOnly: true };
}

/** A condition, and the index hint with which all rows that meet it are found. */
export interface Finding {
  sql: string;
  values: Value[];
  hint: string;
}

/** The SELECT of the ids of some rows that are found. */
export function foundIds({ table }: Source, { sql, hint }: Finding, limit: number): string {
  return `SELECT record.id FROM ${table} AS record ${hint} WHERE ${sql} LIMIT ${limit}`;
}

/** The SELECT of a slice's rows that first finds all rows of the list, which are few. */
export function sortingStatement(source: Source, slice: Slice, finding: Finding): Condition {
  const { table, columns, joins } = source;
  const { order, limit, offset } = slice;
  const found = foundIds(source, finding, FEW);
  const ids = `SELECT record.id FROM (${found}) AS found ${ORDERED_JOIN} ${table} AS record ON record.id = found.id
    ORDER BY ${order} LIMIT ? OFFSET ?`;
  const sql = `SELECT ${columns} FROM (${ids}) AS page
    JOIN ${table} AS record ON record.id = page.id ${joins} ORDER BY ${order}`;
  return { sql, values: [...finding.values, limit, offset] };
}

/** A subquery with a LIMIT is worked out by itself. */
const NO_LIMIT = '18446744073709551615';

/**
 * The SELECT of a slice's rows that sorts them from the narrow index. What is sorted is copied first. Sorted in place, MariaDB
 * reads the whole rows again (10.11.19: 2.5 s in place of 0.3 for a million).
 */
export function narrowStatement(
  { table, columns, joins }: Source,
  narrow: Narrow,
  { where, order, limit, offset }: Slice,
): Condition {
  const sorted = [...new Set(['id', ...columnsIn(order)])].map((column) => `record.${column}`);
  const found = `SELECT ${sorted.join(', ')} FROM ${table} AS record ${by(narrow.index)}
    WHERE ${checkOf(where)} LIMIT ${NO_LIMIT}`;
  const ids = `SELECT record.id FROM (${found}) AS record ORDER BY ${order} LIMIT ? OFFSET ?`;
  const sql = `SELECT ${columns} FROM (${ids}) AS page
    ${ORDERED_JOIN} ${table} AS record ON record.id = page.id ${joins} ORDER BY ${order}`;
  return { sql, values: [...where.values, limit, offset] };
}

/** A slice as it is read: with a link, few rows are found from the links, and sorted in the same pass. */
export function asRead({ link }: Source, slice: Slice): Slice {
  return link?.index && slice.sortsFew ? { ...slice, sortsFew: false, findsAll: true } : slice;
}
