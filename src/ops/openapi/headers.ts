import type { Components, JsonObject } from './components.js';

interface HeaderText {
  description: string;
  pattern: string;
  example: string;
}

/** The response headers that clients of the API use, without those of security and transport. */
const HEADERS = {
  'X-Request-Id': {
    description: 'The request’s id; the server’s log has it too. Name it when you report a fault.',
    pattern: '^[\\w.:-]{1,128}$',
    example: '0b6f2c1e-7d0a-4b59-8a57-3f3f1c2b9d10',
  },
  RateLimit: {
    description: 'What is left of each limit: `r` requests for `t` seconds. Missing where limits are off.',
    pattern: '^"[\\w-]+"; ?r=\\d+; ?t=\\d+',
    example: '"anon"; r=299; t=60',
  },
  'RateLimit-Policy': {
    description: 'Each limit: `q` requests in `w` seconds.',
    pattern: '^"[\\w-]+"; ?q=\\d+; ?w=\\d+',
    example: '"anon"; q=300; w=60; pk=:OGQ5Y2M1YTk4YjA3:',
  },
  'Retry-After': {
    description: 'After how many seconds to try again.',
    pattern: '^\\d+$',
    example: '17',
  },
  'WWW-Authenticate': {
    description: 'The scheme of the `Authorization` header to come with.',
    pattern: '^(Token|Bearer)$',
    example: 'Token',
  },
  Allow: {
    description: 'The methods of the path.',
    pattern: '^[A-Z]+(, [A-Z]+)*$',
    example: 'GET, POST, HEAD, OPTIONS',
  },
  ETag: {
    description: 'The state of what is shown, for `If-None-Match` and `If-Match`.',
    pattern: '^"[\\w-]+"$',
    example: '"q8xJ2k0vJm5hQ1r7w3TnYbZcA4d"',
  },
  'Cache-Control': {
    description: 'The answer may be kept, and must be asked for again with its `ETag`.',
    pattern: '^no-cache$',
    example: 'no-cache',
  },
  Link: {
    description: 'The addresses of the next and the previous page, as the body has them.',
    pattern: '^<[^>]+>; rel="(next|prev)"(, <[^>]+>; rel="prev")?$',
    example: '<http://127.0.0.1:3000/watch/watchlist/?page=2>; rel="next"',
  },
  'Idempotency-Replayed': {
    description: '`true` where this is the first answer to the `Idempotency-Key` once more.',
    pattern: '^true$',
    example: 'true',
  },
} satisfies { [name: string]: HeaderText };

export type HeaderName = keyof typeof HEADERS;

/**
 * The headers of a response, as references.
 * @param names the headers that may be present, with whether they always are
 */
export function headersOf(components: Components, names: { [N in HeaderName]?: boolean }): JsonObject {
  return Object.fromEntries(
    Object.entries(names).map(([name, required]) => {
      const { description, pattern, example } = HEADERS[name as HeaderName];
      const header = {
        description,
        ...(required ? { required } : {}),
        schema: { type: 'string', maxLength: 2_000, pattern },
        example,
      };
      const shared = `${name}${required ? '' : '-optional'}`;
      return [name, components.share('headers', shared, header)];
    }),
  );
}
