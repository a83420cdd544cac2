// The MySQL and MariaDB databases of `npm test`.
import mysql from 'mysql2/promise';

/** The items of a comma-separated list. */
export const listOf = (text = '') =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

/**
 * The addresses in TEST_DATABASE_URL.
 * @throws {Error} where one has another form: the run stops before its first test
 */
export function addressesIn(text) {
  const addresses = listOf(text);
  for (const [index, address] of addresses.entries()) {
    if (!/^(mysql|mariadb):\/\/[^/]+\/[^/]/.test(address)) {
      throw new Error(
        `Address ${index + 1} of TEST_DATABASE_URL is not of the form mysql://user:password@host:3306/name`,
      );
    }
  }
  return addresses;
}

/** The address of a database on the same server, whose name has a suffix. */
export function siblingOf(address, suffix) {
  const url = new URL(address);
  url.pathname += `_${suffix}`;
  return url.href;
}

/** Connects to the server of an address. */
function connect(address) {
  const url = new URL(address);
  return mysql.createConnection({
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  });
}

/** The server of an address in words: its kind, its version, and where it is. */
export async function serverOf(address) {
  const connection = await connect(address);
  try {
    const [[{ version }]] = await connection.query('SELECT VERSION() AS version');
    const kind = /mariadb/i.test(version) ? 'MariaDB' : 'MySQL';
    return `${kind} ${version.split('-')[0]} at ${new URL(address).host}`;
  } finally {
    await connection.end();
  }
}

/** Creates the database if it is missing, and drops every table in it. */
export async function emptyDatabase(address) {
  const name = decodeURIComponent(new URL(address).pathname.slice(1));
  const connection = await connect(address);
  try {
    await connection.query('CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4', [name]);
    await connection.query('USE ??', [name]);
    await connection.query('SET FOREIGN_KEY_CHECKS = 0');
    const [tables] = await connection.query(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?',
      [name],
    );
    for (const table of tables) await connection.query('DROP TABLE ??', [table.name]);
  } finally {
    await connection.end();
  }
}
