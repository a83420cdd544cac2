/* What the parts of the bare server share: its connections, and a page as JSON. */
import mysql, { type RowDataPacket } from 'mysql2/promise';

/** The rows of a page. */
export const SIZE = 20;

export const pool = mysql.createPool({
  uri: process.env.DATABASE_URL,
  connectionLimit: 16,
  dateStrings: true,
  timezone: 'Z',
});
// As in Marquee's sessions.
pool.on('connection', (connection: unknown) => {
  (connection as { query(sql: string): void }).query(
    'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  );
});

export async function rowsOf(sql: string, values: (string | number)[] = []): Promise<RowDataPacket[]> {
  const [rows] = await pool.execute<RowDataPacket[]>(sql, values);
  return rows;
}

/** A time in ISO 8601. The driver omits a fraction of 0. */
export const iso = (time: string) => `${time.replace(' ', 'T')}${time.includes('.') ? '' : '.000'}Z`;

/** A page of a list, as JSON. */
export function page(count: number, url: URL, number: number, results: object[]): object {
  const address = (to: number) => {
    const other = new URL(url);
    other.searchParams.set('page', String(to));
    return other.href;
  };
  return {
    count,
    next: number * SIZE < count ? address(number + 1) : null,
    previous: number > 1 ? address(number - 1) : null,
    results,
  };
}
