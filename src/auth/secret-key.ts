import { createHash, randomBytes } from 'node:crypto';

/** A secret that opens something by itself: 64 hexadecimal digits, 256 random bits. */
export function makeSecretKey(): string {
  return randomBytes(32).toString('hex');
}

/** What the database has of a secret key. With so many random bits a plain hash can't be guessed back, unlike a password's. */
export function hashSecretKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
