import type { Condition } from './condition.js';
import type { IdSet } from '../search/id-set.js';
import { select, selectPlanned, type Value } from '../database/sql/statements.js';

/** A table's rows as a list shows them. In all of its SQL the row itself is `record`. */
export interface Source {
  table: string;
  /** The columns of a row, and the LEFT JOINs of other tables that they come from. */
  columns: string;
  joins: string;
  /** Finds the ids of the rows that have words for all of some terms; null where the full-text index is to be asked. */
  find?: (terms: readonly string[]) => Promise<IdSet | null>;
}

/** Which rows of a source are to be read. */
export interface Slice {
  where: Condition;
  /** What stands behind ORDER BY. */
  order: string;
  limit: number;
  offset: number;
  /** Whether all rows that the condition means are gone through for any of them: to count them apart would be to do so twice. */
  gathered?: boolean;
  /** Whether an index answers the condition, so that rows are best looked up for the page alone. */
  indexed?: boolean;
}

/** From this row on a page's rows are looked up by their ids, which an index alone may tell. */
const DEFERRED_FROM = 100;

/** Whether ids are found first, and the rows looked up for the page alone. */
function isDeferred({ offset, gathered, indexed }: Slice): boolean {
  return offset >= DEFERRED_FROM || gathered === true || indexed === true;
}

/** The SQL of a slice's rows; with each of them, where it is asked for, `in_all`, how many there are in all. */
function statement({ table, columns, joins }: Source, slice: Slice, count?: Condition): Condition {
  const { where, order, limit, offset, gathered } = slice;
  const tail = `WHERE ${where.sql} ORDER BY ${order} LIMIT ? OFFSET ?`;
  const values: Value[] = [...where.values, limit, offset];
  const apart = count && !gathered ? `, (${count.sql}) AS in_all` : '';
  const counted = apart ? [...(count?.values ?? []), ...values] : values;
  if (!isDeferred(slice)) {
    return { sql: `SELECT ${columns}${apart} FROM ${table} AS record ${joins} ${tail}`, values: counted };
  }
  // Else the database would carry whole rows through all that come before them, or through a sort.
  const along = count && gathered ? ', COUNT(*) OVER () AS in_all' : '';
  const ids = `SELECT record.id${along} FROM ${table} AS record ${tail}`;
  const sql = `SELECT ${columns}${along && ', page.in_all'}${apart} FROM (${ids}) AS page
    JOIN ${table} AS record ON record.id = page.id ${joins} ORDER BY ${order}`;
  return { sql, values: counted };
}

/** Reads the rows of a slice. */
export function readSlice<Row>(source: Source, slice: Slice): Promise<Row[]> {
  const { sql, values } = statement(source, slice);
  return isDeferred(slice) ? selectPlanned<Row>(sql, values) : select<Row>(sql, values);
}

/** A SELECT that gives how many rows a list has. */
export interface Count extends Condition {
  /** Whether it goes through an index to count some of them. */
  indexed?: boolean;
}

/** Some of a list's rows, and how many it has in all. */
export interface Counted<Row> {
  count: number;
  rows: Row[];
}

/**
 * Reads the rows of a slice, and in the same statement how many there are in all.
 * @param known what gives that number without counting all rows; by default they are counted
 */
export async function readSliceAndCount<Row>(
  source: Source,
  slice: Slice,
  known?: Count,
): Promise<Counted<Row>> {
  const { where } = slice;
  const count = known ?? {
    indexed: true,
    sql: `SELECT COUNT(*) FROM ${source.table} AS record WHERE ${where.sql}`,
    values: where.values,
  };
  const { sql, values } = statement(source, slice, count);
  const read = count.indexed || isDeferred(slice) ? selectPlanned : select;
  const rows = await read<Row & { in_all: number }>(sql, values);
  const [first] =
    rows.length > 0 ? rows : await read<{ in_all: number }>(`SELECT (${count.sql}) AS in_all`, count.values);
  // A sum is a decimal number to MySQL, and as such a text.
  return { count: Number(first?.in_all ?? 0), rows };
}
