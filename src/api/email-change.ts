import { z } from 'zod';
import { cancelEmailChange, confirmEmailChange, issueEmailChange } from '../auth/email-changes.js';
import { outsideTransaction } from '../database/transaction-context.js';
import { invalid } from '../http/errors.js';
import { secret } from '../http/request/fields.js';
import { ok } from '../http/response/answers.js';
import { origin } from '../http/response/links.js';
import { type AnyRoute, type Context, route } from '../http/routing/route.js';
import { log } from '../log.js';
import { canSendMail, sendMail } from '../mail.js';
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
  const link = `${origin(request)}${CONFIRM}?token=${token}`;
  outsideTransaction(() => mailLink(user, email, link)).catch((error: unknown) =>
    log.error({ err: error }, 'a mail to a new address could not be sent'),
  );
  return email;
}

async function mailLink({ username }: User, email: string, link: string): Promise<void> {
  if (await User.byEmail(email)) return;
  const text = `Hello ${username},\n\nfollow this link, good for a day, to use this address for your account:\n\n${link}\n\nIf it was not you, there is nothing to do.\n`;
  await sendMail(email, 'Confirm your e-mail address', text);
}

async function mailNotice({ username, email }: User, previous: string): Promise<void> {
  const text = `Hello ${username},\n\nyour account's e-mail address is ${email} now. If it was not you, reset your password at once, and write to the people who run this site.\n`;
  await sendMail(previous, 'Your e-mail address has changed', text);
}

export const emailChangeRoutes: AnyRoute[] = [
  route('GET', CONFIRM, {
    throttle: 'password-reset',
    policy: ['account', 'create'],
    answers: ok(detailSchema),
    query: z.object({
      token: secret().meta({
        description: 'The token of the mailed link.',
        example: '1b3d5f7a9c0e2b4d6f8a0c1e3b5d7f9a2c4e6b8d0f1a3c5e7b9d1f3a5c7e9b0d',
      }),
    }),
    handle: async ({ query }) => {
      const changed = await confirmEmailChange(query.token);
      if (!changed) throw invalid({ token: ['The link is wrong, spent or expired.'] });
      mailNotice(changed.user, changed.previous).catch((error: unknown) =>
        log.error({ err: error }, 'a notice of a new address could not be sent'),
      );
      return { status: 200, body: { detail: 'The e-mail address has been changed.' } };
    },
  }),
];
