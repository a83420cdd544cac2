import { z } from 'zod';
import { beginFamily, findFamily, rotateFamily } from '../auth/jwt-families.js';
import { logIn } from '../auth/accounts.js';
import { ok } from '../http/response/answers.js';
import { badCredentials, unauthenticated } from '../http/errors.js';
import { secret } from '../http/request/fields.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { signPair, verify } from '../auth/jwt.js';
import { JwtFamily } from '../models/jwt-family.js';
import { jwtPairSchema } from '../presenters/answers.js';
import { codeUnauthorized } from './otp-code.js';
import { attemptOf, credentialsBody } from './passwords.js';

/** Spends a refresh token and gives its family; null if the token is invalid. */
async function spendRefresh(refresh: string): Promise<JwtFamily | null> {
  const claims = await verify(refresh, 'refresh');
  const family = claims && (await findFamily(claims.familyId));
  // An inactive user's token is refused but not spent: the account may be activated again.
  return family?.user?.is_active ? rotateFamily(family.id, claims?.id ?? '') : null;
}

export const jwtRoutes: AnyRoute[] = [
  route('POST', '/account/token/', {
    throttle: 'login',
    policy: ['account', 'create'],
    answers: ok(jwtPairSchema),
    body: credentialsBody,
    handle: async (context) => {
      const family = await logIn(attemptOf(context), beginFamily).catch(codeUnauthorized);
      if (!family) throw unauthenticated('No active account found with the given credentials');
      return { status: 200, body: await signPair(family) };
    },
  }),
  route('POST', '/account/token/refresh/', {
    policy: ['account', 'create'],
    answers: ok(jwtPairSchema),
    body: z.object({
      refresh: secret().meta({
        description: 'The refresh token; it is spent by this request.',
        example: 'eyJhbGciOiJIUzI1NiJ9.eyJmYW0iOiI3In0.c2lnbmF0dXJl',
      }),
    }),
    handle: async ({ body }) => {
      const family = await spendRefresh(body.refresh);
      if (!family) throw badCredentials('Token is invalid or expired');
      return { status: 200, body: await signPair(family) };
    },
  }),
];
