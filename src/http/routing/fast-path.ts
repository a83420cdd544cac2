import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Express, Request, RequestHandler, Response } from 'express';
import { withoutFormatSuffix } from '../compatibility/format-suffix.js';
import { errorHandler, notFound, refusal } from '../errors.js';
import { pass } from '../middleware.js';
import { follow, type Observer } from '../request-log.js';
import { SECURITY_HEADERS, setHeaders } from '../response/headers.js';
import type { CachedResponse } from '../response/response-cache.js';
import { sendCached } from '../response/send-cached.js';
import { answerRoute, type Shared } from './dispatch.js';
import { createFastRouter, type RouteMatch } from './fast-router.js';
import type { AnyRoute } from './route.js';

/** The parts of the application that the fast path uses. */
export interface FastPathOptions {
  routes: AnyRoute[];
  shared: Shared;
  /** Log and metrics. */
  observe: Observer;
  /** The CORS middleware, where there is any. */
  cors: RequestHandler[];
  /** The site, where it is on. */
  site: PageFinder | null;
}

/** Finds the page of a request. */
export interface PageFinder {
  /** @returns undefined where the path is no page's */
  find: (request: Request) => FoundPage | undefined;
}

/** A page that a request has matched. */
export interface FoundPage {
  /** Its path in the log and the metrics. */
  route: { path: string };
  /** Answers, whatever happens. */
  answer: (request: Request, response: Response) => Promise<void>;
}

/** An Express application as Express calls one that is mounted. */
type Mountable = (request: IncomingMessage, response: ServerResponse, done: (error: unknown) => void) => void;

/**
 * Answers requests that the response cache or the fast router knows, and passes the others to the Express application.
 * Log, metrics, throttles and headers are the same on both paths. Express's middleware and router cost more than most
 * answers.
 */
export function createFastPath(
  app: Express,
  { routes, shared, observe, cors, site }: FastPathOptions,
): RequestListener {
  const { cache, throttles } = shared;
  const match = createFastRouter(routes);

  return (incoming, outgoing) => {
    const request = incoming as Request;
    const response = outgoing as Response;
    // As Express does. Messages of `createMessageClasses(app)` have these prototypes already.
    if (Object.getPrototypeOf(request) !== app.request) Object.setPrototypeOf(request, app.request);
    if (Object.getPrototypeOf(response) !== app.response) Object.setPrototypeOf(response, app.response);
    request.res = response;
    request.originalUrl = request.url;
    request.url = withoutFormatSuffix(request.url);
    if (hasSeveralHosts(request)) {
      refuseLeft(refusal(400, 'The request has several Host headers.'), request, response);
      return;
    }
    const cached = cache.find(request);
    if (cached) {
      request.route = cached.route;
      follow(request, response, observe);
      settle(sendCounted(cached, request, response), request, response);
      return;
    }
    const found = match(request.method, request.url);
    if (found) {
      request.route = found.route;
      follow(request, response, observe);
      const pending = cache.findPending(request);
      settle(
        pending ? sendPending(pending, found, request, response) : sendFresh(found, request, response),
        request,
        response,
      );
      return;
    }
    const page = site?.find(request);
    if (page) {
      request.route = page.route;
      follow(request, response, observe);
      settle(page.answer(request, response), request, response);
      return;
    }
    // Express's types declare no callback, which replaces its own error page.
    (app as unknown as Mountable)(incoming, outgoing, (error) => refuseLeft(error, request, response));
  };

  function settle(sending: Promise<void>, request: Request, response: Response): void {
    sending.catch((error: unknown) => refuse(request, response, error)).catch(() => response.destroy());
  }

  async function sendCounted(cached: CachedResponse, request: Request, response: Response): Promise<void> {
    const counted = throttles.count(request, response, cached.route.throttle);
    if (counted) await counted;
    sendCached(cached, request, response);
  }

  async function sendPending(
    pending: Promise<CachedResponse | null>,
    found: RouteMatch,
    request: Request,
    response: Response,
  ): Promise<void> {
    const cached = await pending;
    await (cached ? sendCounted(cached, request, response) : sendFresh(found, request, response));
  }

  async function sendFresh(found: RouteMatch, request: Request, response: Response): Promise<void> {
    for (const handler of cors) await pass(handler, request, response);
    response.pendingHeaders = SECURITY_HEADERS;
    await answerRoute(found, request, response, shared);
  }

  /** Answers what no route took, or what failed in the error handler. */
  function refuseLeft(cause: unknown, request: Request, response: Response): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    // Express skips all middleware where it cannot read the address.
    if ((request.id as string | undefined) === undefined) follow(request, response, observe);
    settle(Promise.reject(cause ?? notFound()), request, response);
  }

  async function refuse(request: Request, response: Response, error: unknown): Promise<void> {
    if (!response.pendingHeaders) for (const handler of cors) await pass(handler, request, response);
    if (!response.headersSent) setHeaders(response, ['X-Request-Id', request.id, ...SECURITY_HEADERS]);
    errorHandler(error, request, response, () => response.destroy());
  }
}

/** Whether a request names its host more than once, so that a proxy may have read another one (RFC 9112, 3.2). */
function hasSeveralHosts({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === HOST.length && name.toLowerCase() === HOST) hosts += 1;
  }
  return hosts > 1;
}

const HOST = 'host';
