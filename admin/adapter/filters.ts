import type { BaseProperty, ValidationError } from 'adminjs';
import { col, fn, literal, Op, where, type WhereOptions } from 'sequelize';
import { dialect } from '../../src/database/connection-options.js';
import { endOf, parseTime } from '../../src/models/time.js';
import { foldCase } from '../../src/models/validation.js';
import { validationError } from './validation-errors.js';

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

/** Above this many matches, a scan of the table costs less than a lookup of each id. */
export const ID_LIST_MAX = 10_000;

/** Whether a filter on this property looks for a part of a text, which no index can seek. */
export function seeksPart(property: BaseProperty, value: unknown, { exactMatch }: TextMatch): boolean {
  const isText = !['boolean', 'number', 'float', 'datetime', 'date'].includes(property.type());
  return isText && typeof value === 'string' && value !== '' && exactMatch !== true;
}

/**
 * The condition of a list's filter on one property, or null if the filter is empty.
 * @param value as AdminJS parses it from the query: a string, an array of strings, or `{from, to}`
 * @throws {ValidationError} that names the filter, if a bound is not readable
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
  if (isTime(type)) return range(name, type, { from: value, to: value });
  if (match.exactMatch) return { [name]: value };
  return contains(name, value, match);
}

function equal(name: string, value: number): WhereOptions {
  return Number.isFinite(value) ? { [name]: value } : NO_RECORD;
}

function isTime(type: string): boolean {
  return type === 'datetime' || type === 'date';
}

function range(name: string, type: string, bounds: Record<string, unknown>): WhereOptions | null {
  if (!isTime(type)) {
    const numbers = numberRange(name, bounds);
    return numbers && { [name]: numbers };
  }
  const [least, most] = [timeBound(name, bounds.from), timeBound(name, bounds.to, true)];
  if (least === null && most === null) return null;
  return { [name]: { ...(least !== null && { [Op.gte]: least }), ...(most !== null && { [Op.lte]: most }) } };
}

/**
 * The bounds of a number, as `{from, to}`; null where there are none.
 * @throws {ValidationError} that names the filter, if a bound is not readable
 */
export function numberRange(name: string, value: unknown): WhereOptions | null {
  const { from, to } = (value ?? {}) as Record<string, unknown>;
  const [least, most] = [numberBound(name, from), numberBound(name, to)];
  if (least === null && most === null) return null;
  return { ...(least !== null && { [Op.gte]: least }), ...(most !== null && { [Op.lte]: most }) };
}

/** A day as the upper bound includes that day. */
function timeBound(name: string, value: unknown, isUpper = false): Date | null {
  if (isEmpty(value)) return null;
  const parsed = typeof value === 'string' ? parseTime(value) : null;
  if (!parsed) throw unreadable(name, 'a day or a time in ISO 8601, such as 2026-01-31');
  return isUpper ? endOf(parsed) : parsed.time;
}

function numberBound(name: string, value: unknown): number | null {
  if (isEmpty(value)) return null;
  const number = typeof value === 'string' ? Number(value) : NaN;
  if (!Number.isFinite(number)) throw unreadable(name, 'a number');
  return number;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function unreadable(name: string, expected: string): ValidationError {
  return validationError({ [name]: `The filter "${name}" must be ${expected}.` });
}

/** The condition that a property's text has a part, in any case. INSTR and not LIKE, so that % and _ in the text are no wildcards on either database. */
export function contains(name: string, text: string, { model, caseFolded }: TextMatch): WhereOptions {
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
