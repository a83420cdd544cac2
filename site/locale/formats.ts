import type { Language } from './languages.js';

/** How a language writes numbers and times. */
export interface Formats {
  number: (value: number) => string;
  /** A rating, with two digits behind the point. */
  rating: (value: number) => string;
  date: (iso: string) => string;
  month: (iso: string) => string;
}

const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

const made = new Map<Language, Formats>();

/** The formats of a language. Times are UTC, since pages are the same for everyone. */
export function formatsOf(language: Language): Formats {
  const known = made.get(language);
  if (known) return known;
  const locale = LOCALES[language];
  const number = new Intl.NumberFormat(locale);
  const rating = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const formats = {
    number: (value: number) => number.format(value),
    rating: (value: number) => rating.format(value),
    date: (iso: string) => date.format(new Date(iso)),
    month: (iso: string) => month.format(new Date(iso)),
  };
  made.set(language, formats);
  return formats;
}
