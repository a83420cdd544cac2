import { join } from 'node:path';
import type { QueryInterface } from 'sequelize';
import { SequelizeStorage, Umzug } from 'umzug';
import { dialect, sequelize, transaction } from './database.js';
import { ROOT } from './root.js';

/** The files of a folder, run and recorded as sequelize-cli does. */
function umzug(folder: 'migrations' | 'seeders', modelName: 'SequelizeMeta' | 'SequelizeData') {
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
  const migrations = umzug('migrations', 'SequelizeMeta');
  await (dialect === 'sqlite' ? transaction(() => migrations.up()) : migrations.up());
}

/** The names of the migrations that the database still lacks. */
export async function pendingMigrations(): Promise<string[]> {
  return (await umzug('migrations', 'SequelizeMeta').pending()).map(({ name }) => name);
}

/** Runs the seeders that have not run. */
export async function seed(): Promise<void> {
  await umzug('seeders', 'SequelizeData').up();
}
