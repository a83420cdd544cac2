import { randomInt } from 'node:crypto';
import { UniqueConstraintError } from 'sequelize';
import { config, ConfigError } from '../config.js';
import { hashPassword, passwordFaults } from '../auth/password.js';
import { textFault, usernameFault } from '../models/validation.js';
import { User, USERNAME_MAX } from '../models/user.js';

/** Letters and digits without those that look alike on a screen. */
const READABLE = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const PASSWORD_LENGTH = 20;

/** The admin that was created. `password` is the random one, to be shown once, or null if the operator has set one. */
export interface FirstAdmin {
  username: string;
  password: string | null;
}

/**
 * Creates the first admin from ADMIN_USERNAME and ADMIN_PASSWORD, unless a user is an admin.
 * @returns the new admin, or null if there was one
 * @throws {ConfigError} if one of the two is invalid, or the username is another user's; the message never has the password
 */
export async function ensureFirstAdmin(): Promise<FirstAdmin | null> {
  if (await adminExists()) return null;
  const username = config.ADMIN_USERNAME;
  const email = addressOf(username);
  checkUsername(username);
  if (await User.byUsername(username)) {
    // Another process that started at the same time has created the admin.
    if (await adminExists()) return null;
    throw taken(username);
  }
  if (config.ADMIN_PASSWORD !== undefined) checkPassword(config.ADMIN_PASSWORD, { username, email });
  const random = config.ADMIN_PASSWORD === undefined ? randomPassword() : null;
  const password = await hashPassword(config.ADMIN_PASSWORD ?? (random as string));
  try {
    await User.create({ username, email, password, role: 'admin' });
  } catch (error) {
    if (!(error instanceof UniqueConstraintError)) throw error;
    if (await adminExists()) return null;
    throw taken(username);
  }
  return { username, password: random };
}

async function adminExists(): Promise<boolean> {
  return (await User.count({ where: { role: 'admin' } })) > 0;
}

/** A placeholder address that no mail can reach, until the admin sets a real one. */
function addressOf(username: string): string {
  return `${username.replace(/[^\w+-]/g, '-').slice(0, 64)}@localhost.invalid`;
}

function checkUsername(username: string): void {
  const fault = textFault(username, { max: USERNAME_MAX }) ?? usernameFault(username);
  if (fault) throw new ConfigError(`The first admin cannot be made: ADMIN_USERNAME: ${fault}`);
}

function checkPassword(password: string, owner: { username: string; email: string }): void {
  const faults = passwordFaults(password, owner);
  if (faults.length > 0) {
    throw new ConfigError(`The first admin cannot be made: ADMIN_PASSWORD: ${faults.join(' ')}`);
  }
}

function taken(username: string): ConfigError {
  return new ConfigError(
    `The first admin cannot be made: ADMIN_USERNAME ${username}, or its address, is that of a user who is no admin. ` +
      'Make an admin, or promote that user, with: npm run create-admin -- --username NAME --email ADDRESS',
  );
}

function randomPassword(): string {
  return Array.from({ length: PASSWORD_LENGTH }, () => READABLE.charAt(randomInt(READABLE.length))).join('');
}
