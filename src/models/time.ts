/** The fault of a text that is no time. */
export const NOT_A_TIME = 'Enter a valid date/time in ISO 8601.';

/** A time, and whether its text named only the day: then it is the day's first millisecond in UTC. */
export interface ParsedTime {
  time: Date;
  isDay: boolean;
}

const DAY_MS = 86_400_000;

const SHAPE =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,40}))?)?(?:([Zz])|([+-])(\d\d):?(\d\d))?)?$/;

/**
 * The parser for every text from outside that is a time: a day or an instant in ISO 8601. Without an offset it is UTC,
 * whatever the process's time zone. White space at both ends is ignored, and fractions are cut to milliseconds.
 * @returns null for a day or an hour that does not exist, or a year outside of MySQL's `DATETIME` (1000 to 9999, in UTC)
 */
export function parseTime(text: string): ParsedTime | null {
  const match = SHAPE.exec(text.trim());
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number, number, number, number, number, number,
  ]; // prettier-ignore
  const milliseconds = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  if (hour > 23 || minute > 59 || second > 59) return null;
  const [offsetHours, offsetMinutes] = [Number(match[10] ?? 0), Number(match[11] ?? 0)];
  if (offsetHours > 23 || offsetMinutes > 59) return null;
  const midnight = new Date(0);
  // Unlike Date.UTC, this takes the year 99 as it is.
  midnight.setUTCFullYear(year, month - 1, day);
  // JavaScript reads the 30th of February as the 1st or 2nd of March.
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null;
  const offset = (offsetHours * 60 + offsetMinutes) * (match[9] === '-' ? -1 : 1);
  const time = new Date(
    midnight.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1_000 + milliseconds,
  );
  return isStorableTime(time) ? { time, isDay: match[4] === undefined } : null;
}

/** The last millisecond that a text covers: of its day if it names only a day. */
export function endOf({ time, isDay }: ParsedTime): Date {
  return isDay ? new Date(time.getTime() + DAY_MS - 1) : time;
}

/** Parses a Unix time in whole seconds; null if it is none, or beyond the year 9999. */
export function parseUnixTime(text: string): Date | null {
  const time = /^\d{1,15}$/.test(text) ? new Date(Number(text) * 1_000) : null;
  return time && isStorableTime(time) ? time : null;
}

function isStorableTime(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 1_000 && year <= 9_999;
}
