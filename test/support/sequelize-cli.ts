import { join } from 'node:path';
import { ROOT } from '../../src/project-root.js';
import { type Outcome, runNode } from './processes.js';

const CLI = join(ROOT, 'node_modules', 'sequelize-cli', 'lib', 'sequelize');

/** An empty variable counts as unset: the defaults apply, whatever environment the tests run in. */
const UNSET = { ADMIN_USERNAME: '', ADMIN_PASSWORD: '', RATING_PRIOR_MEAN: '', RATING_PRIOR_VOTES: '' };

/**
 * Runs `npx sequelize-cli` on a database.
 * @param command with its options, such as `db:migrate:undo:all --to FILE`
 */
export function sequelizeCli(
  url: string,
  command: string,
  env: Record<string, string> = {},
): Promise<Outcome> {
  return runNode([CLI, ...command.split(' ')], { env: { ...UNSET, DATABASE_URL: url, ...env } });
}

/** Runs `npx sequelize-cli` and throws where it fails. */
export async function expectCli(url: string, command: string): Promise<Outcome> {
  const outcome = await sequelizeCli(url, command);
  if (outcome.status !== 0)
    throw new Error(`${command} ended with ${outcome.status}:\n${outcome.out}${outcome.error}`);
  return outcome;
}
