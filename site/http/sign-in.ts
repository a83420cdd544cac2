import type { Response } from 'express';
import { dropFactorSetup } from './factor-setup.js';
import { Redirect, type Visit } from './page.js';
import { ownPath } from '../paths.js';
import { clearSession, startSession } from './session.js';

/** The page that a visitor came from, and goes back to once signed in. */
export function nextOf({ query }: Visit): string {
  return ownPath(query.get('next'));
}

/**
 * Starts a member's session, and leads to where the visitor came from. A session that was open ends: nobody is left signed
 * in behind another.
 * @param token the session's token
 * @param notice what the next page says
 */
export async function signIn(visit: Visit, token: string, notice?: Redirect['notice']): Promise<Redirect> {
  await endSession(visit);
  startSession(visit.response, token);
  return new Redirect(nextOf(visit), 303, notice);
}

/** Ends the request's session, if it has one, in the API too. */
export async function endSession({ api, member, response }: Visit): Promise<void> {
  if (!member) return;
  await api.send('POST', '/account/logout/');
  forgetSession(response);
}

/** Takes the cookie of a session that has ended, and what the browser has kept of the member's pages. */
export function forgetSession(response: Response): void {
  clearSession(response);
  dropFactorSetup(response);
  // Else the Back button shows them.
  response.setHeader('Clear-Site-Data', '"cache"');
}
