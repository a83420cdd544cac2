import type { Response } from 'express';
import { openNote, sealNote } from '../../src/auth/sealed-note.js';
import { readCookie } from '../../src/http/request/cookie.js';
import { setCookie } from './cookies.js';
import type { Visit } from './page.js';

/** What a member who sets a second factor up has to see on the next page, and on no page after it. */
export type FactorSetup =
  { step: 'confirm'; secret: string; uri: string } | { step: 'codes'; codes: string[] };

const COOKIE = 'marquee.factor';
const PURPOSE = 'second factor';
const SECONDS = { confirm: 3_600, codes: 900 };

/** What the member has to see; null where there is nothing, or it is another member's. */
export function readFactorSetup({ request, member }: Visit): FactorSetup | null {
  const note = openNote(PURPOSE, readCookie(request, COOKIE)) as { id: number; setup: FactorSetup } | null;
  return note && note.id === member?.id ? note.setup : null;
}

export function keepFactorSetup({ response, member }: Visit, setup: FactorSetup): void {
  const seconds = SECONDS[setup.step];
  setCookie(response, COOKIE, sealNote(PURPOSE, { id: member?.id ?? 0, setup }, seconds), seconds);
}

/** Takes the cookie away, where there is one. */
export function dropFactorSetup(response: Response): void {
  const isKept = readCookie(response.req, COOKIE) !== undefined;
  if (isKept) setCookie(response, COOKIE, '', 0);
}
