import { dialect } from '../../src/database/connection-options.js';
import { skip } from '../support/skip.js';
import { type Kind, kindUnderTest } from './server-kinds.js';

/**
 * Skips tests that start database servers, where none are installed and in the quick run on the embedded database.
 * @param only the kind of server that the tests are about; by default they run on both
 */
export async function needServers(context: Mocha.Context, only?: Kind['name']): Promise<void> {
  if (dialect !== 'mysql') skip(context, 'starts database servers: runs with TEST_DATABASE_URL');
  const kind = await kindUnderTest();
  if (only && kind.name !== only) skip(context, `is about ${only}`);
  const missing = kind.missing();
  if (missing) skip(context, missing);
}
