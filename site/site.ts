import type { Request, RequestHandler, Response } from 'express';
import { notFound } from '../src/http/errors.js';
import type { FoundPage, PageFinder } from '../src/http/routing/fast-path.js';
import { createAssets } from './assets.js';
import { createPageMatcher } from './http/match.js';
import { serveError, servePage, type Serving } from './http/serve.js';
import { pages } from './pages.js';

/** The site. */
export interface Site extends PageFinder {
  /** Styles, scripts and fonts. */
  assets: RequestHandler;
  /** Answers requests for pages in a spelling that `find` was not asked for, and refuses unknown paths with a page. */
  handler: RequestHandler;
}

/** Creates the site over the API. */
export function createSite(serving: Serving): Site {
  const match = createPageMatcher(pages);
  const find = (request: Request): FoundPage | undefined => {
    const { url } = request;
    const end = url.indexOf('?');
    const found = match(end < 0 ? url : url.slice(0, end));
    return (
      found && {
        route: { path: found.page.path },
        answer: (request: Request, response: Response) => servePage(found, request, response, serving),
      }
    );
  };
  return {
    find,
    assets: createAssets(),
    handler: async (request, response, next) => {
      const found = find(request);
      if (found) {
        request.route = found.route;
        await found.answer(request, response);
      } else if (wantsPage(request)) await serveError(notFound(), request, response, serving);
      else next();
    },
  };
}

/** Whether a browser asks for a page; other clients, and everything below the API's paths, get JSON. */
function wantsPage({ path, headers }: Request): boolean {
  return /\btext\/html\b/.test(headers.accept ?? '') && !/^\/(watch|account)(\/|$)/.test(path);
}
