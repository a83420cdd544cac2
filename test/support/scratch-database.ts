import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryTypes, Sequelize } from 'sequelize';
import { copyOfOwn } from './database-copy.js';
import { expectCli } from './sequelize-cli.js';
import { sqliteFile } from './sqlite-file.js';

/** Whether the tests run on MySQL or MariaDB. */
export const onMysql = /^(mysql|mariadb):/.test(process.env.DATABASE_URL ?? '');

/** A separate database for other processes. The test reads and writes it by plain SQL. */
export interface ScratchDatabase {
  url: string;
  name: string;
  /** Rows of a plain SQL query. */
  rows<R extends object>(sql: string): Promise<R[]>;
  /** Runs a plain SQL statement. */
  write(sql: string): Promise<void>;
  /** Closes it and removes its files, or drops it. */
  close(): Promise<void>;
}

/** Makes a database as {@link scratchDatabase} does, with the tables, which are empty. */
export async function migratedDatabase(suffix: string): Promise<ScratchDatabase> {
  if (!onMysql) return scratchDatabase(suffix, copyOfOwn);
  const database = await scratchDatabase(suffix);
  await expectCli(database.url, 'db:migrate');
  return database;
}

/**
 * Makes a database without tables: a SQLite file, or, where DATABASE_URL names a MySQL database, one beside it.
 * @param suffix what the name of a MySQL database ends with
 * @param makeFile makes the SQLite file; else SQLite makes an empty one
 */
export async function scratchDatabase(
  suffix: string,
  makeFile?: (file: string) => Promise<void>,
): Promise<ScratchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), `marquee-${suffix}-`));
  const file = join(folder, 'scratch.sqlite');
  if (!onMysql) await makeFile?.(file);
  const { url, name } = onMysql ? await freshMysql(suffix) : { url: `sqlite:${file}`, name: suffix };
  const sequelize = onMysql
    ? new Sequelize(url, { logging: false, pool: { max: 1, idle: 60_000 } })
    : sqliteFile(file);
  return {
    url,
    name,
    rows: <R extends object>(sql: string) => sequelize.query<R>(sql, { type: QueryTypes.SELECT }),
    write: async (sql) => {
      await sequelize.query(sql);
    },
    close: async () => {
      if (onMysql) await sequelize.query(`DROP DATABASE \`${name}\``);
      await sequelize.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function freshMysql(suffix: string): Promise<{ url: string; name: string }> {
  const url = new URL((process.env.DATABASE_URL as string).replace(/^mariadb:/, 'mysql:'));
  const name = `${url.pathname.slice(1)}_${suffix}`;
  const server = new Sequelize(url.href, { logging: false });
  await server.query(`DROP DATABASE IF EXISTS \`${name}\``);
  await server.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  await server.close();
  url.pathname = name;
  return { url: url.href, name };
}
