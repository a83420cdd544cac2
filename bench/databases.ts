import mysql from 'mysql2/promise';
import { runScript } from './server-process.js';

/** The name of the setting that records the data set of a database. */
export const MARK = 'bench_data_set';

/** The numbers of movies and users, and of the top movie's reviews before the limit of one for each user. */
export type Size = readonly [number, number, number];

/** The setting's value once the database is filled. */
export const FILLED = ([movies, users, scale]: Size) =>
  `movies=${movies} users=${users} scale=${scale} with details`;

/**
 * Creates a MySQL database if it is missing. Recreates it if an earlier run did not finish filling it.
 * @throws {Error} where it holds other data
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

/** The data set of the database; null where it is empty. */
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
 * Migrates a database, and fills it if it has no data set yet.
 * @returns tokens of users without reviews
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
  // The database itself may not exist yet.
  url.pathname = '/';
  const connection = await mysql.createConnection(url.href);
  const [rows] = await connection.query<mysql.RowDataPacket[]>(
    'SELECT VERSION() AS version, @@innodb_buffer_pool_size DIV 1048576 AS pool',
  );
  await connection.end();
  return `${String(rows[0]?.version)} with a buffer pool of ${String(rows[0]?.pool)} MB`;
}
