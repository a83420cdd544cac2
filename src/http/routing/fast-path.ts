import type { RequestListener } from 'node:http';
import type { Express, Request, RequestHandler, Response } from 'express';
import { answerRoute, type Shared } from './dispatch.js';
import { errorHandler } from '../errors.js';
import { matches } from '../response/etag.js';
import { SECURITY_HEADERS, setHeaders } from '../response/headers.js';
import type { HotAnswer } from '../response/response-cache.js';
import { createLane, type Found } from './fast-router.js';
import { pass } from '../middleware.js';
import { follow, type Observer } from '../request-log.js';
import type { AnyRoute } from './route.js';

/** What is served, and what happens to every request, whoever answers it. */
export interface Front {
  routes: AnyRoute[];
  shared: Shared;
  /** Log and metrics. */
  observe: Observer;
  /** What sets the headers of answers to other sites. */
  crossOrigin: RequestHandler[];
}

/**
 * Answers what is kept in memory, and what the lane finds the route of, as the application would: logged, measured and
 * counted like any request, with the same headers. Express's own way through its middleware and its router costs more
 * than most answers.
 */
export function answerFirst(app: Express, { routes, shared, observe, crossOrigin }: Front): RequestListener {
  const { hot, throttles } = shared;
  const lane = createLane(routes);

  return (incoming, outgoing) => {
    const request = incoming as Request;
    const response = outgoing as Response;
    // As Express does; a server that makes its messages of `bearMessages(app)` spares them that.
    if (Object.getPrototypeOf(request) !== app.request) Object.setPrototypeOf(request, app.request);
    if (Object.getPrototypeOf(response) !== app.response) Object.setPrototypeOf(response, app.response);
    request.res = response;
    request.originalUrl = request.url;
    const kept = hot.find(request);
    if (kept) {
      request.route = kept.route;
      follow(request, response, observe);
      settle(sendKept(kept, request, response), request, response);
      return;
    }
    const found = lane(request.method, request.url);
    if (found) {
      request.route = found.route;
      follow(request, response, observe);
      const coming = hot.coming(request);
      settle(
        coming ? sendComing(coming, found, request, response) : sendNew(found, request, response),
        request,
        response,
      );
      return;
    }
    app(incoming, outgoing);
  };

  function settle(sending: Promise<void>, request: Request, response: Response): void {
    sending.catch((error: unknown) => refuse(request, response, error)).catch(() => response.destroy());
  }

  async function sendKept(kept: HotAnswer, request: Request, response: Response): Promise<void> {
    const counted = throttles.count(request, response, kept.route.throttle);
    if (counted) await counted;
    const known = request.headers['if-none-match'];
    if (known !== undefined && matches(known, kept.tag, { weak: true })) {
      response.writeHead(304, ['X-Request-Id', request.id, ...kept.bare]).end();
    } else {
      response.writeHead(200, ['X-Request-Id', request.id, ...kept.headers]).end(kept.text);
    }
  }

  async function sendComing(
    coming: Promise<HotAnswer | null>,
    found: Found,
    request: Request,
    response: Response,
  ): Promise<void> {
    const kept = await coming;
    await (kept ? sendKept(kept, request, response) : sendNew(found, request, response));
  }

  async function sendNew(found: Found, request: Request, response: Response): Promise<void> {
    for (const handler of crossOrigin) await pass(handler, request, response);
    response.owed = SECURITY_HEADERS;
    await answerRoute(found, request, response, shared);
  }

  async function refuse(request: Request, response: Response, error: unknown): Promise<void> {
    if (!response.owed) for (const handler of crossOrigin) await pass(handler, request, response);
    if (!response.headersSent) setHeaders(response, ['X-Request-Id', request.id, ...SECURITY_HEADERS]);
    errorHandler(error, request, response, () => response.destroy());
  }
}
