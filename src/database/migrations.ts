import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type QueryInterface, QueryTypes } from 'sequelize';
import { dialect } from './connection-options.js';
import { sequelize } from './database.js';
import { transaction } from './transactions.js';
import { lockMigrations } from './migration-lock.js';
import { ROOT } from '../project-root.js';

/** The table of the migrations that have run. */
const RECORD = 'SequelizeMeta';

/** Runs and records the files of a folder as sequelize-cli does. */
async function umzug(folder: 'migrations' | 'seeders', modelName: typeof RECORD | 'SequelizeData') {
  // Imported only where there are files to run: it includes a command line, which takes a fifth of a second to load.
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

/** The migrations and their record, to run one by one. {@link migrate} runs them all, and waits for other processes. */
export const migrationRunner = () => umzug('migrations', RECORD);

/**
 * Runs the pending migrations, one process at a time. On SQLite all of them are one transaction, so that neither a crash
 * nor a second process that starts at once leaves tables that are not recorded.
 */
export async function migrate(): Promise<void> {
  if ((await pendingMigrations()).length === 0) return;
  const migrations = await migrationRunner();
  const release = await lockMigrations();
  try {
    await (dialect === 'sqlite' ? transaction(() => migrations.up()) : migrations.up());
  } finally {
    await release();
  }
}

/** The names of the migrations that have not run. */
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
