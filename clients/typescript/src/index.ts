import createFetchClient, { type Client, type ClientOptions, type Middleware } from 'openapi-fetch';
import type { components, operations, paths } from './schema.js';

export type { components, operations, paths };

/** The records that the API shows, by name: `Schemas['Movie']`, `Schemas['Review']`. */
export type Schemas = components['schemas'];

/** The options of openapi-fetch, and the address of Marquee. */
export interface MarqueeOptions extends ClientOptions {
  /** The address of Marquee, such as `https://movies.example.org`. */
  baseUrl: string;
}

/** A client with typed paths, methods, parameters, bodies and answers. */
export interface MarqueeClient extends Client<paths> {
  /** Sends this token from now on. */
  useToken(token: string): void;
  /** Sends this access JWT from now on. */
  useJwt(access: string): void;
  /** Stops sending credentials. */
  forgetCredentials(): void;
}

/**
 * Makes a client.
 * @example
 * const marquee = createClient({ baseUrl: 'https://movies.example.org' });
 * const { data, error } = await marquee.GET('/watch/watchlist/', { params: { query: { search: 'heat' } } });
 */
export function createClient(options: MarqueeOptions): MarqueeClient {
  const client = createFetchClient<paths>(options);
  let authorization: string | null = null;
  const credentials: Middleware = {
    onRequest({ request }) {
      if (authorization !== null) request.headers.set('Authorization', authorization);
      return request;
    },
  };
  client.use(credentials);
  return Object.assign(client, {
    useToken: (token: string) => {
      authorization = `Token ${token}`;
    },
    useJwt: (access: string) => {
      authorization = `Bearer ${access}`;
    },
    forgetCredentials: () => {
      authorization = null;
    },
  });
}
