import type { NextFunction, Request, Response } from 'express';

/**
 * CSRF protection: answers 403 to requests that another site's page makes a browser send. AdminJS has none and calls some
 * of its actions by GET, so every request but a page view must come from the panel itself or from the address bar.
 */
export function refuseCrossSite(request: Request, response: Response, next: NextFunction): void {
  if (isSameOrigin(request) || isPageLink(request)) next();
  else response.status(403).type('text').send('This request came from another site.');
}

function isSameOrigin(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site === 'same-origin') return true;
  if (site === 'none') return isRead(request);
  if (site !== undefined) return false;
  // Browsers omit Sec-Fetch-Site over plain HTTP. Other clients have no cookies that a site could abuse.
  const origin = request.get('origin');
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.host);
}

/** A link on another site may open a page of the panel, but not log out, start a download or call the API. */
function isPageLink(request: Request): boolean {
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
