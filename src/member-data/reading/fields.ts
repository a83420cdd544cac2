import { parseBoolean } from '../../import/formats/booleans.js';
import { textFault } from '../../models/validation.js';
import { DESCRIPTION_MAX } from '../../models/review.js';
import { YEAR_MAX, YEAR_MIN } from '../../models/movie-fields.js';

/** The fault of a field. Its message names the field. */
export class FieldFault extends Error {
  override name = 'FieldFault';
}

/** The longest part of a field that a message repeats. */
const QUOTED_MAX = 40;

/** A field's text in a message, not longer than it takes to know it again. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > QUOTED_MAX ? `${text.slice(0, QUOTED_MAX)}…` : text.toWellFormed());
}

/** What to say of a date that is none. */
export function badDate(text: string): string {
  return `The date ${quoted(text)} is not understood: the line counts as of today.`;
}

/**
 * The stars of a rating; half ones count up.
 * @param text a number, with a point or a comma; an empty one is no rating
 * @param outOf the most that it may be: 5, with halves, or 10
 * @throws {FieldFault} where it is no such number
 */
export function starsOf(text: string, outOf: 5 | 10): number | null {
  if (text === '') return null;
  const number = /^\d{1,2}([.,]\d{1,4})?$/.test(text) ? Number(text.replace(',', '.')) : NaN;
  const halves = outOf === 5 ? number * 2 : number;
  if (!Number.isInteger(halves) || halves < 1 || halves > 10) {
    const range = outOf === 5 ? '0.5 to 5, in halves' : '1 to 10';
    throw new FieldFault(`Rating: ${quoted(text)} is no number from ${range}.`);
  }
  return Math.ceil(halves / 2);
}

/**
 * A year; of several, as in 2013–2023, the first.
 * @throws {FieldFault} where it is none
 */
export function yearOf(text: string): number | null {
  if (text === '') return null;
  const year = Number(/^(\d{4})(?:\.0+)?(?:\s?[-–—]\s?(?:\d{4})?)?$/.exec(text)?.[1] ?? NaN);
  if (year >= YEAR_MIN && year <= YEAR_MAX) return year;
  throw new FieldFault(`Year: ${quoted(text)} is no year from ${YEAR_MIN} to ${YEAR_MAX}.`);
}

/** An id of IMDb in a text, such as an address; null where there is none. */
export function imdbIdOf(text: string): string | null {
  const digits = /(?:^|\/)tt(\d{1,10})(?:\/|$|\?)/.exec(text)?.[1];
  return digits === undefined ? null : `tt${digits.padStart(7, '0')}`;
}

/**
 * A review's text as it is stored.
 * @throws {FieldFault} where it breaks the rules of reviews
 */
export function descriptionOf(text: string): string | null {
  return text.trim() === '' ? null : exactDescriptionOf(text);
}

/**
 * The same of a text that is as it was stored: one of white space alone is a text.
 * @throws {FieldFault} where it breaks the rules of reviews
 */
export function exactDescriptionOf(text: string): string | null {
  if (text === '') return null;
  const fault = textFault(text, { max: DESCRIPTION_MAX, blank: true });
  if (fault !== null) throw new FieldFault(`Review: ${fault}`);
  return text;
}

/** What Excel and LibreOffice make of `true` and `false` in other languages. */
const TRUE = new Set(['wahr', 'vrai', 'vero', 'verdadero', 'verdadeiro', 'waar']);
const FALSE = new Set(['falsch', 'faux', 'falso', 'onwaar']);

/**
 * Whether a field says yes; an empty one says no.
 * @param name the field's name
 * @throws {FieldFault} where it says neither
 */
export function yesOrNo(name: string, text: string): boolean {
  const word = text.toLowerCase();
  if (TRUE.has(word) || FALSE.has(word)) return TRUE.has(word);
  const value = parseBoolean(text, false);
  if (value === undefined) throw new FieldFault(`${name}: ${quoted(text)} is not yes or no.`);
  return value;
}
