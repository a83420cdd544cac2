import type { Condition } from './condition.js';
import type { IdSet } from '../search/id-set.js';
import { select, type Value } from '../database/sql/statements.js';

/** A table's rows as a list shows them. In all of its SQL the row is `record`. */
export interface Source {
  table: string;
  /** The columns of a row, and the LEFT JOINs of the other tables that they use. */
  columns: string;
  joins: string;
  /** Finds the ids of the rows with a word for each term; null where the full-text index must be used instead. */
  find?: (terms: readonly string[]) => Promise<IdSet | null>;
}

/** The rows of a source to read. */
export interface Slice {
  where: Condition;
  /** The terms of ORDER BY. */
  order: string;
  limit: number;
  offset: number;
  /** Whether the database finds all matching rows before it cuts out a page: the same pass then counts them. */
  findsAll?: boolean;
}

/** From this offset on the ids of a page are read first, from an index where one has them in order. */
const DEFERRED_FROM = 100;

/** The SELECT of a slice's rows. With `count`, each row also has `in_all`, the number of rows in the list. */
function statement({ table, columns, joins }: Source, slice: Slice, count?: Condition): Condition {
  const { where, order, limit, offset, findsAll = false } = slice;
  const tail = `WHERE ${where.sql} ORDER BY ${order} LIMIT ? OFFSET ?`;
  const values: Value[] = [...where.values, limit, offset];
  const subquery = count && !findsAll ? `, (${count.sql}) AS in_all` : '';
  const allValues = subquery ? [...(count?.values ?? []), ...values] : values;
  if (offset < DEFERRED_FROM && !findsAll && !where.indexOnly) {
    const sql = `SELECT ${columns}${subquery} FROM ${table} AS record ${joins} ${tail}`;
    return { sql, values: allValues, indexOnly: count?.indexOnly ?? false };
  }
  // A deferred join: without it the database carries whole rows through the skipped ones, or through a sort.
  const windowed = count && findsAll ? ', COUNT(*) OVER () AS in_all' : '';
  const ids = `SELECT record.id${windowed} FROM ${table} AS record ${tail}`;
  const sql = `SELECT ${columns}${windowed && ', page.in_all'}${subquery} FROM (${ids}) AS page
    JOIN ${table} AS record ON record.id = page.id ${joins} ORDER BY ${order}`;
  return { sql, values: allValues, indexOnly: true };
}

/** Reads the rows of a slice. */
export function readSlice<Row>(source: Source, slice: Slice): Promise<Row[]> {
  const { sql, values, indexOnly } = statement(source, slice);
  return select<Row>(sql, values, { indexOnly });
}

/** A SELECT of the number of rows in a list. */
export type Count = Condition;

/** Some of a list's rows, and the number of rows in the whole list. */
export interface Counted<Row> {
  count: number;
  rows: Row[];
}

/**
 * Reads the rows of a slice and, in the same statement, the number of rows in the list.
 * @param known gives that number without counting all rows; by default they are counted
 */
export async function readSliceAndCount<Row>(
  source: Source,
  slice: Slice,
  known?: Count,
): Promise<Counted<Row>> {
  const { where } = slice;
  const count = known ?? {
    sql: `SELECT COUNT(*) FROM ${source.table} AS record WHERE ${where.sql}`,
    values: where.values,
    indexOnly: true,
  };
  const { sql, values, indexOnly } = statement(source, slice, count);
  const rows = await select<Row & { in_all: number }>(sql, values, { indexOnly });
  // A page without rows has no row that bears the count.
  const [first] =
    rows.length > 0
      ? rows
      : await select<{ in_all: number }>(`SELECT (${count.sql}) AS in_all`, count.values, { indexOnly });
  // MySQL gives a sum as a decimal, which arrives as a string.
  return { count: Number(first?.in_all ?? 0), rows };
}
