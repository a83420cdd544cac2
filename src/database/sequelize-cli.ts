import { connectionOptions, databaseFile, dialect } from './connection-options.js';
import { ownerOnly } from './owner-only.js';
import { lockMigrations } from './migration-lock.js';
import { allowLongStatements, type Connection, setUpSession } from './mysql-session.js';
import { sqlite3 } from './sqlite3.js';

const WRITES = /^db:(?:migrate|seed)(?!:status)/;

// Instances may migrate at the same time: each waits for the one before, and finds nothing left to do. The lock ends with
// the process.
if (process.argv.some((argument) => WRITES.test(argument))) await lockMigrations();

allowLongStatements();
if (databaseFile) ownerOnly(databaseFile);

/** The configuration of sequelize-cli: the application's own database, session and record of migrations and seeders. */
export default {
  ...connectionOptions,
  ...(dialect === 'sqlite' && { dialectModule: sqlite3 }),
  seederStorage: 'sequelize',
  logging: false,
  ...(dialect === 'mysql' && {
    hooks: { afterConnect: (connection: Connection) => setUpSession(connection) },
  }),
};
