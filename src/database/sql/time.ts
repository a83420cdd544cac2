import { dialect } from '../connection-options.js';

/** The time zone in Sequelize's texts of times on SQLite. */
const ZONE = dialect === 'sqlite' ? ' +00:00' : '';

/** Converts a time from the database, or one in ISO 8601, to the format of `Date.toISOString`. */
export function isoTime(stored: string): string {
  if (stored.charAt(19) === '.' && (stored.length === 23 || stored.endsWith(' +00:00'))) {
    return `${stored.slice(0, 10)}T${stored.slice(11, 23)}Z`;
  }
  const zoned = /[Zz]$|[+-]\d\d:?\d\d$/.test(stored) ? stored : `${stored}Z`;
  return new Date(zoned).toISOString();
}

/** Converts a time to the database's text, to compare with. */
export function storedTime(time: Date): string {
  return `${time.toISOString().slice(0, -1).replace('T', ' ')}${ZONE}`;
}

/** The SQL that selects a column of times as texts, under the column's name. */
export function timeText(table: string, column: string): string {
  const name = `${table}.${column}`;
  return dialect === 'sqlite' ? name : `CAST(${name} AS CHAR) AS ${column}`;
}
