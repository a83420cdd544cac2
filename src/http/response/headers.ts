import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Names and values of headers in turn, as `ServerResponse.writeHead` takes them. */
export type HeaderList = string[];

const helmets = helmet({
  contentSecurityPolicy: {
    directives: {
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      // Behind TLS Strict-Transport-Security does as much; without TLS this would break every page but localhost's.
      upgradeInsecureRequests: null,
    },
  },
});

/** The security headers of every answer; the panel's pages have a stricter content security policy of their own. */
export const SECURITY_HEADERS: Readonly<HeaderList> = headersOf(helmets);

/** What a middleware sets that looks at no request: helmet's are the same for all, and made once. */
function headersOf(middleware: RequestHandler): HeaderList {
  const list: HeaderList = [];
  const response = {
    setHeader: (name: string, value: string) => list.push(name, value),
    removeHeader: () => undefined,
  };
  middleware({} as never, response as never, () => undefined);
  return list;
}

/** Sets headers one by one, where they cannot be sent at once with the rest. */
export function setHeaders(
  response: { setHeader(name: string, value: string): unknown },
  list: Readonly<HeaderList>,
): void {
  for (let at = 0; at < list.length; at += 2) response.setHeader(list[at] as string, list[at + 1] as string);
}
