import { dialect } from '../database/connection-options.js';
import type { IdSet } from '../search/id-set.js';
import { likeTerms } from '../search/term-sql.js';
import { fullTextQuery } from '../search/words.js';
import { storedTime } from '../database/sql/time.js';
import type { Value } from '../database/sql/statements.js';
import { padded, questionMarks } from '../database/sql/batch.js';

/** SQL and the values of its placeholders. In the conditions of a list the list's row is `record`. */
export interface Condition {
  sql: string;
  /**
   * The SQL that checks a row for it, where `sql` finds the rows by another table. It has the same values. A list that is
   * walked in its order needs it.
   */
  check?: string;
  values: Value[];
  /** Whether an index alone should answer it, without the rows; see `select`. */
  indexOnly?: boolean;
}

/** Matches every row. */
export const EVERY: Condition = { sql: '1 = 1', values: [] };

/** Matches no row. */
export const NONE: Condition = { sql: '1 = 0', values: [] };

/** Matches rows that meet all of the conditions. */
export function all(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return EVERY;
  return joined(conditions, (parts) => parts.join(' AND '));
}

/** Matches rows that meet any of the conditions. */
export function any(conditions: readonly Condition[]): Condition {
  return joined(conditions, (parts) => `(${parts.map((part) => `(${part})`).join(' OR ')})`);
}

function joined(conditions: readonly Condition[], join: (parts: string[]) => string): Condition {
  return {
    sql: join(conditions.map(({ sql }) => sql)),
    ...(conditions.some(({ check }) => check !== undefined) && {
      check: join(conditions.map(({ sql, check }) => check ?? sql)),
    }),
    values: conditions.flatMap(({ values }) => values),
    indexOnly: conditions.some(({ indexOnly }) => indexOnly),
  };
}

/** Compares a column with a value. */
export function compare(column: string, operator: '=' | '<' | '<=' | '>' | '>=', value: Value): Condition {
  return { sql: `record.${column} ${operator} ?`, values: [value] };
}

/** Matches rows with this value in a column. */
export function equal(column: string, value: Value | boolean): Condition {
  return compare(column, '=', typeof value === 'boolean' ? Number(value) : value);
}

/** The conditions of a `__gte` and a `__lte` filter on a column; an undefined bound adds none. */
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
 * The condition that a record comes after these values in an order. Its form lets each database seek in an index on the
 * columns, however many records share the first value.
 * @param order the SQL of the columns, at least one
 * @param values one for each column
 */
export function comesAfter(
  order: readonly { sql: string; descending: boolean }[],
  values: readonly Value[],
): Condition {
  const [first] = order;
  if (!first) throw new Error('an order needs a column');
  if (dialect === 'sqlite' && order.every(({ descending }) => descending === first.descending)) {
    const columns = order.map(({ sql }) => sql).join(', ');
    const marks = order.map(() => '?').join(', ');
    return { sql: `(${columns}) ${first.descending ? '<' : '>'} (${marks})`, values: [...values] };
  }
  const alternatives = order.map((term, index) => {
    const ties = order.slice(0, index).map((earlier) => `${earlier.sql} = ? AND `);
    return `${ties.join('')}${term.sql} ${term.descending ? '<' : '>'} ?`;
  });
  const sql = alternatives.length === 1 ? (alternatives[0] as string) : `((${alternatives.join(') OR (')}))`;
  const after = { sql, values: order.flatMap((_, index) => values.slice(0, index + 1)) };
  if (dialect !== 'sqlite') return after;
  // MySQL turns the alternatives into ranges; SQLite can only use a condition that they all share.
  const bound = { sql: `${first.sql} ${first.descending ? '<=' : '>='} ?`, values: [values[0] as Value] };
  return all([bound, after]);
}

/** Matches rows with one of these ids; at least one is required. */
export function oneOf(ids: readonly number[]): Condition {
  const values = padded(ids);
  return { sql: `record.id IN ${questionMarks(values.length)}`, values };
}

/**
 * Matches rows whose id is in a set of any size. The database tests each entry of an index and reads no rows.
 * @param record the table's alias in the statement
 */
export function inSet(set: IdSet, record = 'record'): Condition {
  const byte = `ASCII(SUBSTRING(CAST(? AS BINARY), ${record}.id DIV 8 + 1, 1))`;
  return { sql: `(${byte} >> (${record}.id MOD 8) & 1) = 1`, values: [set.bits()], indexOnly: true };
}

/** Terms that a full-text index looks up: each costs as much as there are words that begin with it. */
const LOOKED_UP = 4;
/** MySQL does not end the lookup of a common term when its time is over, so it looks up none that is shorter than this. */
const SHORTEST = dialect === 'mysql' ? 'mq'.length + 3 : 1;

/**
 * Matches rows with a word for each of the terms, by the table's full-text index. It looks up the longest terms, which
 * are the rarest, and checks the others in what it finds.
 * @param table a table with a `search_text` column
 * @param record the table's alias in the statement
 */
export function matching(table: string, terms: readonly string[], record = 'record'): Condition {
  const longestFirst = terms.toSorted((a, b) => b.length - a.length);
  const lookedUp = longestFirst.slice(0, LOOKED_UP).filter((term) => term.length >= SHORTEST);
  if (lookedUp.length === 0) return containing(terms, record);
  const sql =
    dialect === 'sqlite'
      ? `${record}.id IN (SELECT rowid FROM ${table}_search WHERE ${table}_search MATCH ?)`
      : `MATCH (${record}.search_text) AGAINST (? IN BOOLEAN MODE)`;
  const found = { sql, values: [fullTextQuery(lookedUp)] };
  const others = longestFirst.slice(lookedUp.length);
  return others.length > 0 ? all([found, likeTerms(record, others)]) : found;
}

/**
 * Matches rows with a word for each of the terms, among those that another condition selects by an index.
 * @param record the table's alias in the statement
 */
export function containing(terms: readonly string[], record = 'record'): Condition {
  return likeTerms(record, terms);
}
