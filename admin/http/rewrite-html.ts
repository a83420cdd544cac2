import type { NextFunction, Request, Response } from 'express';
import type { Assets } from './assets.js';

const FONT_LINK = /<link [^>]*fonts\.googleapis\.com[^>]*>/g;

/*
 * Lines of AdminJS's templates. Values in them are JSON, which has no line feed, so no value is a whole line. A value may have
 * U+2028, which `^`, `$` and `.` take for the end of a line.
 */
/** The lines that give values to the scripts. */
const STATE = /(?<=\n)([ ]*window\.(?:REDUX_STATE|THEME) = )([^\n]*);(?=\n)/g;
const LOGIN_STATE = /(?<=\n)([ ]*window\.__APP_STATE__ = )JSON\.parse\('([^\n]*)'\);(?=\n)/g;

/** The lines that begin an inline script. */
const INLINE_SCRIPT = /(?<=\n)([ ]*<script)>(?=\n)/g;

/**
 * Rewrites the HTML pages that AdminJS renders: hashed asset URLs, the theme script, values that cannot break out of their
 * script, nonces on inline scripts, no fonts from another host. Mounted after `securityHeaders`, which makes the nonce.
 */
export function rewriteHtml(assets: Assets) {
  const theme = assets.content('theme.js');
  return (_request: Request, response: Response, next: NextFunction): void => {
    const send = response.send.bind(response);
    response.send = (body: unknown) => {
      response.send = send;
      return send(
        isHtml(body)
          ? assets.withHashedUrls(rewritePage(body, { theme, nonce: response.locals.nonce as string }))
          : body,
      );
    };
    next();
  };
}

function isHtml(body: unknown): body is string {
  return typeof body === 'string' && /^\s*<!DOCTYPE html>/i.test(body);
}

/**
 * Rewrites a page of AdminJS's templates, but for its assets' URLs.
 * @param options.theme the script that sets the theme. Inline, because it must run before the first paint
 * @param options.nonce for the inline scripts of the templates, not for others; those with an address of this host need none
 */
export function rewritePage(page: string, { theme, nonce }: { theme: string; nonce: string }): string {
  return page
    .trimStart()
    .replace(STATE, (_line, start: string, json: string) => `${start}${inScript(json)};`)
    .replace(LOGIN_STATE, (_line, start: string, json: string) => `${start}${inScript(json)};`)
    .replace(FONT_LINK, '')
    .replace('type="image/x-icon"', 'type="image/svg+xml"')
    .replace(INLINE_SCRIPT, (_tag, start: string) => `${start} nonce="${nonce}">`)
    .replace('<head>', () => `<head><script nonce="${nonce}">${theme}</script>`);
}

/** JSON as an expression in an inline script: without `</script`, `<!--`, and line breaks of older JavaScript. */
function inScript(json: string): string {
  return json.replaceAll(/[<>\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
