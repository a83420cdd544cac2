import { databaseFile } from '../../src/database/connection-options.js';
import { backUp } from '../../src/database/backup.js';
import { TABLES } from './server.js';
import { sqliteFile } from './sqlite-file.js';

/**
 * Copies the tests' own embedded database, without its rows, to a new file: a process that is started with it has nothing
 * to migrate.
 */
export async function copyOfOwn(file: string): Promise<void> {
  await backUp(databaseFile as string, file, { overwrite: false });
  await changeFile(file, [
    ...TABLES.map((table) => `DELETE FROM ${table}`),
    'DELETE FROM settings',
    'DELETE FROM sqlite_sequence',
  ]);
}

/** Runs statements of plain SQL on a SQLite file. */
async function changeFile(file: string, statements: string[]): Promise<void> {
  const sequelize = sqliteFile(file);
  for (const sql of statements) await sequelize.query(sql);
  await sequelize.close();
}
