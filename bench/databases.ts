import mysql from 'mysql2/promise';
import { runScript } from './server-process.js';

/** The setting that says what a database was filled with. */
export const MARK = 'bench_data_set';

/** Movies, users, and the reviews of the top movie without a limit. */
export type Size = readonly [number, number, number];

/** What the setting says once the database is filled. */
export const FILLED = ([movies, users, scale]: Size) => `movies=${movies} users=${users} scale=${scale}`;

/**
 * Makes a MySQL database where it is missing; one that was not filled to its end is emptied.
 * @throws where there is something else in it
 */
export async function prepareMysql(address: string, size: Size): Promise<void> {
  const url = new URL(address);
  const name = decodeURIComponent(url.pathname.slice(1));
  url.pathname = '/';
  const server = await mysql.createConnection(url.href);
  try {
    const create = () => server.query('CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4', [name]);
    await create();
    const stored = await markOf(server, name);
    if (stored === FILLED(size) || stored === null) return;
    if (stored !== 'unfinished') {
      throw new Error(`The database ${name} holds ${stored}: name an empty one in BENCH_DATABASE_URL.`);
    }
    await server.query('DROP DATABASE ??', [name]);
    await create();
  } finally {
    await server.end();
  }
}

/** What the database was filled with; null where it is empty. */
async function markOf(server: mysql.Connection, name: string): Promise<string | null> {
  const [tables] = await server.query<mysql.RowDataPacket[]>(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_name IN ('settings', 'users')",
    [name],
  );
  if (tables.length < 2) return null;
  const [marks] = await server.query<mysql.RowDataPacket[]>('SELECT value FROM ??.settings WHERE name = ?', [
    name,
    MARK,
  ]);
  if (marks[0]) return String(marks[0].value);
  const [users] = await server.query<mysql.RowDataPacket[]>('SELECT id FROM ??.users LIMIT 1', [name]);
  return users.length > 0 ? 'other data' : null;
}

/**
 * Brings a database up to date and fills it where that was not done before.
 * @returns tokens of users who have not written reviews yet
 */
export async function fillDatabase(address: string, size: Size): Promise<string[]> {
  const printed = await runScript(
    'bench/dataset.js',
    { DATABASE_URL: address, LOG_LEVEL: 'silent', NODE_ENV: '' },
    size.map(String),
  );
  return JSON.parse(printed) as string[];
}

/** The name and version of the database server. */
export async function versionOf(address: string): Promise<string> {
  const url = new URL(address);
  // The database itself may not be there yet.
  url.pathname = '/';
  const connection = await mysql.createConnection(url.href);
  const [rows] = await connection.query<mysql.RowDataPacket[]>(
    'SELECT VERSION() AS version, @@innodb_buffer_pool_size DIV 1048576 AS pool',
  );
  await connection.end();
  return `${String(rows[0]?.version)} with a buffer pool of ${String(rows[0]?.pool)} MB`;
}
