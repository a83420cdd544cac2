import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { type QueryInterface, QueryTypes, Sequelize } from 'sequelize';
import { dialect } from '../../src/database/connection-options.js';
import { ROOT } from '../../src/project-root.js';
import { sqliteFile } from '../support/sqlite-file.js';

type Migration = Record<'up' | 'down', (queryInterface: QueryInterface) => Promise<void>>;

const FOLDER = join(ROOT, 'migrations');
const KILLED = new Error('killed');

async function migrations(): Promise<Migration[]> {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.js'));
  const load = (name: string) => import(pathToFileURL(join(FOLDER, name)).href) as Promise<Migration>;
  return Promise.all(names.toSorted().map(load));
}

/** Runs one direction of a migration, and stops it as a kill would before its statement of that number. */
async function runUntil(sequelize: Sequelize, direction: 'up' | 'down', migration: Migration, most: number) {
  let statements = 0;
  const query = sequelize.query.bind(sequelize);
  const counted = (...args: Parameters<typeof query>) => {
    if (statements === most) return Promise.reject(KILLED);
    statements += 1;
    return query(...args);
  };
  sequelize.query = counted as unknown as typeof query;
  try {
    await migration[direction](sequelize.getQueryInterface());
    return { done: true };
  } catch (error) {
    if (error !== KILLED) throw error;
    return { done: false };
  } finally {
    sequelize.query = query;
  }
}

/** What the database says of its tables, columns and indexes. */
async function schemaOf(sequelize: Sequelize): Promise<object[]> {
  const select = (sql: string) => sequelize.query<object>(sql, { type: QueryTypes.SELECT });
  if (dialect === 'sqlite')
    return select('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name');
  const columns =
    await select(`SELECT table_name, column_name, column_type, is_nullable, column_default, collation_name
    FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`);
  const indexes =
    await select(`SELECT table_name, index_name, seq_in_index, column_name, non_unique, index_type
    FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index`);
  const constraints = await select(`SELECT table_name, constraint_name, constraint_type
    FROM information_schema.table_constraints WHERE table_schema = DATABASE() ORDER BY table_name, constraint_name`);
  return [...columns, ...indexes, ...constraints];
}

describe('a migration that is killed', function interrupted() {
  this.timeout(120_000);
  let folder: string;
  const opened: [Sequelize, name: string | null][] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'marquee-migrations-'));
  });
  after(async () => {
    for (const [sequelize, name] of opened) {
      if (name) await sequelize.query(`DROP DATABASE ${name}`);
      await sequelize.close();
    }
    await rm(folder, { recursive: true });
  });

  /** A fresh database without tables. */
  async function fresh(ending: string): Promise<Sequelize> {
    const logging = false;
    if (dialect === 'sqlite') {
      const sequelize = sqliteFile(join(folder, `${ending}.sqlite`));
      opened.push([sequelize, null]);
      return sequelize;
    }
    const url = new URL((process.env.DATABASE_URL as string).replace(/^mariadb:/, 'mysql:'));
    const name = `${url.pathname.slice(1)}_${ending}`;
    const server = new Sequelize(url.href, { logging });
    await server.query(`DROP DATABASE IF EXISTS ${name}`);
    await server.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
    await server.close();
    url.pathname = name;
    const sequelize = new Sequelize(url.href, { logging });
    opened.push([sequelize, name]);
    return sequelize;
  }

  it('is finished by the next run, wherever it was cut off, up and down', async () => {
    const whole = await fresh('whole');
    const cut = await fresh('cut');
    const all = await migrations();
    for (const migration of all) await migration.up(whole.getQueryInterface());

    let kills = 0;
    for (const migration of all) {
      for (let most = 0; ; most += 1) {
        const { done } = await runUntil(cut, 'up', migration, most);
        if (done) break;
        kills += 1;
        await migration.up(cut.getQueryInterface());
        await runUntil(cut, 'down', migration, most);
        await migration.down(cut.getQueryInterface());
      }
    }
    expect(kills).to.be.above(50);
    expect(await schemaOf(cut)).to.deep.equal(await schemaOf(whole));
  });
});
