import { z } from 'zod';
import { AuthToken, CLIENT_MAX } from '../models/auth-token.js';
import { EMAIL_MAX, ROLES, type User, USERNAME_MAX } from '../models/user.js';
import type { TokenRow } from '../reads/tokens.js';
import { isoTime } from '../database/sql/time.js';
import { instant, namesOf, recordId } from './values.js';

/** A user's own account. */
export const accountSchema = z
  .object({
    id: recordId,
    username: z.string().max(USERNAME_MAX).meta({ description: 'The username.', example: 'ana' }),
    email: z
      .string()
      .max(EMAIL_MAX)
      .meta({ description: 'The e-mail address; nobody else sees it.', example: 'ana@example.org' }),
    role: z.enum(ROLES).meta({
      description: 'What the user may do: moderators hide reviews, admins keep the catalogue too.',
      example: 'user',
    }),
    date_joined: instant.meta({
      description: 'When the account was made.',
      example: '2026-02-14T12:00:00.000Z',
    }),
    otp_enabled: z.boolean().meta({
      description: 'Whether logins ask for a code of the second factor too.',
      example: false,
    }),
  })
  .meta({ id: 'Account', description: 'The caller’s own account.' });

/** An account whose e-mail address was to be changed. */
export const changedAccountSchema = accountSchema
  .extend({
    email_pending: z.string().max(EMAIL_MAX).nullable().meta({
      description:
        'The new address, which counts once the link that was mailed to it is followed; else null.',
      example: 'ana@example.net',
    }),
  })
  .meta({ id: 'ChangedAccount', description: 'The caller’s own account, with the address to be confirmed.' });

export type AccountJson = z.output<typeof accountSchema>;

export const ACCOUNT_FIELDS = namesOf(accountSchema);

/**
 * A user's own account.
 * @param otpEnabled whether it has a second factor
 */
export function presentAccount(user: User, otpEnabled: boolean): AccountJson {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    role: user.role,
    date_joined: user.date_joined.toISOString(),
    otp_enabled: otpEnabled,
  };
}

/** What sets an authenticator app up. */
export const otpSetupSchema = z
  .object({
    secret: z
      .string()
      .regex(/^[A-Z2-7]{32}$/)
      .max(32)
      .meta({
        description: 'The secret in base32, to be typed into the app.',
        example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      }),
    uri: z.string().max(2_000).meta({
      description: 'The same as an address, for a QR code.',
      format: 'uri',
      example:
        'otpauth://totp/Marquee:ana?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Marquee&algorithm=SHA1&digits=6&period=30',
    }),
  })
  .meta({
    id: 'OtpSetup',
    description: 'What sets an authenticator app up. It is shown once, and counts once a code confirms it.',
  });

/** The codes for a lost app. */
export const recoveryCodesSchema = z
  .object({
    recovery_codes: z
      .array(
        z
          .string()
          .regex(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/)
          .max(19)
          .meta({ description: 'A recovery code.', example: 'k3fz-w7qa-m5xe-2ybt' }),
      )
      .length(10)
      .meta({
        description: 'Each stands in, once, for a code of the app.',
        example: Array.from({ length: 10 }, () => 'k3fz-w7qa-m5xe-2ybt'),
      }),
  })
  .meta({
    id: 'RecoveryCodes',
    description: 'The codes for a lost app. They are shown once; only their hashes are stored.',
  });

/** A token, as its owner sees it. */
export const tokenSchema = z
  .object({
    id: recordId,
    created: instant.meta({ description: 'When it was given out.', example: '2026-03-01T08:00:00.000Z' }),
    last_used: instant.nullable().meta({
      description: 'When it last came with a request, to the minute; null where it never did.',
      example: '2026-03-02T10:15:00.000Z',
    }),
    expires: instant.meta({
      description: 'When it stops working.',
      example: '2026-03-31T08:00:00.000Z',
    }),
    client: z.string().max(CLIENT_MAX).meta({
      description: 'What the client that logged in called itself in `User-Agent`.',
      example: 'MarqueeForPhones/2.1',
    }),
    current: z.boolean().meta({ description: 'Whether it is the token of this request.', example: true }),
  })
  .meta({
    id: 'Token',
    description: 'A token that the caller may log in with. Its key is shown once, at login, and never again.',
  });

export type TokenJson = z.output<typeof tokenSchema>;

export const TOKEN_FIELDS = namesOf(tokenSchema);

/**
 * A token, as its owner sees it: without its key.
 * @param login the login of the request, which may be this token
 */
export function presentToken(token: TokenRow, login: unknown): TokenJson {
  return {
    id: token.id,
    created: isoTime(token.created),
    last_used: token.last_used === null ? null : isoTime(token.last_used),
    expires: isoTime(token.expires),
    client: token.client,
    current: login instanceof AuthToken && login.id === token.id,
  };
}
