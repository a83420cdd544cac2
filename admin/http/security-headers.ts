import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

declare global {
  // oxlint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Locals {
      /** The response's CSP nonce. */
      nonce?: string;
    }
  }
}

/** Allows nothing from another host, and of inline scripts only those with the response's nonce. */
const contentSecurity = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", (_request, response) => `'nonce-${(response as Response).locals.nonce}'`],
      // styled-components adds style elements at run time.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' },
});

/** Sets the security headers of the panel's responses with a nonce for each, and disables caching. */
export function securityHeaders(request: Request, response: Response, next: NextFunction): void {
  response.locals.nonce = randomBytes(16).toString('base64');
  response.set('Cache-Control', 'no-store');
  contentSecurity(request, response, next);
}
