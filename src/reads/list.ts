import { compare, type Condition } from './condition.js';
import { dialect } from '../database/connection-options.js';
import { readPageInTurn } from '../database/gate.js';
import type { FoundMovies } from '../search/find.js';
import type { Query } from '../search/relevance.js';
import { select, selectSlowly, type Value } from '../database/sql/statements.js';

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
  /** Finds the rows with a word for each term of a query; null where the full-text index must be used instead. */
  find?: (query: Query, options: { ranked: boolean }) => Promise<FoundMovies | null>;
  /** More terms than a row can have words, for a search that checks row by row instead of `find`. */
  termsMax?: number;
  /** The index hint of such a search. */
  hint?: string;
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
const FEW = 10_000;
/** A join whose left side is read first. */
const ORDERED_JOIN = dialect === 'mysql' ? 'STRAIGHT_JOIN' : 'CROSS JOIN';

/** From this offset on the ids of a page are read first, from an index where one has them in order. */
const DEFERRED_FROM = 100;

/**
 * Makes the database read a table by this index.
 * @param walks whether most rows meet the condition. SQLite finds the index of an order by itself, but for these rows it would
 *   take that of the condition, and sort them
 */
function by(index: string | undefined, walks = false): string {
  if (!index || (dialect === 'sqlite' && !walks)) return '';
  if (dialect === 'mysql') return `FORCE INDEX (${index})`;
  return index === 'PRIMARY' ? 'NOT INDEXED' : `INDEXED BY ${index}`;
}

/** What identifies a row of the list in the SQL. */
const keyOf = ({ link }: Source) => (link ? 'link.id' : 'record.id');

/**
 * The FROM of a list's rows.
 * @param hint the index hint of the table
 */
export function rowsOf({ table, link }: Source, hint = ''): string {
  const rows = `${table} AS record ${hint}`;
  if (!link) return rows;
  if (!link.index) return `${rows} ${ORDERED_JOIN} ${link.table} AS link ON link.${link.column} = record.id`;
  return `${link.table} AS link ${by(link.index)} ${ORDERED_JOIN} ${table} AS record ON record.id = link.${link.column}`;
}

/** The joins of a page's rows, whose keys a subquery `page` has as its `id`. */
function rowsOfPage({ table, link }: Source): string {
  if (!link) return `JOIN ${table} AS record ON record.id = page.id`;
  return `JOIN ${link.table} AS link ON link.id = page.id JOIN ${table} AS record ON record.id = link.${link.column}`;
}

/** The SELECT of a slice's rows. With `count`, each row also has `in_all`, the number of rows in the list. */
function statement(source: Source, slice: Slice, count?: Condition): Condition {
  const { columns, joins, hint = '' } = source;
  const { where, joins: ordering = '', order, limit, offset, findsAll = false } = slice;
  // Where all rows are found, they are not walked.
  const condition = findsAll ? where.sql : (where.check ?? where.sql);
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
    : rowsOf(source, findsAll ? hint : by(slice.index, slice.walks));
  const ids = `SELECT ${keyOf(source)} AS id${windowed} FROM ${rows} ${ordering} ${tail}`;
  const sql = `SELECT ${columns}${windowed && ', page.in_all'}${subquery} FROM (${ids}) AS page
    ${rowsOfPage(source)} ${joins} ${ordering} ORDER BY ${order}`;
  return { sql, values: allValues, indexOnly: true };
}

/** The SELECT of a slice's rows that first finds all rows of the list, which are few. */
function sortingStatement({ table, columns, joins }: Source, slice: Slice): Condition {
  const { where, order, limit, offset } = slice;
  const found = `SELECT record.id FROM ${table} AS record WHERE ${where.sql} LIMIT ${FEW}`;
  const ids = `SELECT record.id FROM (${found}) AS found ${ORDERED_JOIN} ${table} AS record ON record.id = found.id
    ORDER BY ${order} LIMIT ? OFFSET ?`;
  const sql = `SELECT ${columns} FROM (${ids}) AS page
    JOIN ${table} AS record ON record.id = page.id ${joins} ORDER BY ${order}`;
  return { sql, values: [...where.values, limit, offset] };
}

/** A slice as it is read: with a link, few rows are found from the links, and sorted in the same pass. */
function asRead({ link }: Source, slice: Slice): Slice {
  return link?.index && slice.sortsFew ? { ...slice, sortsFew: false, findsAll: true } : slice;
}

/** Reads the ids of a slice's rows from its index alone. */
export async function readIds({ table }: Source, { where, order, limit, index }: Slice): Promise<number[]> {
  const sql = `SELECT record.id FROM ${table} AS record ${by(index)} WHERE ${where.sql} ORDER BY ${order} LIMIT ?`;
  const rows = await select<{ id: number }>(sql, [...where.values, limit], { indexOnly: true });
  return rows.map(({ id }) => id);
}

/** Reads the rows of a slice. */
export async function readSlice<Row>(source: Source, asked: Slice): Promise<Row[]> {
  const slice = asRead(source, asked);
  if (!slice.sortsFew) return run<Row>(statement(source, slice), slice);
  const { sql, values } = slice.where;
  const first = `SELECT record.id FROM ${source.table} AS record WHERE ${sql} LIMIT ${FEW + 1}`;
  const found = await readCount({ sql: `SELECT COUNT(*) FROM (${first}) AS found`, values });
  return readCounted(source, slice, found);
}

/** Reads the rows of a slice that may be few. */
function readCounted<Row>(source: Source, slice: Slice, count: number): Promise<Row[]> {
  if (count <= FEW) return run<Row>(sortingStatement(source, slice), slice);
  return run<Row>(statement(source, { ...slice, walks: true }), slice);
}

function run<Row>({ sql, values, indexOnly }: Condition, { slow }: Slice): Promise<Row[]> {
  return slow
    ? selectSlowly<Row>(sql, values)
    : readPageInTurn(() => select<Row>(sql, values, { indexOnly }));
}

/** A SELECT of the number of rows in a list. */
export type Count = Condition;

/** Reads the number of rows in a list. */
export async function readCount({ sql, values }: Count): Promise<number> {
  const [row] = await selectSlowly<{ in_all: number }>(`SELECT (${sql}) AS in_all`, values);
  return Number(row?.in_all ?? 0);
}

/**
 * Finds the condition that rows come no later than the one at a position in the order of a column that has an index. The
 * page up to there then needs no sort of the whole list by further columns, but of these rows.
 * @param place the position, from 1, and the index that has the column in order
 * @returns null where the list has fewer rows
 */
export async function upTo(
  { table }: Source,
  where: Condition,
  { column, descending }: { column: string; descending: boolean },
  { position, index }: { position: number; index: string | undefined },
): Promise<Condition | null> {
  const isTime = ['created', '`update`'].includes(column);
  const value = isTime && dialect === 'mysql' ? `CAST(record.${column} AS CHAR)` : `record.${column}`;
  const sql = `SELECT ${value} AS value FROM ${table} AS record ${by(index)} WHERE ${where.sql}
    ORDER BY record.${column}${descending ? ' DESC' : ''} LIMIT 1 OFFSET ?`;
  const [row] = await selectSlowly<{ value: Value }>(sql, [...where.values, position - 1]);
  return row ? compare(column, descending ? '>=' : '<=', row.value) : null;
}

/** Some of a list's rows, and the number of rows in the whole list. */
export interface Counted<Row> {
  count: number;
  rows: Row[];
}

/**
 * Reads the rows of a slice and the number of rows in the list, in one statement unless the slice may be of few rows.
 * @param known gives that number without counting all rows; by default they are counted
 */
export async function readSliceAndCount<Row>(
  source: Source,
  asked: Slice,
  known?: Count,
): Promise<Counted<Row>> {
  const slice = asRead(source, asked);
  const { where, findsAll = false, offset, sortsFew } = slice;
  const hint = findsAll ? (source.hint ?? '') : '';
  const count = known ?? {
    sql: `SELECT COUNT(*) FROM ${rowsOf(source, hint)} WHERE ${where.sql}`,
    values: where.values,
    indexOnly: true,
  };
  if (sortsFew) {
    const number = await readCount(count);
    return { count: number, rows: offset < number ? await readCounted<Row>(source, slice, number) : [] };
  }
  const rows = await run<Row & { in_all: number }>(statement(source, slice, count), slice);
  if (rows.length === 0 && offset === 0) return { count: 0, rows };
  // A page without rows has no row that bears the count.
  const [first] =
    rows.length > 0
      ? rows
      : await run<{ in_all: number }>({ ...count, sql: `SELECT (${count.sql}) AS in_all` }, slice);
  // MySQL gives a sum as a decimal, which arrives as a string.
  return { count: Number(first?.in_all ?? 0), rows };
}
