import type { Request } from 'express';
import { findToken } from '../../auth/tokens.js';
import { findFamily } from '../../auth/jwt-families.js';
import { outsideTransaction } from '../../database/transaction-context.js';
import { verify } from '../../auth/jwt.js';
import { log } from '../../log.js';
import { AuthToken } from '../../models/auth-token.js';
import { JwtFamily } from '../../models/jwt-family.js';
import type { Session } from '../../models/session.js';
import type { User } from '../../models/user.js';
import { badCredentials } from '../errors.js';

/** The user of a request, and the login that its opaque token, its JWT or its cookie of the panel belongs to. */
export interface Credentials {
  user: User;
  login: AuthToken | JwtFamily | Session;
}

/** How old a token's `last_used` may get before a request updates it. */
const LAST_USED_PRECISION_MS = 60_000;

/**
 * Checks a request's credentials.
 * @returns null if it bears none of a known scheme
 * @throws {ApiError} 401 if they are wrong, expired, revoked or an inactive user's
 */
export async function authenticate(request: Request): Promise<Credentials | null> {
  const [scheme = '', ...rest] = (request.get('authorization') ?? '').trim().split(/\s+/);
  switch (scheme.toLowerCase()) {
    case 'token':
      return byToken(rest);
    case 'bearer':
      return byJwt(rest);
    default:
      return null;
  }
}

async function byToken(parts: string[]): Promise<Credentials> {
  const [key] = parts;
  if (key === undefined) throw badCredentials('Invalid token header. No credentials provided.');
  if (parts.length > 1) throw badCredentials('Invalid token header. Token string should not contain spaces.');
  return authenticateToken(key);
}

/**
 * Checks an opaque token.
 * @throws {BadCredentials} if it is wrong, expired, revoked or an inactive user's
 */
export async function authenticateToken(key: string): Promise<Credentials> {
  const token = await findToken(key);
  if (!token?.user) throw badCredentials('Invalid token.');
  if (!token.user.is_active) throw badCredentials('User inactive or deleted.');
  updateLastUsed(token);
  return { user: token.user, login: token };
}

async function byJwt([jwt = '', ...rest]: string[]): Promise<Credentials> {
  const claims = rest.length === 0 ? await verify(jwt, 'access') : null;
  const family = claims && (await findFamily(claims.familyId));
  if (!family?.user) throw badCredentials('Given token not valid for any token type');
  if (!family.user.is_active) throw badCredentials('User inactive or deleted.');
  return { user: family.user, login: family };
}

/** The ids of tokens whose `last_used` is being written. */
const pendingUpdates = new Set<number>();

/** Writes `last_used` in the background. The answer does not wait for it. */
function updateLastUsed({ id, last_used }: AuthToken): void {
  const now = new Date();
  if (pendingUpdates.has(id) || (last_used && now.getTime() - last_used.getTime() < LAST_USED_PRECISION_MS))
    return;
  pendingUpdates.add(id);
  outsideTransaction(() => AuthToken.update({ last_used: now }, { where: { id } }))
    .catch((error: unknown) => log.warn({ err: error }, 'the last use of a token could not be noted'))
    .finally(() => pendingUpdates.delete(id));
}
