import { z } from 'zod';
import { NOT_NULL, rangeFault, REQUIRED, textFault, type TextRule } from '../../models/validation.js';
import { NOT_A_TIME, parseTime } from '../../models/time.js';
import type { Faults } from '../errors.js';

/** Schemas of single values, as lenient as DRF's serializer fields of the same names, with their messages. */

/** The result of parsing a field: its value, or its fault. */
type Outcome<T> = { value: T } | { fault: string };

/**
 * Makes a schema from a parsing function.
 * @param schema the JSON schema for the documentation
 */
function field<T>(parse: (value: unknown) => Outcome<T>, schema: Record<string, unknown>) {
  return z
    .unknown()
    .transform((value, context): T => {
      const outcome: Outcome<T> = value === undefined ? { fault: REQUIRED } : parse(value);
      if ('value' in outcome) return outcome.value;
      context.addIssue({ code: 'custom', message: value === null ? NOT_NULL : outcome.fault });
      return z.NEVER;
    })
    .meta(schema);
}

function parseText(value: unknown, rule: TextRule, check: (value: string) => string | null): Outcome<string> {
  if (typeof value !== 'string' && typeof value !== 'number') return { fault: 'Not a valid string.' };
  const string = rule.trim ? String(value).trim() : String(value);
  const fault = textFault(string, rule) ?? check(string);
  return fault ? { fault } : { value: string };
}

/** A value as a text field reads it: a number as its digits, anything else unchanged. */
export function digits(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

const textSchema = ({ max, blank }: TextRule) => ({ maxLength: max, ...(blank ? {} : { minLength: 1 }) });

/** A text, unchanged but for a rule that trims it. A number is taken as its digits. */
export function text(rule: TextRule, check: (value: string) => string | null = () => null) {
  return field<string>((value) => parseText(value, rule, check), { type: 'string', ...textSchema(rule) });
}

/** A text that may be null. */
export function nullableText(rule: TextRule) {
  return field<string | null>((value) => (value === null ? { value } : parseText(value, rule, () => null)), {
    type: ['string', 'null'],
    ...textSchema(rule),
  });
}

/** The most characters of a secret. */
const SECRET_MAX = 4_096;

/**
 * A username, password or token of a login. It is not checked against the rules for new ones: the answer must not depend
 * on them.
 */
export function secret({ trim = false }: { trim?: boolean } = {}) {
  return text({ max: SECRET_MAX, trim });
}

/**
 * A schema that also takes null, and an empty text as null: a form has no other way to say it.
 * @param schema the schema of other values
 */
export function nullable<T>(schema: z.ZodType<T>) {
  return z.preprocess((value) => (value === '' ? null : value), schema.nullable());
}

/** One of some words. */
export function choice<Word extends string>(words: readonly Word[]) {
  return field<Word>(
    (value) =>
      words.includes(value as Word)
        ? { value: value as Word }
        : { fault: `"${String(value)}" is not a valid choice.` },
    { type: 'string', enum: words },
  );
}

/** DRF's names of types, for its message. */
const PYTHON_TYPES: Readonly<Record<string, string>> = {
  string: 'str',
  number: 'int',
  boolean: 'bool',
  object: 'dict',
};

/**
 * A list of texts; a number is taken as its digits.
 * @param fault returns the message for a list, or null
 * @param schema the JSON schema for the documentation
 */
export function texts(fault: (values: string[]) => string | null, schema: Record<string, unknown>) {
  return field<string[]>(
    (value) => {
      if (!Array.isArray(value)) {
        return { fault: `Expected a list of items but got type "${PYTHON_TYPES[typeof value]}".` };
      }
      const values = value.map(digits);
      if (values.some((item) => typeof item !== 'string')) return { fault: 'Not a valid string.' };
      const message = fault(values as string[]);
      return message ? { fault: message } : { value: values as string[] };
    },
    { type: 'array', items: { type: 'string' }, ...schema },
  );
}

/** A whole number in a range, also as a string of digits. */
export function integer(min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
  return field<number>(
    (value) => {
      const number =
        typeof value === 'string' && /^\s*[+-]?\d+(\.0*)?\s*$/.test(value) ? Number(value) : value;
      if (typeof number !== 'number') return { fault: 'A valid integer is required.' };
      const fault = rangeFault(number, min, max);
      return fault ? { fault } : { value: number };
    },
    { type: 'integer', minimum: min, maximum: max },
  );
}

/** A decimal number. */
export function decimal() {
  return field<number>(
    (value) => {
      const number =
        typeof value === 'string' && /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number)
        ? { value: number }
        : { fault: 'A valid number is required.' };
    },
    { type: 'number' },
  );
}

const TRUE = new Set<unknown>(['t', 'y', 'yes', 'true', 'on', '1', 1, true]);
const FALSE = new Set<unknown>(['f', 'n', 'no', 'false', 'off', '0', 0, false]);

/** A boolean, also in the words that DRF accepts. */
export function boolean() {
  return field<boolean>(
    (value) => {
      const word = typeof value === 'string' ? value.toLowerCase() : value;
      if (TRUE.has(word)) return { value: true };
      return FALSE.has(word) ? { value: false } : { fault: 'Must be a valid boolean.' };
    },
    { type: 'boolean' },
  );
}

/** A day or an instant in ISO 8601; without an offset it is UTC. */
export function time() {
  return field<Date>(
    (value) => {
      // A plus sign in a query is decoded as a space.
      const parsed = parseTime(String(value).replace(/^(.{11,}) (\d\d:?\d\d)$/, '$1+$2'));
      return parsed ? { value: parsed.time } : { fault: NOT_A_TIME };
    },
    { type: 'string', format: 'date-time', maxLength: 40 },
  );
}

/** A filter in a query. An empty one does not filter, like a field left blank in a form. */
export function filter<T>(schema: z.ZodType<T>) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
}

/** The faults of a failed check, by field. */
export function faultsOf(error: z.ZodError): Faults {
  const faults: Faults = {};
  for (const issue of error.issues) {
    (faults[String(issue.path[0] ?? 'non_field_errors')] ??= []).push(issue.message);
  }
  return faults;
}
