import type { BaseProperty } from 'adminjs';
import { col, fn, literal, Op, where, type WhereOptions } from 'sequelize';
import { dialect } from '../../src/database/connection-options.js';
import { foldCase } from '../../src/models/validation.js';

/** How the values of a property are looked for. */
export interface Searched {
  /** The model's name, by which a query knows its table. */
  model: string;
  /** The attribute that holds the property's text without regard to case, where there is one. */
  key?: string;
  /** Whether only the whole text counts. */
  whole?: boolean;
}

/** The condition that no record meets. */
export const NONE = literal('1 = 0');

/**
 * The condition of a list's filter on one property; null where the filter says nothing.
 * @param value as AdminJS reads it from the query: a text, several texts, or `{from, to}`
 */
export function condition(property: BaseProperty, value: unknown, searched: Searched): WhereOptions | null {
  if (value === undefined || value === null || value === '') return null;
  const name = property.path();
  const type = property.type();
  if (typeof value === 'object') return range(name, type, value as Record<string, unknown>);
  if (typeof value !== 'string') return NONE;
  if (type === 'boolean') return /^(true|false)$/.test(value) ? { [name]: value === 'true' } : NONE;
  if (type === 'number' || type === 'float') return equal(name, Number(value.trim() || NaN));
  if (type === 'datetime' || type === 'date') return null;
  if (searched.whole) return { [name]: value };
  return contains(name, value, searched);
}

function equal(name: string, value: number): WhereOptions {
  return Number.isFinite(value) ? { [name]: value } : NONE;
}

function range(name: string, type: string, { from, to }: Record<string, unknown>): WhereOptions | null {
  const read = type === 'datetime' || type === 'date' ? asTime : asNumber;
  const [least, most] = [read(from), read(to)];
  if (least === null && most === null) return null;
  return { [name]: { ...(least !== null && { [Op.gte]: least }), ...(most !== null && { [Op.lte]: most }) } };
}

function asTime(value: unknown): Date | null {
  const time = typeof value === 'string' ? new Date(value) : null;
  return time && !Number.isNaN(time.getTime()) ? time : null;
}

function asNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  return Number.isFinite(number) ? number : null;
}

/** Not LIKE: the text's own % and _ count as themselves, on both databases. */
function contains(name: string, text: string, { model, key }: Searched): WhereOptions {
  if (key) return within(col(`${model}.${key}`), foldCase(text));
  const column = col(`${model}.${name}`);
  if (dialect === 'mysql') return within(column, text);
  // SQLite's LOWER knows ASCII only: other letters are looked for as typed, in small and in capital letters.
  const spellings = new Set([text, text.toLowerCase(), text.toUpperCase()].map(asciiLower));
  return { [Op.or]: [...spellings].map((spelling) => within(fn('LOWER', column), spelling)) };
}

function within(whole: unknown, part: string) {
  return where(fn('INSTR', whole, part), Op.gt, 0 as never);
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
