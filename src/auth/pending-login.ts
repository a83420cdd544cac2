import { openNote, sealNote } from './sealed-note.js';

/**
 * A login whose password was right, between the page that asks for the password and the page that asks for the code. The
 * password travels along, sealed, and is verified again with the code: what has changed meanwhile counts.
 */
export interface PendingLogin {
  username: string;
  password: string;
}

/** How long the page for the code may stay open. */
export const PENDING_LOGIN_SECONDS = 300;

const PURPOSE = 'pending login';

/** Seals a login for a cookie. It has room: usernames and passwords that are right have 150 and 128 characters at most. */
export function sealPendingLogin({ username, password }: PendingLogin): string {
  return sealNote(PURPOSE, { username, password }, PENDING_LOGIN_SECONDS);
}

/** Opens a sealed login; null where there is none, or it has become too old. */
export function openPendingLogin(sealed: string | undefined): PendingLogin | null {
  return openNote(PURPOSE, sealed) as PendingLogin | null;
}
