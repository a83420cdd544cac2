import { useTranslation } from 'adminjs';
import { useMemo } from 'react';

/** Formats of numbers and times. */
export interface Formats {
  number(value: number): string;
  /** With two decimal places. */
  rating(value: number): string;
  /** A day in the form `2026-11-23`, with weekday and year. */
  day(day: string): string;
  /** The same without weekday and year. */
  shortDay(day: string): string;
  /** A moment in the visitor's time zone. */
  time(moment: string | Date): string;
  /** The same with seconds and the time zone's name. */
  exactTime(moment: string | Date): string;
}

/** Formats in the panel's language, in the visitor's regional variant of it: an Austrian reads Jänner, not Januar. */
export function useFormats(): Formats {
  const { language } = useTranslation().i18n;
  return useMemo(() => formatsOf(localeOf(language)), [language]);
}

function localeOf(language: string): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}

function formatsOf(locale: string): Formats {
  const utc = { timeZone: 'UTC', day: 'numeric', month: 'short' } as const;
  const number = new Intl.NumberFormat(locale);
  const rating = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const day = new Intl.DateTimeFormat(locale, { ...utc, weekday: 'short', year: 'numeric' });
  const shortDay = new Intl.DateTimeFormat(locale, utc);
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const exactTime = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
  return {
    number: (value) => number.format(value),
    rating: (value) => rating.format(value),
    day: (text) => day.format(new Date(text)),
    shortDay: (text) => shortDay.format(new Date(text)),
    time: (moment) => time.format(new Date(moment)),
    exactTime: (moment) => exactTime.format(new Date(moment)),
  };
}
