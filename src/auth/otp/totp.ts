import { createHmac } from 'node:crypto';

/** Time-based one-time passwords, RFC 6238, with the parameters that all authenticator apps take: SHA-1, 6 digits, 30 s. */

const STEP_MS = 30_000;
const DIGITS = 6;
/** How many steps an app's clock may be behind or ahead. */
const DRIFT = 1;

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS = 5;

/** The code of a time step: HOTP of RFC 4226, section 5.3. */
export function codeOf(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = (digest.at(-1) as number) & 0xf;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The time step of an instant. */
export function stepAt(time: number): number {
  return Math.floor(time / STEP_MS);
}

/**
 * The time step, of those around now, whose code this is.
 * @returns null where it is the code of none
 */
export function matchingStep(secret: Buffer, code: string, time = Date.now()): number | null {
  const now = stepAt(time);
  for (let step = now - DRIFT; step <= now + DRIFT; step += 1) {
    if (codeOf(secret, step) === code) return step;
  }
  return null;
}

/** Bytes in base32 of RFC 4648, without padding: how apps take a secret that is typed. */
export function base32(bytes: Buffer): string {
  let [text, value, bits] = ['', 0, 0];
  for (const byte of bytes) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= BITS; bits -= BITS) text += BASE32.charAt((value >>> (bits - BITS)) & 31);
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + BASE32.charAt((value << (BITS - bits)) & 31) : text;
}

/**
 * The address that sets an app up: https://github.com/google/google-authenticator/wiki/Key-Uri-Format.
 * @param issuer the site's name, which the app shows beside the account's
 */
export function setupUri(secret: string, issuer: string, username: string): string {
  // A colon parts the two names.
  const name = issuer.replaceAll(':', ' ').trim() || 'Marquee';
  const label = `${encodeURIComponent(name)}:${encodeURIComponent(username)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(name)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / 1_000}`;
}
