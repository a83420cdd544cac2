import type { NextFunction, Request, Response } from 'express';

/**
 * Refuses (403) what another site's page makes a browser send. AdminJS has no protection of its own, and calls some of its
 * actions by GET: so whatever is not a page to look at must come from the panel itself, or be typed into the address bar.
 */
export function refuseForgery(request: Request, response: Response, next: NextFunction): void {
  if (isOwn(request) || isLink(request)) next();
  else response.status(403).type('text').send('This request came from another site.');
}

function isOwn(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site === 'same-origin') return true;
  if (site === 'none') return isRead(request);
  if (site !== undefined) return false;
  // Browsers leave Sec-Fetch-Site out over plain HTTP, and what is no browser has no cookies to be abused.
  const origin = request.get('origin');
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.host);
}

/** A link on another page may lead to a page of the panel, but not log out, start a download or call the panel's API. */
function isLink(request: Request): boolean {
  return (
    isRead(request) &&
    request.get('sec-fetch-mode') === 'navigate' &&
    request.get('sec-fetch-dest') === 'document' &&
    !/^\/(api|export|logout)\b/i.test(request.path)
  );
}

function isRead(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}
