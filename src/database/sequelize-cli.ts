import { connectionOptions } from './connection-options.js';
import { lockMigrations } from './migration-lock.js';

const WRITES = /^db:(?:migrate|seed)(?!:status)/;

// Several instances may start at once: each waits for the one before, and finds nothing left to do. The process's end
// gives the lock back.
if (process.argv.some((argument) => WRITES.test(argument))) await lockMigrations();

/** What sequelize-cli connects with: the app's own database and the app's own record of migrations and seeders. */
export default { ...connectionOptions, seederStorage: 'sequelize', logging: false };
