import type { Request } from 'express';
import { z } from 'zod';
import { issueReset, findResetUser, spendReset } from '../auth/password-resets.js';
import { setPassword } from '../auth/accounts.js';
import { config } from '../config.js';
import { transaction } from '../database/transactions.js';
import { ok } from '../http/response/answers.js';
import { origin } from '../http/response/links.js';
import { type Faults, invalid, refusal } from '../http/errors.js';
import { secret, text } from '../http/request/fields.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { log } from '../log.js';
import { mailLanguage, resetLetter } from '../mail/letters.js';
import { canSendMail, sendMail } from '../mail/mail.js';
import { emailFault, emailKey } from '../models/validation.js';
import { EMAIL_MAX, User } from '../models/user.js';
import { detailSchema } from '../presenters/answers.js';
import { newPassword, newPasswordFaults } from './passwords.js';

const WRONG_TOKEN = { token: ['The reset token is wrong, spent or expired.'] };

/** Mails a reset token to the active user with this address, if there is one, with a link to the site's page for it. */
async function mailToken(address: string, request: Request): Promise<void> {
  const user = await User.byEmail(address);
  if (!user?.is_active) return;
  const token = await issueReset(user);
  const link = config.SITE ? `${origin(request)}/reset-password?token=${token}` : null;
  await sendMail(user.email, resetLetter(mailLanguage(request), { username: user.username, token, link }));
}

async function confirmationFaults({
  token,
  new_password,
  new_password2,
}: Record<string, unknown>): Promise<Faults> {
  const user = typeof token === 'string' ? await findResetUser(token) : null;
  const faults = newPasswordFaults(new_password, new_password2, user ?? {}, 'new_password', 'new_password2');
  return user ? faults : { ...faults, ...WRONG_TOKEN };
}

export const passwordResetRoutes: AnyRoute[] = [
  route('POST', '/account/password-reset/', {
    throttle: 'password-reset',
    policy: ['account', 'create'],
    answers: ok(detailSchema),
    body: z.object({
      email: text({ max: EMAIL_MAX, trim: true }, emailFault).meta({
        description: 'The e-mail address of the account.',
        format: 'email',
        example: 'ana@example.org',
      }),
    }),
    handle: async ({ body, countAttempt, request }) => {
      await countAttempt('password-reset', emailKey(body.email));
      if (!canSendMail) throw refusal(503, 'Mail cannot be sent here.');
      // In the background: the time of the answer must not reveal whether the address is known.
      mailToken(body.email, request).catch((error: unknown) =>
        log.error({ err: error }, 'a reset mail could not be sent'),
      );
      return { status: 200, body: { detail: 'If the address belongs to an account, a mail is on its way.' } };
    },
  }),
  route('POST', '/account/password-reset/confirm/', {
    policy: ['account', 'create'],
    answers: ok(detailSchema),
    body: z.object({
      token: secret().meta({
        description: 'The token from the mail.',
        example: '1b3d5f7a9c0e2b4d6f8a0c1e3b5d7f9a2c4e6b8d0f1a3c5e7b9d1f3a5c7e9b0d',
      }),
      new_password: newPassword.password,
      new_password2: newPassword.repeated,
    }),
    bodyFaults: confirmationFaults,
    handle: async ({ body }) =>
      transaction(async () => {
        const user = await spendReset(body.token);
        if (!user) throw invalid(WRONG_TOKEN);
        await setPassword(user, body.new_password, undefined, { isMailed: true });
        return { status: 200, body: { detail: 'New password has been saved.' } };
      }),
  }),
];
