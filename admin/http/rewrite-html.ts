import type { NextFunction, Request, Response } from 'express';
import type { Assets } from './assets.js';

const FONT_LINK = /<link [^>]*fonts\.googleapis\.com[^>]*>/g;

/**
 * Rewrites the HTML pages that AdminJS renders: hashed asset URLs, the theme script, nonces on scripts, no fonts from
 * another host. Mounted after `securityHeaders`, which makes the nonce.
 */
export function rewriteHtml(assets: Assets) {
  // Inline, because it must set the theme before the first paint.
  const head = `<head><script>${assets.content('theme.js')}</script>`;
  return (_request: Request, response: Response, next: NextFunction): void => {
    const send = response.send.bind(response);
    response.send = (body: unknown) => {
      response.send = send;
      return send(
        isHtml(body)
          ? rewrite(
              assets.withHashedUrls(body.replace('<head>', () => head)),
              response.locals.nonce as string,
            )
          : body,
      );
    };
    next();
  };
}

function isHtml(body: unknown): body is string {
  return typeof body === 'string' && /^\s*<!DOCTYPE html>/i.test(body);
}

function rewrite(page: string, nonce: string): string {
  return page
    .trimStart()
    .replace(FONT_LINK, '')
    .replace('type="image/x-icon"', 'type="image/svg+xml"')
    .replaceAll(/<script(?=[\s>])/g, `<script nonce="${nonce}"`);
}
