import { type NextFunction, type Request, type Response, Router } from 'express';
import { withoutForeignParameters } from '../page-query.js';

/** The paths below the panel's own that are pages of AdminJS's application. */
const PAGE = /^\/?$|^\/(?:resources|pages)\//i;

/**
 * Redirects a page whose address has parameters that no page takes to the address without them, and a page for a selection
 * without a selection, which AdminJS answers with 500, to its list.
 */
export function cleanPageAddresses(): Router {
  const router = Router();
  router.get('/resources/:resourceId/bulk/:action', (request, response, next) => {
    if (request.query.recordIds) next();
    else
      response.redirect(303, `${request.baseUrl}/resources/${encodeURIComponent(request.params.resourceId)}`);
  });
  router.use((request: Request, response: Response, next: NextFunction) => {
    const at = request.url.indexOf('?');
    const query = at >= 0 && PAGE.test(request.path) ? withoutForeignParameters(request.url.slice(at)) : null;
    if (query === null) next();
    else response.redirect(303, request.baseUrl + request.path + (query && `?${query}`));
  });
  return router;
}

/**
 * The page to open after a login.
 * @param next an address, not validated
 * @returns the address if it is a page of the panel, else the panel's first page
 */
export function pageOf(next: unknown, rootPath: string): string {
  if (typeof next !== 'string' || !URL.canParse(next, 'http://panel')) return rootPath;
  const { origin, pathname, search } = new URL(next, 'http://panel');
  const isPage =
    origin === 'http://panel' &&
    pathname.startsWith(`${rootPath}/`) &&
    PAGE.test(pathname.slice(rootPath.length));
  if (!isPage) return rootPath;
  const query = withoutForeignParameters(search);
  return pathname + (query === null ? search : query && `?${query}`);
}
