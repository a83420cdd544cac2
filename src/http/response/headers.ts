import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Alternating names and values of headers, as `ServerResponse.writeHead` takes them. */
export type HeaderList = string[];

const helmets = helmet({
  contentSecurityPolicy: {
    directives: {
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      // Strict-Transport-Security does as much behind TLS. Without TLS it would break every page but localhost's.
      upgradeInsecureRequests: null,
    },
  },
});

/** The security headers of every answer; the panel's pages have a stricter content security policy of their own. */
export const SECURITY_HEADERS: Readonly<HeaderList> = headersOf(helmets);

/** The headers that a middleware sets whatever the request is. Helmet's are constant, and so computed once. */
function headersOf(middleware: RequestHandler): HeaderList {
  const list: HeaderList = [];
  const response = {
    setHeader: (name: string, value: string) => list.push(name, value),
    removeHeader: () => undefined,
  };
  middleware({} as never, response as never, () => undefined);
  return list;
}

/** Sets headers on a response that is not ready to be written. */
export function setHeaders(
  response: { setHeader(name: string, value: string): unknown },
  list: Readonly<HeaderList>,
): void {
  for (let at = 0; at < list.length; at += 2) response.setHeader(list[at] as string, list[at + 1] as string);
}
