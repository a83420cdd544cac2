import { randomBytes } from 'node:crypto';
import { literal, Op } from 'sequelize';
import { acting } from '../../audit/acting-as.js';
import { auditAction } from '../../audit/audit-hooks.js';
import { config } from '../../config.js';
import { transaction } from '../../database/transactions.js';
import { log } from '../../log.js';
import { OtpFactor } from '../../models/otp-factor.js';
import { RecoveryCode } from '../../models/recovery-code.js';
import { User } from '../../models/user.js';
import { endLogins, type Login } from '../end-logins.js';
import { StaleLogin } from '../issuing.js';
import { Sealer } from '../sealing.js';
import { jwtSecrets } from '../secrets.js';
import { replaceRecoveryCodes, spendRecoveryCode } from './recovery-codes.js';
import { base32, matchingStep, setupUri } from './totp.js';

/** RFC 4226 asks for 160 bits. */
const SECRET_BYTES = 20;
const SETUP_MS = 3_600_000;
/**
 * How many codes in a row may be wrong. The limits per minute alone would let whoever knows the password find a code in
 * weeks. The number is NIST's, SP 800-63B, section 5.2.2.
 */
const TRIES = 100;

/** Secrets of authenticator apps at rest. `JWT_SECRET` may be rotated: see `resealSecrets`. */
const sealer = new Sealer(jwtSecrets, 'marquee second factor');

const contextOf = (userId: number) => `user ${userId}`;

/** Why a code is not taken. */
export type OtpFault = 'missing' | 'wrong' | 'tried too often' | 'not begun' | 'on already';

/** A code is missing or not taken. */
export class OtpRefused extends Error {
  override name = 'OtpRefused';

  constructor(readonly fault: OtpFault) {
    super(`one-time password: ${fault}`);
  }
}

/** Whether a user's logins ask for a code. */
export async function hasSecondFactor(userId: number): Promise<boolean> {
  return (await OtpFactor.count({ where: { user_id: userId, expires: null } })) > 0;
}

/**
 * Begins to set a second factor up; what was begun before is void. A code confirms it within an hour.
 * @param user as the password was verified
 * @returns the secret in base32, and the address that sets an app up
 * @throws {StaleLogin} where the user's logins were ended meanwhile
 * @throws {OtpRefused} `on already`
 */
export async function beginSetup(user: User): Promise<{ secret: string; uri: string }> {
  const bytes = randomBytes(SECRET_BYTES);
  await lockUser(user, async () => {
    if (await hasSecondFactor(user.id)) throw new OtpRefused('on already');
    await OtpFactor.destroy({ where: { user_id: user.id } });
    await OtpFactor.create({
      user_id: user.id,
      secret: sealer.seal(bytes, contextOf(user.id)),
      key_id: sealer.keyId,
      expires: new Date(Date.now() + SETUP_MS),
    });
  });
  const secret = base32(bytes);
  return { secret, uri: setupUri(secret, config.SITE_NAME, user.username) };
}

/**
 * Switches the second factor on that was begun, and ends every other login of the user: they were given for less.
 * @param except the login that asks for it
 * @returns the recovery codes
 * @throws {OtpRefused} `wrong`, `not begun`, `on already`
 */
export function confirmSetup(user: User, otp: string, except: Login): Promise<string[]> {
  return transaction(async () => {
    await User.findByPk(user.id, { lock: true });
    const factor = await OtpFactor.findByPk(user.id);
    if (factor && !factor.expires) throw new OtpRefused('on already');
    if (!factor?.expires || factor.expires.getTime() <= Date.now()) throw new OtpRefused('not begun');
    const step = stepOf(factor, plain(otp));
    if (step === null) throw new OtpRefused('wrong');
    await factor.update({ expires: null, last_step: step });
    const codes = await replaceRecoveryCodes(user.id);
    if (acting()) await auditAction('otp_on', user, {});
    await endLogins(user.id, except);
    return codes;
  });
}

/**
 * Switches a user's second factor off, and ends every other login of the user.
 * @param user as the password was verified
 * @param except the login that asks for it
 * @throws {StaleLogin} where the user's logins were ended meanwhile
 */
export function removeSecondFactor(user: User, except: Login): Promise<void> {
  return lockUser(user, async () => {
    await remove(user, except);
  });
}

/**
 * Switches the second factor of a user off who has lost it, and ends every login of the user.
 * @returns whether it was on
 */
export function resetSecondFactor(userId: number): Promise<boolean> {
  return transaction(async () => {
    const user = await User.findByPk(userId, { lock: true });
    return user !== null && (await hasSecondFactor(userId)) && remove(user);
  });
}

/** @returns whether there was one. The user's row must be locked */
async function remove(user: User, except?: Login): Promise<boolean> {
  await RecoveryCode.destroy({ where: { user_id: user.id } });
  const removed = await OtpFactor.destroy({ where: { user_id: user.id } });
  if (removed > 0 && acting()) await auditAction('otp_off', user, {});
  await endLogins(user.id, except);
  return removed > 0;
}

/**
 * Takes a code of a user who has a second factor: one of the app, or a recovery code, each once. Call it outside of a
 * transaction: what was tried counts whatever follows. Without a second factor it does nothing.
 * @throws {OtpRefused} `missing`, `wrong`, `tried too often`
 */
export async function takeCode(userId: number, otp: string | null | undefined): Promise<void> {
  const factor = await OtpFactor.findOne({ where: { user_id: userId, expires: null } });
  if (!factor) return;
  const code = plain(otp ?? '');
  if (code === '') throw new OtpRefused('missing');
  if (!/^\d+$/.test(code)) {
    if (!(await spendRecoveryCode(userId, code))) throw new OtpRefused('wrong');
    await forgetTries(userId);
    return;
  }
  // Counted before the comparison: of many requests at once each counts.
  const [counted] = await OtpFactor.update(
    { tried: literal('tried + 1') },
    { where: { user_id: userId, tried: { [Op.lt]: TRIES } } },
  );
  if (counted === 0) throw new OtpRefused('tried too often');
  const step = stepOf(factor, code);
  if (step === null || !(await spendStep(factor, step))) throw new OtpRefused('wrong');
}

/**
 * Lets codes be tried again where they were tried too often: after a recovery code, or with a password that whoever tried them
 * cannot know.
 */
export async function forgetTries(userId: number): Promise<void> {
  await OtpFactor.update({ tried: 0 }, { where: { user_id: userId } });
}

/** Uses a time step up. @returns true to one caller only */
async function spendStep({ user_id, secret }: OtpFactor, step: number): Promise<boolean> {
  const [spent] = await OtpFactor.update(
    { last_step: step, tried: 0 },
    { where: { user_id, secret, last_step: { [Op.lt]: step } } },
  );
  return spent > 0;
}

/** The time step that a code is of, or null. */
function stepOf({ user_id, secret: sealed }: OtpFactor, code: string): number | null {
  const secret = sealer.unseal(sealed, contextOf(user_id));
  if (!secret) {
    log.error({ user: user_id }, 'a second factor cannot be read: the JWT_SECRET that sealed it is gone');
    return null;
  }
  return matchingStep(secret, code);
}

/** A code without what people put between its groups. */
function plain(otp: string): string {
  return otp.replace(/[\s-]+/g, '');
}

async function lockUser(user: User, work: () => Promise<void>): Promise<void> {
  await transaction(async () => {
    const stored = await User.findByPk(user.id, { lock: true });
    if (!stored?.is_active || stored.security_stamp !== user.security_stamp) throw new StaleLogin();
    await work();
  });
}

/** How many secrets one call of `resealSecrets` seals anew. */
const BATCH = 500;

/**
 * Seals secrets anew that another key than the first has sealed, so that an old `JWT_SECRET` can be taken out of the list.
 * Those that no key of the list opens stay as they are.
 */
export async function resealSecrets(): Promise<void> {
  for (let after = 0; ;) {
    const where = { key_id: { [Op.ne]: sealer.keyId }, user_id: { [Op.gt]: after } };
    const factors = await OtpFactor.findAll({ where, order: [['user_id', 'ASC']], limit: BATCH });
    for (const { user_id, secret: old } of factors) {
      after = user_id;
      const bytes = sealer.unseal(old, contextOf(user_id));
      if (!bytes) continue;
      const sealed = { secret: sealer.seal(bytes, contextOf(user_id)), key_id: sealer.keyId };
      await OtpFactor.update(sealed, { where: { user_id, secret: old } });
    }
    if (factors.length < BATCH) return;
  }
}
