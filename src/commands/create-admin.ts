import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { ValidationError } from 'sequelize';
import { setPassword } from '../auth/accounts.js';
import { resetSecondFactor } from '../auth/otp/second-factor.js';
import { transaction } from '../database/transactions.js';
import { type Acting, actingAs } from '../audit/acting-as.js';
import { hashPassword, passwordFaults } from '../auth/password.js';
import { User } from '../models/user.js';
import { EMAIL_TAKEN } from '../models/validation.js';
import { askPassword } from './ask-password.js';
import { print } from './output.js';
import { CommandError, prepareDatabase, run, UsageError } from './run.js';

const USAGE = `Usage: npm run create-admin -- --username NAME --email ADDRESS [--password PASSWORD]
       npm run create-admin -- --username NAME --reset-otp

Makes an admin. Without --password it asks for one, or reads a line of standard input.

A user of that name who is there already becomes an active admin and keeps the e-mail address; the password is
changed, and every session ended, only where --password is given.

--reset-otp only switches that user's second factor off, for a lost app, and ends every session.`;

await run(USAGE, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      username: { type: 'string' },
      email: { type: 'string' },
      password: { type: 'string' },
      'reset-otp': { type: 'boolean', default: false },
    },
  });
  const { username, email, password } = values;
  if (values['reset-otp']) return resetOtp(username, email ?? password);
  if (username === undefined || email === undefined)
    throw new UsageError('--username and --email are needed');
  await prepareDatabase();
  const user = await User.byUsername(username);
  const message = await actingAs(operator(), () =>
    user ? promote(user, password) : create(username, email, password),
  );
  print(message);
  return 0;
});

/** The person who runs the command, under their system account's name, for the audit log. */
function operator(): Acting {
  return { id: null, name: systemName(), role: '', door: 'command', address: '', requestId: '' };
}

function systemName(): string {
  try {
    return userInfo().username;
  } catch {
    // The system has no name for this uid, as in some containers.
    return `uid ${process.getuid?.() ?? ''}`.trim();
  }
}

/** @param other what does not go with `--reset-otp` */
async function resetOtp(username: string | undefined, other: string | undefined): Promise<number> {
  if (username === undefined || other !== undefined)
    throw new UsageError('--reset-otp takes --username, and neither --email nor --password');
  await prepareDatabase();
  const user = await User.byUsername(username);
  if (!user) throw new CommandError(`There is no user ${username}.`);
  const wasOn = await actingAs(operator(), () => resetSecondFactor(user.id));
  print(
    wasOn
      ? `The second factor of ${user.username} is off, and every session is ended.`
      : `${user.username} has no second factor.`,
  );
  return 0;
}

async function promote(user: User, password?: string): Promise<string> {
  if (password !== undefined) refuse(faultsOfPassword(password, user));
  await transaction(async () => {
    await user.update({ role: 'admin', is_active: true });
    if (password !== undefined) await setPassword(user, password);
  });
  const hint = user.password === null ? ' There is no password yet: give one with --password.' : '';
  return `${user.username} (${user.email}) is an admin now.${hint}`;
}

async function create(username: string, email: string, passwordOption?: string): Promise<string> {
  const user = User.build({ username, email, role: 'admin' });
  const faults = await faultsOf(user);
  // Refuses before it prompts for a password.
  if (faults.length > 0 && passwordOption === undefined && process.stdin.isTTY) refuse(faults);
  const password = passwordOption ?? (await askPassword());
  refuse([...faults, ...faultsOfPassword(password, { username, email })]);
  user.password = await hashPassword(password);
  try {
    await user.save();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    refuse(error.errors.map(({ message }) => message));
  }
  return `The admin ${username} (${email}) was created.`;
}

/** The faults of a new user's name and address. */
async function faultsOf(user: User): Promise<string[]> {
  const faults: string[] = [];
  try {
    await user.validate();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    faults.push(...error.errors.map(({ path, message }) => `${path}: ${message}`));
  }
  if (await User.byEmail(user.email)) faults.push(`email: ${EMAIL_TAKEN}`);
  return faults;
}

function faultsOfPassword(password: string, owner: { username: string; email: string }): string[] {
  return passwordFaults(password, owner).map((fault) => `password: ${fault}`);
}

/** @throws {CommandError} with the faults, if there are any */
function refuse(faults: string[]): void {
  if (faults.length > 0) throw new CommandError(faults.join('\n'));
}
