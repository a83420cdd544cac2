import { AuthToken } from '../models/auth-token.js';
import type { User } from '../models/user.js';

export const ACCOUNT_FIELDS = ['id', 'username', 'email', 'role', 'date_joined'] as const;

/** A user's own account. */
export function presentAccount(user: User) {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    role: user.role,
    date_joined: user.date_joined.toISOString(),
  };
}

export const TOKEN_FIELDS = ['id', 'created', 'last_used', 'expires', 'client', 'current'] as const;

/**
 * A token as its owner sees it: never its key.
 * @param login what the request came with; the token may be that
 */
export function presentToken(token: AuthToken, login: unknown) {
  return {
    id: token.id,
    created: token.created.toISOString(),
    last_used: token.last_used?.toISOString() ?? null,
    expires: token.expires.toISOString(),
    client: token.client,
    current: login instanceof AuthToken && login.id === token.id,
  };
}
