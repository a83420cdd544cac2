import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** The security headers of every answer; the panel's pages have a stricter content security policy of their own. */
export const secureHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    directives: {
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      // Behind TLS Strict-Transport-Security does as much; without TLS this would break every page but localhost's.
      upgradeInsecureRequests: null,
    },
  },
});
