import { openerHeader } from './opener.js';
import { signInAgain } from './sign-in-request.js';

/** An answer that is no success. */
export class RequestFailed extends Error {
  override name = 'RequestFailed';

  constructor(
    /** The status; 0 if the visitor did not sign in again. */
    readonly status: number,
    readonly data: unknown,
  ) {
    super(`The server answered ${status}`);
  }
}

export interface PanelRequest {
  method?: string;
  params?: URLSearchParams | Record<string, unknown>;
  data?: FormData | object;
}

/**
 * Sends a request to the panel's server. If the session has ended, or another user has signed in, the visitor signs in again
 * where they are, and the request is sent again: AdminJS's own client leaves the page, and what was typed is lost.
 * @param path below `/admin`
 * @throws {RequestFailed} where the answer is no success
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what a path answers.
export async function request<T>(
  path: string,
  { method, params, data }: PanelRequest = {},
): Promise<{ data: T; status: number }> {
  const query = new URLSearchParams(params as URLSearchParams | undefined).toString();
  const isForm = data instanceof FormData;
  const send = () =>
    fetch(`/admin${path}${query && `?${query}`}`, {
      method: method ?? (data ? 'POST' : 'GET'),
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...openerHeader(),
        ...(data && !isForm && { 'content-type': 'application/json' }),
      },
      ...(data && { body: isForm ? data : JSON.stringify(data) }),
    });
  let response = await send();
  // Nothing below /api leads elsewhere but an ended session, to the login.
  while (response.type === 'opaqueredirect') {
    if (!(await signInAgain())) throw new RequestFailed(0, null);
    response = await send();
  }
  const text = await response.text();
  const answer: unknown = isJson(response) ? JSON.parse(text) : text;
  if (!response.ok) throw new RequestFailed(response.status, answer);
  return { data: answer as T, status: response.status };
}

function isJson(response: Response): boolean {
  return response.headers.get('content-type')?.includes('json') ?? false;
}
