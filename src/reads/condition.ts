import { dialect } from '../database.js';
import { searchMatch } from '../models/search.js';
import { storedTime } from '../sql/time.js';
import type { Value } from '../sql/statements.js';

/** A piece of SQL and the values of its question marks. In a list's conditions the list's own row is `record`. */
export interface Condition {
  sql: string;
  values: Value[];
}

/** The condition that all of these hold. */
export function all(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.length === 0 ? '1 = 1' : conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

/** The condition that any of these holds. */
export function any(conditions: readonly Condition[]): Condition {
  return {
    sql: `(${conditions.map(({ sql }) => `(${sql})`).join(' OR ')})`,
    values: conditions.flatMap(({ values }) => values),
  };
}

/** The condition that a column compares so with a value. */
export function compare(column: string, operator: '=' | '<' | '<=' | '>' | '>=', value: Value): Condition {
  return { sql: `record.${column} ${operator} ?`, values: [value] };
}

/** The condition that a column has this value. */
export function equal(column: string, value: Value | boolean): Condition {
  return compare(column, '=', typeof value === 'boolean' ? Number(value) : value);
}

/** The conditions of a `__gte` and a `__lte` filter on a column; a bound that is not given does not bind. */
export function range(
  column: string,
  least: number | Date | undefined,
  most: number | Date | undefined,
): Condition[] {
  return [
    ...(least === undefined ? [] : [compare(column, '>=', valueOf(least))]),
    ...(most === undefined ? [] : [compare(column, '<=', valueOf(most))]),
  ];
}

function valueOf(bound: number | Date): Value {
  return typeof bound === 'number' ? bound : storedTime(bound);
}

/**
 * The condition that each word of `query` is in the record, whole or as a word's beginning.
 * @param table one with a `search_text` column and its full-text index
 * @returns null where the query has no words
 */
export function searching(table: string, query: string): Condition | null {
  const match = searchMatch(query);
  if (match === null) return null;
  const sql =
    dialect === 'sqlite'
      ? `record.id IN (SELECT rowid FROM ${table}_search WHERE ${table}_search MATCH ?)`
      : 'MATCH (record.search_text) AGAINST (? IN BOOLEAN MODE)';
  return { sql, values: [match] };
}
