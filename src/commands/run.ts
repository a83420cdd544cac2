import { ConnectionError, ValidationError } from 'sequelize';
import { dialect } from '../database/connection-options.js';
import { explainConnectionError } from '../database/connection-advice.js';
import { closeDatabase } from '../database/database.js';
import { BadInput } from '../import/faults.js';
import { migrate, pendingMigrations } from '../database/migrations.js';
import { allowLongStatements } from '../database/mysql-session.js';
import { isDiskFull, refusalIn } from '../database/refusals.js';
import { StoreError } from '../media/media-store.js';
import { complain, print, settleOutput, surviveLostOutput } from './output.js';

/** The arguments are wrong: the usage is shown, and the exit status is 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The command cannot do its work: the message says why, and the exit status is 1. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/**
 * Runs a command. Its exit status is the result of `work`, 2 for wrong arguments, and 1 for any other error. Errors that the
 * caller can fix are shown without a stack. `--help` shows the usage. A standard output or error that is closed, full or not
 * read costs what would have been shown, not the work, and changes no status.
 */
export async function run(usage: string, work: (args: string[]) => Promise<number>): Promise<void> {
  surviveLostOutput();
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) print(usage);
  else await carryOut(args, usage, work);
  // Otherwise the process would wait for a reader, for ever.
  if (!(await settleOutput())) process.exit();
}

/** How Sequelize begins to say that a transaction could not be ended. */
const SEQUELIZES_OWN = /^(Committing|Rolling back) transaction /;

/** Does the work, sets the exit status and closes the database. */
async function carryOut(
  args: string[],
  usage: string,
  work: (args: string[]) => Promise<number>,
): Promise<void> {
  allowLongStatements();
  const { warn } = console;
  // What could not be committed is thrown too, and said once.
  console.warn = (text: unknown, ...more: unknown[]) => {
    if (!SEQUELIZES_OWN.test(String(text))) warn(text, ...more);
  };
  try {
    process.exitCode = await work(args);
  } catch (error) {
    process.exitCode = error instanceof UsageError || isParseArgsError(error) ? 2 : 1;
    complain(messageOf(error, usage));
  } finally {
    await closeDatabase();
    console.warn = warn;
  }
}

function messageOf(error: unknown, usage: string): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UsageError || isParseArgsError(error)) return `${error.message}\n\n${usage}`;
  if (error instanceof CommandError || error instanceof BadInput) return error.message;
  if (isDiskFull(error) || (error instanceof StoreError && error.isFull)) return fullDisk(error);
  if (error instanceof StoreError || isSystemError(error)) return error.message;
  if (error instanceof ConnectionError)
    return `The database cannot be reached: ${explainConnectionError(error)}`;
  if (error instanceof ValidationError) {
    return `The database refused a record: ${error.errors.map((item) => `${item.path}: ${item.message}`).join('; ')}`;
  }
  const refusal = refusalIn(error);
  return refusal === null ? (error.stack ?? error.message) : `The database cannot do this: ${refusal}`;
}

/** True of every command: what it writes, it writes in transactions and in files that get their names when they are whole. */
function fullDisk({ message }: Error): string {
  return `There is no room left on the disk (${message}). Nothing is half-written: make room, and run the command again.`;
}

/** Whether the system refused a file. */
function isSystemError(error: Error): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall !== undefined && code !== undefined;
}

/** Whether `util.parseArgs` refused the arguments. */
function isParseArgsError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/**
 * Migrates the embedded database. A MySQL database must have been migrated.
 * @throws {CommandError} if migrations are pending on MySQL
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
