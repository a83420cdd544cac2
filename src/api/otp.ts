import { z } from 'zod';
import { StaleLogin } from '../auth/issuing.js';
import {
  beginSetup,
  confirmSetup,
  hasSecondFactor,
  removeSecondFactor,
  takeCode,
} from '../auth/otp/second-factor.js';
import { invalid, notFound } from '../http/errors.js';
import { nothing, ok } from '../http/response/answers.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { otpSetupSchema, recoveryCodesSchema } from '../presenters/account.js';
import { code, codeInvalid } from './otp-code.js';
import {
  credentialsOf,
  presentPassword,
  presentPasswordFaults,
  userOf,
  wrongPassword,
} from './present-password.js';

/** The password was changed after it was checked. @throws always */
function staleInvalid(error: unknown): never {
  throw error instanceof StaleLogin ? invalid(wrongPassword('password')) : error;
}

export const otpRoutes: AnyRoute[] = [
  route('POST', '/account/otp/', {
    throttle: 'password',
    policy: ['account', 'update'],
    answers: ok(otpSetupSchema),
    rules: true,
    body: z.object({ password: presentPassword }),
    bodyFaults: ({ password }, credentials) => presentPasswordFaults(password, credentials, 'password'),
    handle: async ({ credentials }) => ({
      status: 200,
      body: await beginSetup(userOf(credentials)).catch(staleInvalid).catch(codeInvalid),
    }),
  }),
  route('POST', '/account/otp/confirm/', {
    throttle: 'password',
    policy: ['account', 'update'],
    answers: ok(recoveryCodesSchema),
    rules: true,
    body: z.object({ otp: code }),
    handle: async ({ credentials, body }) => {
      const { user, login } = credentialsOf(credentials);
      return {
        status: 200,
        body: { recovery_codes: await confirmSetup(user, body.otp, login).catch(codeInvalid) },
      };
    },
  }),
  route('DELETE', '/account/otp/', {
    throttle: 'password',
    policy: ['account', 'update'],
    answers: nothing(),
    mayBeMissing: true,
    body: z.object({ password: presentPassword, otp: code }),
    bodyFaults: async ({ password }, credentials) => {
      if (!(await hasSecondFactor(userOf(credentials).id))) throw notFound();
      return presentPasswordFaults(password, credentials, 'password');
    },
    handle: async ({ credentials, body, countAttempt }) => {
      const { user, login } = credentialsOf(credentials);
      await countAttempt('login', user.username);
      await takeCode(user.id, body.otp).catch(codeInvalid);
      await removeSecondFactor(user, login).catch(staleInvalid);
      return { status: 204 };
    },
  }),
];
