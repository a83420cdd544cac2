import type { BaseProperty } from 'adminjs';
import { col, fn, literal, Op, where, type WhereOptions } from 'sequelize';
import { dialect } from '../../src/database/connection-options.js';
import { foldCase } from '../../src/models/validation.js';

/** How a filter compares a property's text. */
export interface TextMatch {
  /** The model's name, which is the table's alias in a query. */
  model: string;
  /** The attribute that holds the property's case-folded text, if there is one. */
  caseFolded?: string;
  /** Whether the filter compares the whole text. */
  exactMatch?: boolean;
}

/** A condition that no record meets. */
export const NO_RECORD = literal('1 = 0');

/**
 * The condition of a list's filter on one property, or null if the filter is empty.
 * @param value as AdminJS parses it from the query: a string, an array of strings, or `{from, to}`
 */
export function filterCondition(
  property: BaseProperty,
  value: unknown,
  match: TextMatch,
): WhereOptions | null {
  if (value === undefined || value === null || value === '') return null;
  const name = property.path();
  const type = property.type();
  if (typeof value === 'object') return range(name, type, value as Record<string, unknown>);
  if (typeof value !== 'string') return NO_RECORD;
  if (type === 'boolean') return /^(true|false)$/.test(value) ? { [name]: value === 'true' } : NO_RECORD;
  if (type === 'number' || type === 'float') return equal(name, Number(value.trim() || NaN));
  if (type === 'datetime' || type === 'date') return null;
  if (match.exactMatch) return { [name]: value };
  return contains(name, value, match);
}

function equal(name: string, value: number): WhereOptions {
  return Number.isFinite(value) ? { [name]: value } : NO_RECORD;
}

function range(name: string, type: string, { from, to }: Record<string, unknown>): WhereOptions | null {
  const parse = type === 'datetime' || type === 'date' ? parseTime : parseNumber;
  const [least, most] = [parse(from), parse(to)];
  if (least === null && most === null) return null;
  return { [name]: { ...(least !== null && { [Op.gte]: least }), ...(most !== null && { [Op.lte]: most }) } };
}

function parseTime(value: unknown): Date | null {
  const time = typeof value === 'string' ? new Date(value) : null;
  return time && !Number.isNaN(time.getTime()) ? time : null;
}

function parseNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  return Number.isFinite(number) ? number : null;
}

/** INSTR and not LIKE, so that % and _ in the text are no wildcards on either database. */
function contains(name: string, text: string, { model, caseFolded }: TextMatch): WhereOptions {
  if (caseFolded) return hasSubstring(col(`${model}.${caseFolded}`), foldCase(text));
  const column = col(`${model}.${name}`);
  if (dialect === 'mysql') return hasSubstring(column, text);
  // SQLite's LOWER folds only ASCII: other letters match as typed, all in lower case, or all in upper case.
  const spellings = new Set([text, text.toLowerCase(), text.toUpperCase()].map(lowerAscii));
  return { [Op.or]: [...spellings].map((spelling) => hasSubstring(fn('LOWER', column), spelling)) };
}

function hasSubstring(text: unknown, part: string) {
  return where(fn('INSTR', text, part), Op.gt, 0);
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
