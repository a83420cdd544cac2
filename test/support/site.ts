import { issueToken } from '../../src/auth/tokens.js';
import type { User } from '../../src/models/user.js';
import { seal, SESSION_COOKIE } from '../../site/http/session.js';
import { sharedUrl } from './server.js';

/** Who asks for a page, and how. */
export interface SiteRequest {
  /** The value of the `Cookie` header. */
  cookie?: string;
  /** By default English. */
  language?: string;
  headers?: Record<string, string>;
  url?: string;
}

/** Asks for a page. Redirects are not followed. */
export function getPage(path: string, request: SiteRequest = {}): Promise<Response> {
  return fetch(`${request.url ?? sharedUrl()}${path}`, { redirect: 'manual', headers: headersOf(request) });
}

/** The text of a page. */
export async function pageText(path: string, request: SiteRequest = {}): Promise<string> {
  return (await getPage(path, request)).text();
}

/** Sends a form as a browser does. Redirects are not followed. */
export function postForm(
  path: string,
  fields: Record<string, string>,
  request: SiteRequest = {},
): Promise<Response> {
  const url = request.url ?? sharedUrl();
  return fetch(`${url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: url, ...headersOf(request) },
    body: new URLSearchParams(fields),
  });
}

function headersOf({ cookie, language = 'en', headers }: SiteRequest): Record<string, string> {
  return { Accept: 'text/html', 'Accept-Language': language, ...(cookie && { Cookie: cookie }), ...headers };
}

/** The cookie of a new session of a user. */
export async function sessionOf(user: User): Promise<string> {
  return `${SESSION_COOKIE}=${seal(await issueToken(user, 'Firefox'))}`;
}

/** The cookies that an answer sets, by name, without their attributes. */
export function cookiesOf(response: Response): Record<string, string> {
  return Object.fromEntries(
    response.headers.getSetCookie().map((cookie) => {
      const pair = cookie.split(';')[0] as string;
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
