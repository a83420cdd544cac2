import { createHash, randomBytes } from 'node:crypto';

/** Makes a bearer secret: 64 hexadecimal digits, 256 random bits. */
export function makeSecretKey(): string {
  return randomBytes(32).toString('hex');
}

/**
 * Hashes a secret key for the database. With 256 random bits a plain hash cannot be reversed by guessing, unlike a
 * password's.
 */
export function hashSecretKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
