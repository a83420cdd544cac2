import { z } from 'zod';
import { StaleLogin } from '../auth/issuing.js';
import { issueToken } from '../auth/tokens.js';
import { logIn, setPassword } from '../auth/accounts.js';
import { endLogins } from '../auth/end-logins.js';
import { hasSecondFactor } from '../auth/otp/second-factor.js';
import { transaction } from '../database/transactions.js';
import { created, nothing, ok } from '../http/response/answers.js';
import { type Faults, invalid, unauthenticated } from '../http/errors.js';
import { digits, text } from '../http/request/fields.js';
import { type AnyRoute, type Context, deleteRecord, route } from '../http/routing/route.js';
import { lockWithAdmins } from '../models/last-admin.js';
import { hashPassword } from '../auth/password.js';
import { EMAIL_TAKEN, emailFault, usernameFault } from '../models/validation.js';
import { EMAIL_MAX, User, USERNAME_MAX } from '../models/user.js';
import type { Actor } from '../policies/policies.js';
import {
  ACCOUNT_FIELDS,
  type AccountJson,
  accountSchema,
  changedAccountSchema,
  presentAccount,
} from '../presenters/account.js';
import { detailSchema, loginSchema, registrationSchema } from '../presenters/answers.js';
import { changeEmail } from './email-change.js';
import { codeInvalid } from './otp-code.js';
import {
  presentPassword,
  presentPasswordFaults,
  requireSameLogins,
  userOf,
  wrongPassword,
} from './present-password.js';
import { attemptOf, credentialsBody, firstPassword, newPassword, newPasswordFaults } from './passwords.js';

const ME = '/account/me/';

const username = text({ max: USERNAME_MAX, trim: true }, usernameFault).meta({
  description: 'The username: letters, digits and `@ . + - _`, unique without regard to case.',
  pattern: '^[A-Za-z0-9_.@+-]+$',
  example: 'ana',
});
const email = text({ max: EMAIL_MAX, trim: true }, emailFault).meta({
  description: 'The e-mail address, unique without regard to case.',
  format: 'email',
  example: 'ana@example.org',
});
/** The client's own name for itself. */
function clientOf({ request }: Context): string {
  return request.get('user-agent') ?? '';
}

async function registrationFaults(body: Record<string, unknown>): Promise<Faults> {
  const faults = newPasswordFaults(body.password, body.password2, body, 'password', 'password2');
  const [name, address] = [digits(body.username), digits(body.email)];
  if (typeof name === 'string' && (await User.byUsername(name.trim()))) {
    faults.username = ['A user with that username already exists.'];
  }
  if (typeof address === 'string' && (await User.byEmail(address.trim()))) {
    faults.email = [EMAIL_TAKEN];
  }
  return faults;
}

async function accountOf(user: User): Promise<AccountJson> {
  return presentAccount(user, await hasSecondFactor(user.id));
}

async function loadMe(_id: number, actor: Actor | null, { lock }: { lock: boolean }): Promise<User | null> {
  // Whether the last admin goes can only be told with all admins locked.
  if (lock && actor?.role === 'admin') await lockWithAdmins([actor.id]);
  const user = actor && (await User.findByPk(actor.id, { lock }));
  // The user was deleted after the credentials were checked, which makes them invalid.
  if (!user) throw unauthenticated('User inactive or deleted.');
  return user;
}

export const accountRoutes: AnyRoute[] = [
  route('POST', '/account/register/', {
    throttle: 'login',
    policy: ['account', 'create'],
    answers: created(registrationSchema),
    body: z.object({
      username,
      email,
      password: firstPassword.password,
      password2: firstPassword.repeated,
    }),
    bodyFaults: registrationFaults,
    handle: async (context) => {
      const { body } = context;
      await context.countAttempt('login', body.username);
      const password = await hashPassword(body.password);
      return transaction(async () => {
        const user = await User.create({ username: body.username, email: body.email, password });
        const token = await issueToken(user, clientOf(context));
        const answer = {
          response: 'Registration Successful!',
          username: user.username,
          email: user.email,
          token,
        };
        return { status: 201, body: answer };
      });
    },
  }),
  route('POST', '/account/login/', {
    throttle: 'login',
    policy: ['account', 'create'],
    answers: ok(loginSchema),
    body: credentialsBody,
    handle: async (context) => {
      const issue = (user: User) => issueToken(user, clientOf(context));
      const token = await logIn(attemptOf(context), issue).catch(codeInvalid);
      if (!token) throw invalid({ non_field_errors: ['Unable to log in with provided credentials.'] });
      return { status: 200, body: { token } };
    },
  }),
  route('POST', '/account/logout/', {
    policy: ['account', 'update'],
    answers: ok(detailSchema),
    handle: async ({ credentials }) => {
      await credentials?.login.destroy();
      return { status: 200, body: { detail: 'Successfully logged out.' } };
    },
  }),
  route('POST', '/account/logout-all/', {
    policy: ['account', 'update'],
    answers: ok(detailSchema),
    handle: async ({ credentials }) => {
      await endLogins(userOf(credentials).id);
      return { status: 200, body: { detail: 'Successfully logged out everywhere.' } };
    },
  }),
  route('GET', ME, {
    policy: ['account', 'read'],
    answers: ok(accountSchema),
    fields: ACCOUNT_FIELDS,
    handle: async ({ credentials }) => ({ status: 200, body: await accountOf(userOf(credentials)) }),
  }),
  route('PATCH', ME, {
    throttle: 'password',
    policy: ['account', 'update'],
    answers: ok(changedAccountSchema),
    load: loadMe,
    represent: accountOf,
    body: z.object({ email: email.optional(), password: presentPassword.optional() }),
    bodyFaults: async (body, credentials) =>
      body.email === undefined || body.email === userOf(credentials).email
        ? {}
        : presentPasswordFaults(body.password, credentials, 'password'),
    handle: async (context) => {
      const { record, body } = context;
      requireSameLogins(record, context.credentials);
      const pending = body.email === undefined ? null : await changeEmail(record, body.email, context);
      return { status: 200, body: { ...(await accountOf(record)), email_pending: pending } };
    },
  }),
  route('DELETE', ME, {
    throttle: 'password',
    policy: ['account', 'delete'],
    answers: nothing(),
    load: loadMe,
    represent: accountOf,
    body: z.object({ password: presentPassword }),
    bodyFaults: ({ password }, credentials) => presentPasswordFaults(password, credentials, 'password'),
    handle: async (context) => {
      requireSameLogins(context.record, context.credentials);
      return deleteRecord(context);
    },
  }),
  route('POST', '/account/password/', {
    throttle: 'password',
    policy: ['account', 'update'],
    answers: ok(detailSchema),
    body: z.object({
      old_password: presentPassword,
      new_password: newPassword.password,
      new_password2: newPassword.repeated,
    }),
    bodyFaults: async ({ old_password, new_password, new_password2 }, credentials) => ({
      ...newPasswordFaults(new_password, new_password2, userOf(credentials), 'new_password', 'new_password2'),
      ...(await presentPasswordFaults(old_password, credentials, 'old_password')),
    }),
    handle: async ({ credentials, body }) => {
      await setPassword(userOf(credentials), body.new_password, credentials?.login).catch(
        (error: unknown) => {
          throw error instanceof StaleLogin ? invalid(wrongPassword('old_password')) : error;
        },
      );
      return { status: 200, body: { detail: 'New password has been saved.' } };
    },
  }),
];
