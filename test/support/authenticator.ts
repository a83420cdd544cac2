import { codeOf, stepAt } from '../../src/auth/otp/totp.js';
import { OtpFactor } from '../../src/models/otp-factor.js';
import { anonymous, type Client } from './clients.js';
import { PASSWORD } from './factories.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bytes of a secret in base32, as an app reads it. */
function bytesOf(secret: string): Buffer {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) as string[]).map((byte) => Number.parseInt(byte, 2)));
}

/** An authenticator app with one account. */
export class Authenticator {
  readonly #secret: Buffer;

  constructor(
    private readonly userId: number,
    secret: string,
    /** The codes for a lost app. */
    readonly recoveryCodes: string[] = [],
  ) {
    this.#secret = bytesOf(secret);
  }

  /** The code of now, or of some steps from now. */
  code(steps = 0): string {
    return codeOf(this.#secret, stepAt(Date.now()) + steps);
  }

  /** A code of now that has not been used: the next one takes half a minute. */
  async fresh(): Promise<string> {
    await OtpFactor.update({ last_step: 0 }, { where: { user_id: this.userId } });
    return this.code();
  }
}

/** Switches the second factor of a client's user on, who has `PASSWORD`. */
export async function setUpOtp(client: Client): Promise<Authenticator> {
  const begun = await client.post('/account/otp/', { password: PASSWORD });
  const { id } = (await client.get('/account/me/')).body;
  const code = new Authenticator(id, begun.body.secret).code();
  const confirmed = await client.post('/account/otp/confirm/', { otp: code });
  return new Authenticator(id, begun.body.secret, confirmed.body.recovery_codes);
}

/** Asks for a token with a code, or without one. */
export function logInWith(username: string, otp?: unknown, password = PASSWORD) {
  return anonymous.post('/account/login/', { username, password, ...(otp !== undefined && { otp }) });
}
