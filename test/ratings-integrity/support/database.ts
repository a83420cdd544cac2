import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryTypes, Sequelize } from 'sequelize';
import { hashPassword } from '../../../src/auth/password.js';

/** A database of its own for a storm: processes are started on it, and the test looks at it past every model. */
export interface StormDatabase {
  url: string;
  name: string;
  rows<R extends object>(sql: string): Promise<R[]>;
  write(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** Whether the tests run on MySQL or MariaDB. */
export const onMysql = /^(mysql|mariadb):/.test(process.env.DATABASE_URL ?? '');

/** A new SQLite file, or, where DATABASE_URL names a MySQL database, the new database NAME_storm beside it. */
export async function stormDatabase(): Promise<StormDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'marquee-storm-'));
  const file = join(folder, 'storm.sqlite');
  const { url, name } = onMysql ? await freshMysql() : { url: `sqlite:${file}`, name: 'storm' };
  const sequelize = onMysql
    ? new Sequelize(url, { logging: false, pool: { max: 1 } })
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

async function freshMysql(): Promise<{ url: string; name: string }> {
  const url = new URL((process.env.DATABASE_URL as string).replace(/^mariadb:/, 'mysql:'));
  const name = `${url.pathname.slice(1)}_storm`;
  const server = new Sequelize(url.href, { logging: false });
  await server.query(`DROP DATABASE IF EXISTS \`${name}\``);
  await server.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  await server.close();
  url.pathname = name;
  return { url: url.href, name };
}

const MOMENT = "'2026-01-01 00:00:00.000'";
export const PASSWORD = 'quiet-harbour-71';

const keyOf = (id: number) => id.toString(16).padStart(64, '0');

/** The header by which the user of that id is known. */
export function authorization(id: number): { Authorization: string } {
  return { Authorization: `Token ${keyOf(id)}` };
}

/** Makes the users `from` to `to` with one password and a token each, by plain SQL: through the API each takes a hash. */
export async function addPeople(
  database: StormDatabase,
  from: number,
  to: number,
  role = 'user',
): Promise<number[]> {
  const ids = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const password = await hashPassword(PASSWORD);
  const users = ids.map(
    (id) =>
      `(${id}, 'u${id}', 'u${id}', 'u${id}@example.org', 'u${id}@example.org', '${password}', '${role}', ${MOMENT})`,
  );
  await database.write(
    `INSERT INTO users (id, username, username_key, email, email_key, password, role, date_joined) VALUES ${users.join(', ')}`,
  );
  const tokens = ids.map((id) => {
    const hash = createHash('sha256').update(keyOf(id)).digest('hex');
    return `(${id}, '${hash}', ${MOMENT}, '2999-01-01 00:00:00.000')`;
  });
  await database.write(
    `INSERT INTO auth_tokens (user_id, key_hash, created, expires) VALUES ${tokens.join(', ')}`,
  );
  return ids;
}

/** What InnoDB says of the last deadlock in this database, or '' where it has seen none. */
export async function lastDeadlock(database: Pick<StormDatabase, 'name' | 'rows'>): Promise<string> {
  if (!onMysql) return '';
  const [status] = await database.rows<{ Status: string }>('SHOW ENGINE INNODB STATUS');
  const section =
    /LATEST DETECTED DEADLOCK\n-+\n([^]*?)\n-+\nTRANSACTIONS/.exec(status?.Status ?? '')?.[1] ?? '';
  // Others may use the same server: only what names this database counts.
  return section.includes(`\`${database.name}\``) ? section : '';
}
