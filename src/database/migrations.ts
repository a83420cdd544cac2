import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type QueryInterface, QueryTypes } from 'sequelize';
import { dialect } from './connection-options.js';
import { sequelize } from './database.js';
import { transaction } from './transactions.js';
import { lockMigrations } from './migration-lock.js';
import { ROOT } from '../project-root.js';

const RECORD = 'SequelizeMeta';

/** The files of a folder, run and recorded as sequelize-cli does. */
async function umzug(folder: 'migrations' | 'seeders', modelName: typeof RECORD | 'SequelizeData') {
  // It brings a command line along, which takes a fifth of a second to load: only for those who have files to run.
  const { SequelizeStorage, Umzug } = await import('umzug');
  return new Umzug<QueryInterface>({
    migrations: {
      glob: ['*.js', { cwd: join(ROOT, folder) }],
      resolve: ({ name, path, context }) => {
        const file = () =>
          import(path as string) as Promise<
            Record<'up' | 'down', (context: QueryInterface) => Promise<void>>
          >;
        return {
          name,
          up: async () => (await file()).up(context),
          down: async () => (await file()).down(context),
        };
      },
    },
    context: sequelize.getQueryInterface(),
    storage: new SequelizeStorage({ sequelize, modelName }),
    logger: undefined,
  });
}

/**
 * Brings the database up to date. The embedded one takes all migrations or none, and one process at a time: after a
 * crash, or where two start at once, none meets tables that are there but not recorded.
 */
export async function migrate(): Promise<void> {
  if ((await pendingMigrations()).length === 0) return;
  const migrations = await umzug('migrations', RECORD);
  const release = await lockMigrations();
  try {
    await (dialect === 'sqlite' ? transaction(() => migrations.up()) : migrations.up());
  } finally {
    await release();
  }
}

/** The names of the migrations that the database still lacks. */
export async function pendingMigrations(): Promise<string[]> {
  const files = (await readdir(join(ROOT, 'migrations'))).filter((name) => name.endsWith('.js')).toSorted();
  if (!(await sequelize.getQueryInterface().tableExists(RECORD))) return files;
  const rows = await sequelize.query<{ name: string }>(`SELECT name FROM ${RECORD}`, {
    type: QueryTypes.SELECT,
  });
  const done = new Set(rows.map(({ name }) => name));
  return files.filter((name) => !done.has(name));
}

/** Runs the seeders that have not run. */
export async function seed(): Promise<void> {
  const seeders = await umzug('seeders', 'SequelizeData');
  const release = await lockMigrations();
  try {
    await seeders.up();
  } finally {
    await release();
  }
}
