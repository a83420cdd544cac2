import { dialect } from './connection-options.js';
import { sequelize } from './database.js';
import { write } from './embedded.js';
import { renewWriter } from './embedded-writer.js';
import { RecordedFiles } from './recorded-files.js';
import { transaction } from './transactions.js';
import { lockMigrations } from './migration-lock.js';

/** The migrations, to run one by one. {@link migrate} runs them all, and waits for other processes. */
export const migrations = new RecordedFiles('migrations', 'SequelizeMeta');

const seeders = new RecordedFiles('seeders', 'SequelizeData');

/**
 * Runs the pending migrations, one process at a time. On SQLite all of them are one transaction, so that neither a crash
 * nor a second process that starts at once leaves tables that are not recorded.
 */
export async function migrate(): Promise<void> {
  if ((await pendingMigrations()).length === 0) return;
  const release = await lockMigrations();
  try {
    if (dialect === 'sqlite') {
      await transaction(() => migrations.up());
      await write(() => renewWriter(sequelize));
    } else await migrations.up();
  } finally {
    await release();
  }
}

/** The names of the migrations that have not run. */
export function pendingMigrations(): Promise<string[]> {
  return migrations.pending();
}

/** Runs the seeders that have not run. */
export async function seed(): Promise<void> {
  const release = await lockMigrations();
  try {
    await seeders.up();
  } finally {
    await release();
  }
}
