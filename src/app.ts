import type { RequestListener } from 'node:http';
import cors from 'cors';
import express, { type Express, type RequestHandler } from 'express';
import { apiRoutes } from './api/routes.js';
import { type Config, config as processConfig } from './config.js';
import { closeProbe } from './database/probe.js';
import { errorHandler, notFound } from './http/errors.js';
import { createMessageClasses, type MessageClasses } from './http/express-messages.js';
import { lazyHandler } from './http/lazy-handler.js';
import { createThrottles } from './http/request/throttle.js';
import { follow, logRequest, type Observer } from './http/request-log.js';
import { SECURITY_HEADERS, setHeaders } from './http/response/headers.js';
import { ResponseCache } from './http/response/response-cache.js';
import { serve, type Shared } from './http/routing/dispatch.js';
import { createFastPath } from './http/routing/fast-path.js';
import { Invalidation } from './instances/invalidation.js';
import { announceInstance, soleInstanceSince, withdrawInstance } from './instances/sole-instance.js';
import { documentationRoutes } from './ops/documentation.js';
import { healthRoutes } from './ops/health.js';
import { mediaRoutes } from './ops/media.js';
import { createMetrics } from './ops/metrics.js';
import { createSite } from '../site/site.js';
import { createAsk } from './http/routing/in-process.js';
import { openRedis, type Redis } from './redis.js';

/** The headers that a page of another origin may read. */
const EXPOSED_HEADERS = [
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
];

/** An application, ready to be served. */
export interface App {
  app: Express;
  /** The server's request listener: the fast path, with the Express application behind it. */
  listener: RequestListener;
  /** The classes of the server's requests and responses. */
  messages: MessageClasses;
  /** Ends the application's timers and connections. */
  close: () => Promise<void>;
}

/**
 * Puts the parts together. It listens on no port.
 * @param options.config throttles and proxies; by default the process's own
 * @param options.panel whether the back-office is served; the first request to it loads it, which takes seconds
 */
export async function createApp({
  config = processConfig,
  panel = true,
}: { config?: Config; panel?: boolean } = {}): Promise<App> {
  const app = createExpress(config);
  const redis = config.REDIS_URL ? await openRedis(config.REDIS_URL) : null;
  const throttles = createThrottles(config, redis);
  const responses = await openResponseCache(config, redis);
  const metrics = createMetrics(config.METRICS_TOKEN, { redis, cache: responses.cache });
  const shared: Shared = { throttles, cache: responses.cache };
  const observe: Observer = (request, response, ended) => {
    logRequest(request, response, ended);
    metrics.observe(request, response, ended);
  };
  const loadPanel = async () => {
    const { loadPanel: load } = await import('../admin/load-panel.js');
    const ask = createAsk(apiRoutes, throttles, 'panel');
    return load({ throttles, ask, needsSecondFactor: config.STAFF_2FA === 'required' });
  };
  const corsHandlers = createCors(config);
  const site = config.SITE
    ? createSite({ ask: createAsk(apiRoutes, throttles, 'site'), cache: responses.cache, throttles })
    : null;

  app.use(observeRequests(observe));
  app.use(metrics.routes);
  app.use(healthRoutes(redis));
  app.use(mediaRoutes());
  if (panel) app.use('/admin', lazyHandler(loadPanel));
  for (const handler of corsHandlers) app.use(handler);
  app.use(documentationRoutes(apiRoutes));
  app.use(serve(apiRoutes, shared));
  if (site) app.use(site.assets, site.handler);
  else app.get('/', (_request, response) => response.redirect(303, '/docs/'));
  app.use(refuseUnknownPath);
  app.use(errorHandler);

  return {
    app,
    listener: createFastPath(app, { routes: apiRoutes, shared, observe, cors: corsHandlers, site }),
    messages: createMessageClasses(app),
    close: async () => {
      await responses.close();
      throttles.close();
      redis?.close();
      closeProbe();
    },
  };
}

function createExpress(config: Config): Express {
  return express()
    .disable('x-powered-by')
    .enable('case sensitive routing')
    .set('etag', false)
    .set('query parser', 'simple')
    .set('trust proxy', config.TRUST_PROXY);
}

/** The response cache, and a function that closes it. Without Redis only a sole instance may cache. */
async function openResponseCache(
  config: Config,
  redis: Redis | null,
): Promise<{ cache: ResponseCache; close: () => Promise<void> }> {
  const seconds = config.CACHE_SECONDS;
  const replicas = config.DATABASE_REPLICA_URLS.length > 0;
  const invalidation = redis && new Invalidation(redis);
  const completeSince = invalidation ? () => invalidation.completeSince() : soleInstanceSince;
  const cache = new ResponseCache({ seconds, completeSince, replicas });
  const isAnnounced = !invalidation && seconds > 0;
  if (isAnnounced) await announceInstance();
  return {
    cache,
    close: async () => {
      cache.close();
      if (isAnnounced) await withdrawInstance();
      invalidation?.close();
    },
  };
}

/** The middleware before all others: request id, log, metrics and security headers. */
function observeRequests(observe: Observer): RequestHandler {
  return (request, response, next) => {
    follow(request, response, observe);
    setHeaders(response, ['X-Request-Id', request.id, ...SECURITY_HEADERS]);
    next();
  };
}

/** The CORS middleware, if any origin is allowed. */
function createCors({ CORS_ORIGINS }: Config): RequestHandler[] {
  if (CORS_ORIGINS.length === 0) return [];
  return [cors({ origin: CORS_ORIGINS, exposedHeaders: EXPOSED_HEADERS })];
}

const refuseUnknownPath: RequestHandler = () => {
  throw notFound();
};
