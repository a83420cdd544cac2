import { dialect } from '../../src/database/connection-options.js';
import { skip } from '../support/skip.js';
import { missingServer } from './mariadb.js';

/** Skips tests that start database servers, where none are installed and in the quick run on the embedded database. */
export function needServers(context: Mocha.Context): void {
  const missing =
    dialect === 'mysql' ? missingServer() : 'starts database servers: runs with TEST_DATABASE_URL';
  if (missing) skip(context, missing);
}
