import { parseTime } from '../../models/time.js';

/** Languages whose month names are read; no name means two months among them. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'pl', 'tr'];
/** The length by which months are told apart: `sept.` and `September` are one. */
const MONTH_NAME = /[^\p{L}]/gu;

const monthKey = (name: string) => name.toLowerCase().normalize('NFC').replaceAll(MONTH_NAME, '');

/** Months by their names, long and short; null until a date has one, since the tables of all languages take a while. */
let months: Map<string, number> | null = null;

function monthNamed(name: string): number | undefined {
  months ??= monthsByName();
  return months.get(monthKey(name));
}

function monthsByName(): Map<string, number> {
  const months = new Map<string, number>();
  for (const language of LANGUAGES) {
    for (const style of ['long', 'short'] as const) {
      // With a day, since some languages inflect a month that has one.
      const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: style, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month += 1) {
        const parts = format.formatToParts(Date.UTC(2026, month - 1, 5));
        const name = monthKey(parts.find(({ type }) => type === 'month')?.value ?? '');
        if (name !== '' && !months.has(name)) months.set(name, month);
      }
    }
  }
  return months;
}

/** A day with its numbers in some order, such as 24.12.2012 or 12/24/2012. */
const NUMBERS = /^(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})$/;
/** A year first, as in 2012/12/24 and 2012年12月24日. */
const YEAR_FIRST = /^(\d{4})\s?[./年]\s?(\d{1,2})\s?[./月]\s?(\d{1,2})\.?日?$/;
/** As IMDb once wrote it: Mon Dec 24 00:00:00 2012. */
const C_TIME = /^\p{L}+ (\p{L}+) +(\d{1,2}) [\d:]{8} (\d{4})$/u;
/** 24 Dec 2012, 24. Dezember 2012, 24 de diciembre de 2012. */
const DAY_FIRST = /^(\d{1,2})\.?(?: de)? (\p{L}+)\.?,?(?: de)? (\d{4})$/u;
/** Dec 24, 2012. */
const MONTH_FIRST = /^(\p{L}+)\.? (\d{1,2}),? (\d{4})$/u;

/** No date is longer, in characters. The expressions that read dates take a time that grows faster than a text. */
const LENGTH_MAX = 80;

/** Reads the dates of a file. Returns null for what is no date. */
export type DateReader = (text: string) => Date | null;

/**
 * Makes a reader for the dates of one file: whether its days come before its months is told by all of them. Where none of
 * them tells, slashes mean the month first, as IMDb has it.
 * @param texts some dates of the file
 */
export function dateReader(texts: readonly string[]): DateReader {
  let isMonthFirst = true;
  for (const text of texts.map((one) => one.trim()).filter(({ length }) => length <= LENGTH_MAX)) {
    const [, first, sign, second] = NUMBERS.exec(text.replace(/[, ]{1,3}\d{1,2}:.{2,20}$/, '')) ?? [];
    if (sign === '/' && Number(first) > 12 && Number(second) <= 12) isMonthFirst = false;
  }
  return (text) => readDate(text.trim(), isMonthFirst);
}

/** A time behind a day, as spreadsheets write it: 24.12.2012 18:30, 12/24/2012 6:30:15 PM. */
const CLOCK = /^(.{6,40}),? (\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?: ?([ap])\.?m\.?)?$/i;

function readDate(text: string, isMonthFirst: boolean): Date | null {
  if (text.length > LENGTH_MAX) return null;
  const iso = parseTime(text.replace(/ UTC$/, 'Z'));
  if (iso) return iso.time;
  const [, before, hour, minute, second = '00', half] = CLOCK.exec(text) ?? [];
  if (before === undefined) return readDay(text, isMonthFirst);
  const day = readDay(before.replace(/,$/, ''), isMonthFirst)?.toISOString().slice(0, 10);
  if (day === undefined || (half !== undefined && (Number(hour) < 1 || Number(hour) > 12))) return null;
  const hours =
    half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return parseTime(`${day}T${String(hours).padStart(2, '0')}:${minute}:${second}`)?.time ?? null;
}

function readDay(text: string, isMonthFirst: boolean): Date | null {
  const [, one, sign, two, lastYear] = NUMBERS.exec(text) ?? [];
  if (lastYear !== undefined) {
    const [month, day] = sign === '/' && isMonthFirst ? [one, two] : [two, one];
    return dayOf(lastYear, Number(month), day);
  }
  const [, year, month, day] = YEAR_FIRST.exec(text) ?? [];
  if (year !== undefined) return dayOf(year, Number(month), day);
  const named = C_TIME.exec(text) ?? MONTH_FIRST.exec(text);
  if (named) return dayOf(named[3], monthNamed(named[1] as string), named[2]);
  const [, ofMonth, name = '', ofYear] = DAY_FIRST.exec(text) ?? [];
  return ofYear === undefined ? null : dayOf(ofYear, monthNamed(name), ofMonth);
}

function dayOf(year: string | undefined, month: number | undefined, day: string | undefined): Date | null {
  if (month === undefined) return null;
  return parseTime(`${year}-${String(month).padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`)?.time ?? null;
}
