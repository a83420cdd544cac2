import { ValidationError } from 'adminjs';
import {
  ForeignKeyConstraintError,
  UniqueConstraintError,
  ValidationError as ModelValidationError,
} from 'sequelize';
import { NOT_NULL, REQUIRED } from '../../src/models/validation.js';

/** What is wrong with a record: texts by property. */
export type Faults = Record<string, string>;

/** The error that AdminJS shows at the properties' fields. */
export function refusal(faults: Faults): ValidationError {
  const entries = Object.entries(faults).map(([property, message]) => [property, { message }] as const);
  return new ValidationError(Object.fromEntries(entries), { message: summary(Object.values(faults)) });
}

// AdminJS translates a base error's text as it does its own; one text alone says more than "there were errors".
function summary(texts: string[]): string {
  const [only, ...others] = [...new Set(texts)];
  return only !== undefined && others.length === 0 ? only : 'thereWereValidationErrors';
}

/**
 * What a model's error says about its properties, or null where it is no fault of the input.
 * @param shownAs the properties by which attributes that nobody sees are shown
 */
export function faultsOf(error: unknown, shownAs: Record<string, string>): Faults | null {
  if (error instanceof UniqueConstraintError) return uniqueFaults(error, shownAs);
  if (error instanceof ModelValidationError) return validationFaults(error, shownAs);
  if (error instanceof ForeignKeyConstraintError) {
    const [field = 'id'] = [error.fields].flat().map(String);
    return { [shownAs[field] ?? field]: 'The record that this one belongs to does not exist.' };
  }
  return null;
}

/** The faults of a new record, where what a form left out is missing, as the API calls it, and not null. */
export function ofNew(faults: Faults, values: Record<string, unknown>): Faults {
  return Object.fromEntries(
    Object.entries(faults).map(([property, text]) => [
      property,
      text === NOT_NULL && values[property] === undefined ? REQUIRED : text,
    ]),
  );
}

function uniqueFaults(error: UniqueConstraintError, shownAs: Record<string, string>): Faults {
  const paths = error.errors.map(({ path }) => String(path));
  const model = error.errors[0]?.instance?.constructor as
    { uniqueKeys?: Record<string, UniqueKey> } | undefined;
  // SQLite names an index's columns in the index's order, which Sequelize does not recognise.
  const index = Object.values(model?.uniqueKeys ?? {}).find((key) => isSame(key.fields, paths));
  return Object.fromEntries(paths.map((path) => [shownAs[path] ?? path, index?.msg ?? error.message]));
}

interface UniqueKey {
  fields: string[];
  msg: string | null;
}

function isSame(some: string[], others: string[]): boolean {
  return some.toSorted().join() === others.toSorted().join();
}

function validationFaults(error: ModelValidationError, shownAs: Record<string, string>): Faults {
  const faults: Faults = {};
  for (const { path, message } of error.errors) {
    const property = shownAs[String(path)] ?? String(path);
    // The same text comes twice from an attribute and from the one that is made of it.
    if (!faults[property]?.includes(message))
      faults[property] = [faults[property], message].filter(Boolean).join(' ');
  }
  return Object.keys(faults).length > 0 ? faults : { id: error.message };
}
