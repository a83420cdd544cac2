import { randomBytes } from 'node:crypto';
import { RecoveryCode } from '../../models/recovery-code.js';
import { hashSecretKey } from '../secret-key.js';
import { base32 } from './totp.js';

const COUNT = 10;
/** 80 random bits, too many to guess from a fast hash. */
const BYTES = 10;

/**
 * Replaces a user's recovery codes. Call it in a transaction that has locked the user.
 * @returns the codes, each four groups of four letters and digits. Only their hashes are stored
 */
export async function replaceRecoveryCodes(userId: number): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, () => base32(randomBytes(BYTES)).toLowerCase());
  await RecoveryCode.destroy({ where: { user_id: userId } });
  await RecoveryCode.bulkCreate(codes.map((code) => ({ user_id: userId, code_hash: hashSecretKey(code) })));
  return codes.map((code) => (code.match(/.{4}/g) as string[]).join('-'));
}

/**
 * Uses a recovery code up.
 * @param code in any case, without spaces and hyphens
 * @returns true to one caller only
 */
export async function spendRecoveryCode(userId: number, code: string): Promise<boolean> {
  const code_hash = hashSecretKey(code.toLowerCase());
  return (await RecoveryCode.destroy({ where: { user_id: userId, code_hash } })) === 1;
}
