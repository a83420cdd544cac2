import { comesAfter, type Condition } from '../../reads/condition.js';

/** A value that rows are ordered by, as a cursor stores it. */
export type Key = string | number;

/** One name that a list can be ordered by. */
export interface Order<Row> {
  column: string;
  /** The row's value in that column; for a text its case-folded key. */
  key: (row: Row) => Key;
  /** Converts a cursor's value to one that can be compared with the column. */
  value?: (key: Key) => Key;
  /** What to order by in descending order where that is another column: rows without a value come last either way. */
  whenDescending?: Order<Row>;
}

/** The names that a list can be ordered by. With null a name is accepted and orders nothing. */
export type Orders<Row> = Record<string, Order<Row> | null>;

/** One step of an ordering. */
export interface Term<Row> extends Order<Row> {
  descending: boolean;
}

/**
 * Reads an `ordering` parameter. The id comes last, which makes the order total. Its direction is that of the term before
 * it, so that one index scan serves both.
 * @returns the terms, or the unknown name
 */
export function parseOrdering<Row>(text: string, orders: Orders<Row>): Term<Row>[] | { unknown: string } {
  const terms: Term<Row>[] = [];
  for (const part of text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)) {
    const name = part.replace(/^-/, '');
    const named = Object.hasOwn(orders, name) ? orders[name] : undefined;
    if (named === undefined) return { unknown: part };
    const descending = part.startsWith('-');
    const order = (descending && named?.whenDescending) || named;
    if (order && !terms.some((term) => term.column === order.column)) terms.push({ ...order, descending });
  }
  const total = terms.findIndex((term) => term.column === 'id');
  if (total >= 0) return terms.slice(0, total + 1);
  const { id } = orders;
  if (!id) throw new Error('every list can be ordered by id');
  return [...terms, { ...id, descending: terms.at(-1)?.descending ?? false }];
}

/** The terms in the opposite direction. */
export function reversed<Row>(terms: Term<Row>[]): Term<Row>[] {
  return terms.map((term) => ({ ...term, descending: !term.descending }));
}

/** The terms as an SQL `ORDER BY` list. */
export function toOrder<Row>(terms: Term<Row>[]): string {
  return terms.map(({ column, descending }) => `record.${column}${descending ? ' DESC' : ''}`).join(', ');
}

/** The condition that a row comes after the one with these keys. */
export function after<Row>(terms: Term<Row>[], keys: Key[]): Condition {
  const values = terms.map(({ value }, index) => {
    const key = keys[index] as Key;
    return value ? value(key) : key;
  });
  return comesAfter(terms, values);
}
