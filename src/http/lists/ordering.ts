import { comesAfter, type Condition } from '../../reads/condition.js';

/** A value that rows are ordered by, as a cursor stores it. */
export type Key = string | number;

/** One name that a list can be ordered by. */
export interface Order<Row> {
  column: string;
  /** The SQL to order by, where it is not that of the column. */
  sql?: string;
  /** Whether no two rows share a value, as with the id. */
  unique?: boolean;
  /** The row's value in that column; for a text its case-folded key. */
  key: (row: Row) => Key;
  /** Converts a cursor's value to one that can be compared with the column. */
  value?: (key: Key) => Key;
  /** What to order by in descending order where that is another column: rows without a value come last either way. */
  whenDescending?: Order<Row>;
  /** Further names that decide between equal rows, as `ordering` has them for the ascending direction. */
  ties?: readonly string[];
}

/** The names that a list can be ordered by. With null a name is accepted and orders nothing. */
export type Orders<Row> = Record<string, Order<Row> | null>;

/** One step of an ordering. */
export interface Term<Row> extends Order<Row> {
  descending: boolean;
}

/** The orders of a list: of all its rows, and of those that a search finds. */
export interface Ordering<Row> {
  listed: Term<Row>[];
  searched: Term<Row>[];
}

/** The column of the order by relevance, which only a search has. */
export const RELEVANCE = 'relevance';

/**
 * Reads an `ordering` parameter. The id, or another unique value, comes last, which makes the order total. The id's direction is that of the term before
 * it, so that one index scan serves both.
 * @returns the terms, or the unknown name
 */
export function parseOrdering<Row>(text: string, orders: Orders<Row>): Term<Row>[] | { unknown: string } {
  const terms: Term<Row>[] = [];
  const add = (order: Order<Row>, descending: boolean) => {
    if (!terms.some((term) => term.column === order.column)) terms.push({ ...order, descending });
  };
  for (const part of text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)) {
    const name = part.replace(/^-/, '');
    const named = Object.hasOwn(orders, name) ? orders[name] : undefined;
    if (named === undefined) return { unknown: part };
    if (!named) continue;
    const descending = part.startsWith('-');
    add((descending && named.whenDescending) || named, descending);
    for (const further of named.ties ?? []) {
      const next = orders[further.replace(/^-/, '')];
      if (next) add(next, descending !== further.startsWith('-'));
    }
  }
  const total = terms.findIndex(({ column, unique }) => column === 'id' || unique);
  if (total >= 0) return terms.slice(0, total + 1);
  const { id } = orders;
  if (!id) throw new Error('every list can be ordered by id');
  return [...terms, { ...id, descending: terms.at(-1)?.descending ?? false }];
}

/** The terms in the opposite direction. */
export function reversed<Row>(terms: Term<Row>[]): Term<Row>[] {
  return terms.map((term) => ({ ...term, descending: !term.descending }));
}

const sqlOf = <Row>({ column, sql }: Term<Row>) => sql ?? `record.${column}`;

/** The terms as an SQL `ORDER BY` list. */
export function toOrder<Row>(terms: Term<Row>[]): string {
  return terms.map((term) => `${sqlOf(term)}${term.descending ? ' DESC' : ''}`).join(', ');
}

/** The condition that a row comes after the one with these keys. */
export function after<Row>(terms: Term<Row>[], keys: Key[]): Condition {
  const values = terms.map(({ value }, index) => {
    const key = keys[index] as Key;
    return value ? value(key) : key;
  });
  return comesAfter(
    terms.map((term) => ({ sql: sqlOf(term), descending: term.descending })),
    values,
  );
}
