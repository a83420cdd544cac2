import { connectionOptions } from './connection-options.js';
import { lockMigrations } from './migration-lock.js';

const WRITES = /^db:(?:migrate|seed)(?!:status)/;

// Several instances may start at once: each waits for the one before it and then finds nothing to do. The end of the
// process releases the lock.
if (process.argv.some((argument) => WRITES.test(argument))) await lockMigrations();

/** The configuration of sequelize-cli: the app's database, and its records of migrations and seeders. */
export default { ...connectionOptions, seederStorage: 'sequelize', logging: false };
