import { dialect } from '../connection-options.js';

/** How Sequelize writes the zone of a time on SQLite, where a time is a text. */
const ZONE = dialect === 'sqlite' ? ' +00:00' : '';

/** A time as the database has it, or in ISO 8601 already, as `Date.toISOString` writes it. */
export function isoTime(stored: string): string {
  if (stored.charAt(19) === '.' && (stored.length === 23 || stored.endsWith(' +00:00'))) {
    return `${stored.slice(0, 10)}T${stored.slice(11, 23)}Z`;
  }
  const zoned = /[Zz]$|[+-]\d\d:?\d\d$/.test(stored) ? stored : `${stored}Z`;
  return new Date(zoned).toISOString();
}

/** A time as the database has it, to compare with. */
export function storedTime(time: Date): string {
  return `${time.toISOString().slice(0, -1).replace('T', ' ')}${ZONE}`;
}

/** A column of times in SQL that gives texts, under the column's own name. */
export function timeText(table: string, column: string): string {
  const name = `${table}.${column}`;
  return dialect === 'sqlite' ? name : `CAST(${name} AS CHAR) AS ${column}`;
}
