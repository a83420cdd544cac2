import { createRequire } from 'node:module';
import { hash, verify } from '@node-rs/argon2';
import type * as LanguageCommon from '@zxcvbn-ts/language-common';
import type { User } from '../models/user.js';

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** OWASP's parameters for argon2id, the library's default, see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let common: Set<string> | undefined;

/** The most common passwords in lower case. They are loaded at the first use, so that the start does not wait for them. */
function commonPasswords(): Set<string> {
  if (!common) {
    const require = createRequire(import.meta.url);
    const { dictionary } = require('@zxcvbn-ts/language-common') as typeof LanguageCommon;
    common = new Set(dictionary['passwords-common'].map((word) => String(word).toLowerCase()));
  }
  return common;
}

/** From this share on a password is too similar to the user's name or address; Django's default. */
const MAX_SIMILARITY = 0.7;

/** The longest password, name or address that is compared, in UTF-16 units. */
const COMPARED_MAX = 1_000;

/** Hashes a password with argon2id. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2);
}

/** Whether a hash was made with weaker parameters than today's. */
export function isOutdated(hashed: string): boolean {
  const [, memory, time, lanes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(hashed) ?? [];
  return (
    Number(memory ?? 0) < ARGON2.memoryCost ||
    Number(time ?? 0) < ARGON2.timeCost ||
    Number(lanes ?? 0) < ARGON2.parallelism
  );
}

/** A hash to verify against where there is no user or no password, so that it takes as long. */
const decoy = hashPassword(Math.random().toString(36));

/** Verifies a user's password. It takes as long for no user and for one without a password. */
export async function verifyPassword(
  user: Pick<User, 'password'> | null,
  password: string,
): Promise<boolean> {
  const matches = await verify(user?.password ?? (await decoy), password);
  return matches && Boolean(user?.password);
}

/**
 * Validates a new password.
 * @param owner the user that it is for
 * @returns a message for each fault
 */
export function passwordFaults(password: string, owner: { username?: unknown; email?: unknown }): string[] {
  const faults: string[] = [];
  const length = [...password].length;
  if (!password.isWellFormed() || password.includes('\0'))
    faults.push('Null characters and lone surrogates are not allowed.');
  if (length < PASSWORD_MIN)
    faults.push(`This password is too short. It must contain at least ${PASSWORD_MIN} characters.`);
  if (length > PASSWORD_MAX) faults.push(`Ensure this field has no more than ${PASSWORD_MAX} characters.`);
  for (const attribute of ['username', 'email'] as const) {
    if (isLike(password, owner[attribute])) faults.push(`The password is too similar to the ${attribute}.`);
  }
  if (commonPasswords().has(password.toLowerCase())) faults.push('This password is too common.');
  if (/^\p{Nd}+$/u.test(password)) faults.push('This password is entirely numeric.');
  return faults;
}

function isLike(password: string, value: unknown): boolean {
  // A longer one is refused anyway, and to compare it with many parts takes long.
  if (typeof value !== 'string' || Math.max(value.length, password.length) > COMPARED_MAX) return false;
  const folded = password.toLowerCase();
  const whole = value.toLowerCase();
  return [whole, ...whole.split(/\W+/)].some(
    (part) => part.length >= 3 && similarity(folded, part) >= MAX_SIMILARITY,
  );
}

/**
 * The share of characters that two texts have in common: `quick_ratio` of Python's difflib.SequenceMatcher, as in
 * Django's UserAttributeSimilarityValidator; 0 where `a` is at least ten times as long as `b`.
 */
function similarity(a: string, b: string): number {
  if (a.length >= 10 * b.length) return 0;
  const left = new Map<string, number>();
  for (const character of b) left.set(character, (left.get(character) ?? 0) + 1);
  let common = 0;
  for (const character of a) {
    const count = left.get(character) ?? 0;
    if (count > 0) common += 1;
    left.set(character, count - 1);
  }
  return (2 * common) / (a.length + b.length);
}
