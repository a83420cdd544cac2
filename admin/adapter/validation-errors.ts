import { ValidationError } from 'adminjs';
import {
  ForeignKeyConstraintError,
  UniqueConstraintError,
  ValidationError as ModelValidationError,
} from 'sequelize';
import { NOT_NULL, REQUIRED } from '../../src/models/validation.js';

/** Error messages by property. */
export type FieldErrors = Record<string, string>;

/** The error that AdminJS shows at the properties' fields. */
export function validationError(errors: FieldErrors): ValidationError {
  const entries = Object.entries(errors).map(([property, message]) => [property, { message }] as const);
  return new ValidationError(Object.fromEntries(entries), { message: summary(Object.values(errors)) });
}

// AdminJS translates a base error like its own messages. A single message says more than "there were errors".
function summary(messages: string[]): string {
  const [only, ...others] = [...new Set(messages)];
  return only !== undefined && others.length === 0 ? only : 'thereWereValidationErrors';
}

/**
 * Translates a model's error.
 * @param shownAs by hidden attribute: the property that shows it
 * @returns messages by property, or null if the error is not about the input
 */
export function fieldErrorsOf(error: unknown, shownAs: Record<string, string>): FieldErrors | null {
  if (error instanceof UniqueConstraintError) return uniqueErrors(error, shownAs);
  if (error instanceof ModelValidationError) return invalidValues(error, shownAs);
  if (error instanceof ForeignKeyConstraintError) {
    const [field = 'id'] = [error.fields].flat().map(String);
    return { [shownAs[field] ?? field]: 'The record that this one belongs to does not exist.' };
  }
  return null;
}

/** Errors of a new record: a field that the form left out is "required", as in the API, and not "null". */
export function requiredOnCreate(errors: FieldErrors, values: Record<string, unknown>): FieldErrors {
  return Object.fromEntries(
    Object.entries(errors).map(([property, message]) => [
      property,
      message === NOT_NULL && values[property] === undefined ? REQUIRED : message,
    ]),
  );
}

function uniqueErrors(error: UniqueConstraintError, shownAs: Record<string, string>): FieldErrors {
  const paths = error.errors.map(({ path }) => String(path));
  const model = error.errors[0]?.instance?.constructor as
    { uniqueKeys?: Record<string, UniqueKey> } | undefined;
  // SQLite names an index's columns in the index's order, which Sequelize does not recognise.
  const index = Object.values(model?.uniqueKeys ?? {}).find((key) => haveSameItems(key.fields, paths));
  return Object.fromEntries(paths.map((path) => [shownAs[path] ?? path, index?.msg ?? error.message]));
}

/** A unique key as Sequelize keeps it. */
export interface UniqueKey {
  fields: string[];
  msg: string | null;
}

function haveSameItems(some: string[], others: string[]): boolean {
  return some.toSorted().join() === others.toSorted().join();
}

function invalidValues(error: ModelValidationError, shownAs: Record<string, string>): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of error.errors) {
    const property = shownAs[String(path)] ?? String(path);
    // An attribute and the one derived from it report the same message.
    if (!errors[property]?.includes(message))
      errors[property] = [errors[property], message].filter(Boolean).join(' ');
  }
  return Object.keys(errors).length > 0 ? errors : { id: error.message };
}
