import { ConnectionError, ValidationError } from 'sequelize';
import { dialect } from '../database/connection-options.js';
import { closeDatabase } from '../database/database.js';
import { BadInput } from '../import/faults.js';
import { migrate, pendingMigrations } from '../database/migrations.js';
import { allowLongStatements } from '../database/mysql-session.js';

/** The command was called wrongly: its usage is shown, and the exit status is 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The command cannot do what it was asked to; the message says why, and the exit status is 1. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/**
 * Runs a command and ends it: its exit status is what `work` returns, 2 after a wrong call and 1 after any other error.
 * Errors that the caller can mend are shown by their message alone. `--help` shows the usage.
 */
export async function run(usage: string, work: (args: string[]) => Promise<number>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  allowLongStatements();
  try {
    process.exitCode = await work(args);
  } catch (error) {
    process.exitCode = error instanceof UsageError || isParseArgsError(error) ? 2 : 1;
    process.stderr.write(`${messageOf(error, usage)}\n`);
  } finally {
    await closeDatabase();
  }
}

function messageOf(error: unknown, usage: string): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UsageError || isParseArgsError(error)) return `${error.message}\n\n${usage}`;
  if (error instanceof CommandError || error instanceof BadInput) return error.message;
  if (error instanceof ConnectionError) return `The database cannot be reached: ${error.message}`;
  if (error instanceof ValidationError) {
    return `The database refused a record: ${error.errors.map((item) => `${item.path}: ${item.message}`).join('; ')}`;
  }
  return error.stack ?? error.message;
}

/** Whether `util.parseArgs` refused the arguments. */
function isParseArgsError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/**
 * Makes sure that the database has every table: the embedded one is migrated, another must have been.
 * @throws {CommandError} where migrations are missing on MySQL
 */
export async function prepareDatabase(): Promise<void> {
  if (dialect === 'sqlite') return migrate();
  const pending = await pendingMigrations();
  if (pending.length > 0) {
    throw new CommandError(
      `The database lacks ${pending.length} migration${pending.length === 1 ? '' : 's'}: run npx sequelize-cli db:migrate first`,
    );
  }
}
