import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryTypes, Sequelize } from 'sequelize';

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

/**
 * Makes a database without tables: a SQLite file, or, where DATABASE_URL names a MySQL database, one beside it.
 * @param suffix what the name of a MySQL database ends with
 */
export async function scratchDatabase(suffix: string): Promise<ScratchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), `marquee-${suffix}-`));
  const file = join(folder, 'scratch.sqlite');
  const { url, name } = onMysql ? await freshMysql(suffix) : { url: `sqlite:${file}`, name: suffix };
  const sequelize = onMysql
    ? new Sequelize(url, { logging: false, pool: { max: 1, idle: 60_000 } })
    : new Sequelize({ dialect: 'sqlite', storage: file, logging: false });
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
