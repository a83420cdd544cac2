import { dialect } from '../../src/database/connection-options.js';
import { skip } from '../support/skip.js';
import { missingServer } from './mariadb.js';

/** Skips what starts database servers of its own where there are none, and on the quick run on the embedded database. */
export function needServers(context: Mocha.Context): void {
  const missing =
    dialect === 'mysql' ? missingServer() : 'starts database servers: runs with TEST_DATABASE_URL';
  if (missing) skip(context, missing);
}
