import type { Request } from 'express';
import { z } from 'zod';
import { cancelEmailChange, confirmEmailChange, issueEmailChange } from '../auth/email-changes.js';
import { config } from '../config.js';
import { outsideTransaction } from '../database/transaction-context.js';
import { invalid } from '../http/errors.js';
import { secret } from '../http/request/fields.js';
import { ok } from '../http/response/answers.js';
import { origin } from '../http/response/links.js';
import { type AnyRoute, type Context, route } from '../http/routing/route.js';
import { log } from '../log.js';
import { changedAddressLetter, mailLanguage, newAddressLetter } from '../mail/letters.js';
import { canSendMail, sendMail } from '../mail/mail.js';
import { User } from '../models/user.js';
import { emailKey } from '../models/validation.js';
import { detailSchema } from '../presenters/answers.js';

const CONFIRM = '/account/email/confirm/';

/**
 * Changes a user's address: at once where no mail can be sent, else when the link that is mailed to it is followed.
 * Another account's address gets no mail, and the answer is the same. The present address takes an earlier wish back.
 * @returns the address that is to be confirmed, or null
 * @throws {ValidationError} where it changes at once, and another account has it
 */
export async function changeEmail(
  user: User,
  email: string,
  { request, countAttempt }: Pick<Context, 'request' | 'countAttempt'>,
): Promise<string | null> {
  if (email === user.email) {
    await cancelEmailChange(user);
    return null;
  }
  const isSpelling = emailKey(email) === emailKey(user.email);
  if (!canSendMail || isSpelling) {
    await user.update({ email });
    return null;
  }
  // As for resets: a mailbox must not be flooded.
  await countAttempt('password-reset', emailKey(email));
  const token = await issueEmailChange(user, email);
  // Sent beside the answer, whose time must not tell whether the address is taken.
  // The site's page asks before it confirms: programs that scan mail follow links.
  const link = `${origin(request)}${config.SITE ? '/confirm-email' : CONFIRM}?token=${token}`;
  outsideTransaction(() => mailLink(user, email, link, request)).catch((error: unknown) =>
    log.error({ err: error }, 'a mail to a new address could not be sent'),
  );
  return email;
}

async function mailLink(user: User, email: string, link: string, request: Request): Promise<void> {
  if (await User.byEmail(email)) return;
  await sendMail(email, newAddressLetter(mailLanguage(request), { username: user.username, link }));
}

/** Changes the address that a token confirms, and tells the address before. */
async function confirm(token: string, request: Request) {
  const changed = await confirmEmailChange(token);
  if (!changed) throw invalid({ token: ['The link is wrong, spent or expired.'] });
  const { user, previous } = changed;
  outsideTransaction(() => sendMail(previous, changedAddressLetter(mailLanguage(request), user))).catch(
    (error: unknown) => log.error({ err: error }, 'a notice of a new address could not be sent'),
  );
  return { status: 200 as const, body: { detail: 'The e-mail address has been changed.' } };
}

const token = secret().meta({
  description: 'The token of the mailed link.',
  example: '1b3d5f7a9c0e2b4d6f8a0c1e3b5d7f9a2c4e6b8d0f1a3c5e7b9d1f3a5c7e9b0d',
});

export const emailChangeRoutes: AnyRoute[] = [
  route('GET', CONFIRM, {
    throttle: 'password-reset',
    policy: ['account', 'create'],
    answers: ok(detailSchema),
    query: z.object({ token }),
    handle: ({ query, request }) => confirm(query.token, request),
  }),
  route('POST', CONFIRM, {
    throttle: 'password-reset',
    policy: ['account', 'create'],
    answers: ok(detailSchema),
    body: z.object({ token }),
    handle: ({ body, request }) => confirm(body.token, request),
  }),
];
