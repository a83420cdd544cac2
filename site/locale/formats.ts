import { LRUCache } from 'lru-cache';
import { once } from '../once.js';
import type { Language } from './languages.js';

/** How a language writes numbers and times. */
export interface Formats {
  number: (value: number) => string;
  /** A rating, with two digits behind the point. */
  rating: (value: number) => string;
  date: (iso: string) => string;
  month: (iso: string) => string;
  /** A time to wait, from seconds: in seconds, minutes or hours, rounded up. */
  wait: (seconds: number) => string;
}

const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

/** Up to when a wait is told in seconds, and in minutes. */
const SECONDS_MAX = 90;
const MINUTES_MAX = 90;

/** The part of an ISO time that names its day, or its month. */
const DAY = 10;
const MONTH = 7;

/** As many texts of each kind are kept: a page repeats few numbers and days, and `Intl` takes microseconds for each. */
const KEPT = 2_000;

function kept<Value extends string | number>(format: (value: Value) => string): (value: Value) => string {
  const texts = new LRUCache<Value, string>({ max: KEPT });
  return (value) => {
    let text = texts.get(value);
    if (text === undefined) {
      text = format(value);
      texts.set(value, text);
    }
    return text;
  };
}

/** Formats a time by the first characters of its ISO text. */
function byPart(length: number, format: () => Intl.DateTimeFormat): (iso: string) => string {
  const text = kept((part: string) => format().format(new Date(part)));
  return (iso) => text(iso.slice(0, length));
}

const made = new Map<Language, Formats>();

/** The formats of a language. Times are UTC, since pages are the same for everyone. */
export function formatsOf(language: Language): Formats {
  const known = made.get(language);
  if (known) return known;
  const locale = LOCALES[language];
  // Made at their first use: each takes milliseconds, and a start needs none.
  const numbers = (options?: Intl.NumberFormatOptions) => once(() => new Intl.NumberFormat(locale, options));
  const times = (options: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }));
  const number = numbers();
  const rating = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const unit = (name: 'second' | 'minute' | 'hour') =>
    numbers({ style: 'unit', unit: name, unitDisplay: 'long', useGrouping: false });
  const [seconds, minutes, hours] = [unit('second'), unit('minute'), unit('hour')];
  const formats = {
    number: kept((value: number) => number().format(value)),
    rating: kept((value: number) => rating().format(value)),
    date: byPart(DAY, times({ dateStyle: 'long' })),
    month: byPart(MONTH, times({ month: 'long', year: 'numeric' })),
    wait: (s: number) => {
      if (s <= SECONDS_MAX) return seconds().format(s);
      const m = Math.ceil(s / 60);
      return m <= MINUTES_MAX ? minutes().format(m) : hours().format(Math.ceil(m / 60));
    },
  };
  made.set(language, formats);
  return formats;
}
