import type { BaseProperty } from 'adminjs';
import type { Faults } from './validation-errors.js';

/** What a form sent, as a model takes it. */
export interface Input {
  values: Record<string, unknown>;
  faults: Faults;
}

/**
 * Reads a form's fields.
 * @param params what AdminJS read from the request; anything may be in it
 * @param writable the properties that count; others are ignored
 * @param propertyOf gives a property by its name
 */
export function inputOf(
  params: Record<string, unknown>,
  writable: string[],
  propertyOf: (name: string) => BaseProperty | null,
): Input {
  const input: Input = { values: {}, faults: {} };
  for (const name of writable) {
    if (params[name] === undefined) continue;
    const read = READERS[propertyOf(name)?.type() ?? 'string'] ?? readText;
    try {
      input.values[name] = params[name] === null ? null : read(params[name]);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      input.faults[name] = error.message;
    }
  }
  return input;
}

const READERS: Record<string, (value: unknown) => unknown> = {
  boolean: readBoolean,
  number: readInteger,
  reference: readInteger,
};

function readText(value: unknown): string {
  if (typeof value !== 'string') throw new RangeError('Not a valid string.');
  // A form's encoding turns every line's end into CR LF.
  return value.replaceAll('\r\n', '\n');
}

function readInteger(value: unknown): number | null {
  if (value === '') return null;
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
  if (!Number.isSafeInteger(number)) throw new RangeError('A valid integer is required.');
  return number;
}

function readBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  if (value === 'false' || value === '') return false;
  throw new RangeError('Must be a valid boolean.');
}
