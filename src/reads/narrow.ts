import { select } from '../database/sql/statements.js';
import type { Condition } from './condition.js';

/*
 * A row of a large table is a kilobyte. An index that has the columns of all filters and orders of its lists, and nothing else,
 * is a ninth of the table: whatever a filter, it is counted and sorted from there in a fraction of a second.
 */

/** The narrow index of a table. */
export interface Narrow {
  /** Its name. It leads by the id. */
  index: string;
  columns: ReadonlySet<string>;
  /** A SELECT of how many rows the table has, which does not count them. */
  total: string;
}

/** Rows that cost less to look up in the table than a scan of the index does. */
const LOOKUPS_MAX = 5_000;

/** The columns of the list's row that SQL names. */
export function columnsIn(sql: string): string[] {
  return [...sql.matchAll(/\brecord\.`?(\w+)/g)].map(([, column]) => column as string);
}

/** Whether the narrow index has all that SQL names of the list's row, and it names more than the id. */
export function covers(narrow: Narrow | undefined, sql: string): narrow is Narrow {
  const columns = columnsIn(sql).filter((column) => column !== 'id');
  return narrow !== undefined && columns.length > 0 && columns.every((column) => narrow.columns.has(column));
}

/** The SQL of a condition that names no other table where it can. */
export const checkOf = ({ sql, check }: Condition): string => check ?? sql;

/** A step of a plan: how many rows of a table the database expects to read for each row before. */
interface Step {
  select_type: string;
  rows: number | null;
  Extra: string | null;
}

/**
 * Whether the rows that meet a condition are better found in the narrow index: the database would look many of them up in the
 * table. It often would where it could read less.
 */
export async function isFoundNarrowly(
  { table, narrow }: { table: string; narrow?: Narrow | undefined },
  where: Condition,
): Promise<boolean> {
  if (!covers(narrow, checkOf(where))) return false;
  const plan = `EXPLAIN FORMAT=TRADITIONAL SELECT COUNT(*) FROM ${table} AS record WHERE ${where.sql}`;
  const steps = await select<Step>(plan, where.values, { indexOnly: true });
  const joined = steps.filter((step) => ['SIMPLE', 'PRIMARY'].includes(step.select_type));
  // An index has all of it.
  if (joined.length === 1 && /Using index(?! condition)/.test(joined[0]?.Extra ?? '')) return false;
  return steps.reduce((product, { rows }) => product * Math.max(1, Number(rows)), 1) > LOOKUPS_MAX;
}

/** Columns that grow together: where a filter and an order are by two of them, the rows that match are at one end. */
const RELATED = [
  ['avg_rating', 'number_rating', 'weighted_rating'],
  ['id', 'created', 'platform_id'],
];

/** The rows of a page to find. */
export interface Page {
  where: Condition;
  order: string;
  limit: number;
  offset: number;
  /** The index that has the rows in this order. */
  index?: string | undefined;
}

/**
 * Whether a page is better sorted from the narrow index than found by a walk in its order, which looks each row up in the table
 * until it has found the page.
 * @param narrow an index that covers the condition and the order
 * @param count how many rows match; null where that is not known
 */
export async function isSortedNarrowly(
  narrow: Narrow,
  { where, order, limit, offset, index = '' }: Page,
  count: number | null,
): Promise<boolean> {
  const orders = columnsIn(order);
  const platform = index.includes('platform') ? ['platform_id'] : [];
  const filters = columnsIn(checkOf(where)).filter((column) => ![...orders, ...platform].includes(column));
  // The index of the order answers it.
  if (filters.length === 0) return false;
  const first = orders[0] ?? 'id';
  const related = RELATED.find((columns) => columns.includes(first)) ?? [];
  const isRelated = filters.some((column) => related.includes(column));
  const rows = offset + limit;
  if (count === null) return isRelated || rows > LOOKUPS_MAX;
  const [row] = await select<{ total: number }>(`SELECT (${narrow.total}) AS total`);
  const total = Number(row?.total);
  const walked = isRelated ? total - count + rows : (rows * total) / Math.max(1, count);
  return walked > LOOKUPS_MAX;
}
