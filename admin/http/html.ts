import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { Assets } from './assets.js';

const FONT_LINK = /<link [^>]*fonts\.googleapis\.com[^>]*>/g;

declare global {
  // oxlint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Locals {
      nonce?: string;
    }
  }
}

/** The headers of all that the panel answers: nothing from another host, no inline script but those with the answer's nonce. */
const secure = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", (_request, response) => `'nonce-${(response as Response).locals.nonce}'`],
      // styled-components adds its style elements while it runs.
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

/** Sets the panel's headers and mends the pages that AdminJS renders. */
export function mendPages(assets: Assets) {
  // In the page itself: it is to set the theme before anything is painted.
  const head = `<head><script>${assets.content('theme.js')}</script>`;
  return (request: Request, response: Response, next: NextFunction): void => {
    response.locals.nonce = randomBytes(16).toString('base64');
    response.set('Cache-Control', 'no-store');
    const send = response.send.bind(response);
    response.send = (body: unknown) => {
      response.send = send;
      return send(
        isPage(body)
          ? mended(assets.addressed(body.replace('<head>', () => head)), response.locals.nonce as string)
          : body,
      );
    };
    secure(request, response, next);
  };
}

function isPage(body: unknown): body is string {
  return typeof body === 'string' && /^\s*<!DOCTYPE html>/i.test(body);
}

function mended(page: string, nonce: string): string {
  return page
    .trimStart()
    .replace(FONT_LINK, '')
    .replace('type="image/x-icon"', 'type="image/svg+xml"')
    .replaceAll(/<script(?=[\s>])/g, `<script nonce="${nonce}"`);
}
