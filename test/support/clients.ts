import { issueToken } from '../../src/auth/tokens.js';
import type { User } from '../../src/models/user.js';
import { makeUser, type UserFields } from './factories.js';
import { sharedUrl } from './server.js';

/** An answer of the app. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The JSON; undefined for other content types. Not typed: types would repeat what the tests check. */
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

type HeaderFields = Record<string, string>;

/** A client of the app. Paths may be whole addresses, such as `next`. */
export class Client {
  constructor(
    private readonly headers: HeaderFields = {},
    private readonly base: () => string = sharedUrl,
  ) {}

  /** Sends a request with this body unchanged. */
  async send(
    method: string,
    path: string,
    { body, headers = {} }: { body?: string | Uint8Array | FormData; headers?: HeaderFields } = {},
  ): Promise<Answer> {
    const response = await fetch(new URL(path, this.base()), {
      method,
      headers: { ...this.headers, ...headers },
      redirect: 'manual',
      ...(body !== undefined && { body: body as BodyInit }),
    });
    const text = await response.text();
    const json = /^application\/(.+\+)?json\b/.test(response.headers.get('content-type') ?? '') && text;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: json ? JSON.parse(text) : undefined,
    };
  }

  /** Sends a value as JSON; undefined sends no body. */
  json(method: string, path: string, body?: unknown, headers: HeaderFields = {}): Promise<Answer> {
    if (body === undefined) return this.send(method, path, { headers });
    return this.send(method, path, {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', ...headers },
    });
  }

  /** Sends fields as an HTML form does. */
  form(method: string, path: string, fields: Record<string, string>, headers: HeaderFields = {}) {
    return this.send(method, path, {
      body: new URLSearchParams(fields).toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    });
  }

  get(path: string, headers: HeaderFields = {}): Promise<Answer> {
    return this.send('GET', path, { headers });
  }

  post(path: string, body?: unknown, headers: HeaderFields = {}): Promise<Answer> {
    return this.json('POST', path, body, headers);
  }

  put(path: string, body?: unknown, headers: HeaderFields = {}): Promise<Answer> {
    return this.json('PUT', path, body, headers);
  }

  patch(path: string, body?: unknown, headers: HeaderFields = {}): Promise<Answer> {
    return this.json('PATCH', path, body, headers);
  }

  delete(path: string, body?: unknown, headers: HeaderFields = {}): Promise<Answer> {
    return this.json('DELETE', path, body, headers);
  }

  /** The same client, for another app. */
  at(server: { url: string }, headers: HeaderFields = {}): Client {
    return new Client({ ...this.headers, ...headers }, () => server.url);
  }
}

/** A client with a user's token. */
export class UserClient extends Client {
  constructor(
    readonly user: User,
    readonly key: string,
  ) {
    super({ Authorization: `Token ${key}` });
  }
}

/** A client without credentials. */
export const anonymous = new Client();

/** A client with a new token of this user. */
export async function clientOf(user: User): Promise<UserClient> {
  return new UserClient(user, await issueToken(user));
}

/** A client of a new user of the role `user`. */
export async function asUser(fields: UserFields = {}): Promise<UserClient> {
  return clientOf(await makeUser(fields));
}

/** A client of a new moderator. */
export function asModerator(): Promise<UserClient> {
  return asUser({ role: 'moderator' });
}

/** A client of a new admin. */
export function asAdmin(): Promise<UserClient> {
  return asUser({ role: 'admin' });
}
