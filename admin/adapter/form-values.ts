import type { BaseProperty } from 'adminjs';
import { NOT_A_TIME, parseTime } from '../../src/models/time.js';
import type { FieldErrors } from './validation-errors.js';

/** A form's valid fields in the model's types, and the errors of the others. */
export interface FormValues {
  values: Record<string, unknown>;
  errors: FieldErrors;
}

/**
 * Parses a form's fields by the types of their properties.
 * @param params the fields that AdminJS read from the request, not validated
 * @param writable the properties to parse; all others are ignored
 * @param propertyOf gives a property by its name
 * @param lists the properties that hold a list of texts: a form has one on each line
 */
export function parseForm(
  params: Record<string, unknown>,
  writable: string[],
  propertyOf: (name: string) => BaseProperty | null,
  lists: readonly string[] = [],
): FormValues {
  const form: FormValues = { values: {}, errors: {} };
  for (const name of writable) {
    if (params[name] === undefined) continue;
    const type = lists.includes(name) ? 'lines' : (propertyOf(name)?.type() ?? 'string');
    const parse = PARSERS[type] ?? parseText;
    try {
      form.values[name] = params[name] === null ? null : parse(params[name]);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      form.errors[name] = error.message;
    }
  }
  return form;
}

const PARSERS: Record<string, (value: unknown) => unknown> = {
  boolean: parseBoolean,
  number: parseInteger,
  reference: parseInteger,
  date: parseDate,
  datetime: parseDate,
  lines: parseLines,
};

function parseText(value: unknown): string {
  if (typeof value !== 'string') throw new RangeError('Not a valid string.');
  // Form encoding turns every line break into CR LF.
  return value.replaceAll('\r\n', '\n');
}

/** Reads a text with a line for each item. A version from the audit log is a list. */
function parseLines(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return parseText(value)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function parseInteger(value: unknown): number | null {
  if (value === '') return null;
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
  if (!Number.isSafeInteger(number)) throw new RangeError('A valid integer is required.');
  return number;
}

function parseDate(value: unknown): Date | null {
  if (value === '') return null;
  const parsed = typeof value === 'string' ? parseTime(value) : null;
  if (!parsed) throw new RangeError(NOT_A_TIME);
  return parsed.time;
}

function parseBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  if (value === 'false' || value === '') return false;
  throw new RangeError('Must be a valid boolean.');
}

/** The id that a field of a form holds, as a list; empty where it holds none. */
export function idsIn(value: unknown): number[] {
  const id = Number(value);
  return Number.isSafeInteger(id) && id > 0 ? [id] : [];
}
