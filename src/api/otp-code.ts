import { type OtpFault, OtpRefused } from '../auth/otp/second-factor.js';
import { ApiError, type Faults, invalid } from '../http/errors.js';
import { nullable, secret } from '../http/request/fields.js';
import { REQUIRED } from '../models/validation.js';

const description =
  'The six digits that the authenticator app shows, or a recovery code. Each is taken once; spaces and hyphens do not matter.';

/** A code that the request must have. */
export const code = secret().meta({ description, example: '492039' });

/** A code that only those send who have a second factor. */
export const optionalCode = nullable(secret())
  .optional()
  .meta({
    description: `${description} Asked for only after the right password, where there is a second factor.`,
    example: '492039',
  });

const MESSAGES: Record<OtpFault, string> = {
  missing: REQUIRED,
  wrong: 'The code is wrong, expired or used already.',
  'tried too often': 'Too many codes were wrong. Use a recovery code.',
  'not begun': 'There is no second factor to confirm. Set one up first; a code confirms it within an hour.',
  'on already': 'The second factor is on already. Switch it off first.',
};

const OF_NO_FIELD = new Set<OtpFault>(['not begun', 'on already']);

function faultsOf({ fault }: OtpRefused): Faults {
  return { [OF_NO_FIELD.has(fault) ? 'non_field_errors' : 'otp']: [MESSAGES[fault]] };
}

/** Turns the refusal of a code into a 400 that names its field. @throws always */
export function codeInvalid(error: unknown): never {
  throw error instanceof OtpRefused ? invalid(faultsOf(error)) : error;
}

/** Turns the refusal of a code into the 401 of a login for JSON web tokens. @throws always */
export function codeUnauthorized(error: unknown): never {
  if (!(error instanceof OtpRefused)) throw error;
  const detail = error.fault === 'missing' ? 'A one-time password is required.' : MESSAGES[error.fault];
  throw new ApiError(401, { detail, otp_required: true }, { 'WWW-Authenticate': 'Token' });
}
