import type { RequestListener } from 'node:http';
import cors from 'cors';
import express, { type Express, type RequestHandler } from 'express';
import { accountRoutes } from './api/account.js';
import { jwtRoutes } from './api/jwt.js';
import { movieRoutes } from './api/movies.js';
import { passwordResetRoutes } from './api/password-reset.js';
import { platformRoutes } from './api/platforms.js';
import { reportRoutes } from './api/reports.js';
import { reviewRoutes } from './api/reviews.js';
import { rootRoutes } from './api/root.js';
import { tokenRoutes } from './api/tokens.js';
import { type Config, config as processConfig } from './config.js';
import { serve, type Shared } from './http/routing/dispatch.js';
import { errorHandler, notFound } from './http/errors.js';
import { createFastPath } from './http/routing/fast-path.js';
import { SECURITY_HEADERS, setHeaders } from './http/response/headers.js';
import { ResponseCache } from './http/response/response-cache.js';
import { lazyHandler } from './http/lazy-handler.js';
import { createMessageClasses, type MessageClasses } from './http/express-messages.js';
import { follow, logRequest, type Observer } from './http/request-log.js';
import type { AnyRoute } from './http/routing/route.js';
import { createThrottles } from './http/request/throttle.js';
import { documentationRoutes } from './ops/documentation.js';
import { healthRoutes } from './ops/health.js';
import { createMetrics } from './ops/metrics.js';
import { soleInstanceSince, announceInstance, withdrawInstance } from './instances/sole-instance.js';
import { openRedis } from './redis.js';
import { Invalidation } from './instances/invalidation.js';

/** Every route of the API. */
export const apiRoutes: AnyRoute[] = [
  ...rootRoutes,
  ...platformRoutes,
  ...movieRoutes,
  ...reviewRoutes,
  ...reportRoutes,
  ...accountRoutes,
  ...jwtRoutes,
  ...passwordResetRoutes,
  ...tokenRoutes,
];

/** An application, ready to be served. */
export interface App {
  app: Express;
  /** The server's request listener: the fast path, and the application behind it. */
  listener: RequestListener;
  /** The classes of the server's requests and responses. */
  messages: MessageClasses;
  /** Loads the panel, which takes seconds; requests to it wait meanwhile. Rejects where it can't be loaded. */
  loadPanel: () => Promise<void>;
  /** Ends the application's timers and connections. */
  close: () => Promise<void>;
}

/**
 * Puts the parts together; listens to nothing.
 * @param options.config throttles and proxies; by default the process's own
 * @param options.panel whether the back-office is served, from when `loadPanel` is called or somebody asks for it
 */
export async function createApp({
  config = processConfig,
  panel = true,
}: { config?: Config; panel?: boolean } = {}): Promise<App> {
  const app = express();
  app
    .disable('x-powered-by')
    .enable('case sensitive routing')
    .set('etag', false)
    .set('query parser', 'simple');
  app.set('trust proxy', config.TRUST_PROXY);
  const redis = config.REDIS_URL ? await openRedis(config.REDIS_URL) : null;
  const throttles = createThrottles(config, redis);
  const metrics = createMetrics(config.METRICS_TOKEN);
  const invalidation = redis && new Invalidation(redis);
  const seconds = config.CACHE_SECONDS;
  const replicas = config.DATABASE_REPLICA_URLS.length > 0;
  const completeSince = invalidation ? () => invalidation.completeSince() : soleInstanceSince;
  const cache = new ResponseCache({ seconds, completeSince, replicas });
  const shared: Shared = { throttles, cache };
  // Without Redis only a sole instance may cache.
  const isAnnounced = !invalidation && seconds > 0;
  if (isAnnounced) await announceInstance();
  const observe: Observer = (request, response, milliseconds) => {
    logRequest(request, response, milliseconds);
    metrics.observe(request, response, milliseconds);
  };
  app.use((request, response, next) => {
    follow(request, response, observe);
    setHeaders(response, ['X-Request-Id', request.id, ...SECURITY_HEADERS]);
    next();
  });
  app.use(metrics.routes);
  app.use(healthRoutes(redis));
  const backOffice = lazyHandler(async () =>
    (await import('../admin/panel.js')).createPanel({ loginThrottles: throttles.login }),
  );
  if (panel) app.use('/admin', backOffice.handler);
  const corsHandlers: RequestHandler[] =
    config.CORS_ORIGINS.length > 0
      ? [cors({ origin: config.CORS_ORIGINS, exposedHeaders: ['ETag', 'Link', 'X-Request-Id'] })]
      : [];
  for (const handler of corsHandlers) app.use(handler);
  app.use(documentationRoutes(apiRoutes));
  app.use(serve(apiRoutes, shared));
  app.use(() => {
    throw notFound();
  });
  app.use(errorHandler);
  return {
    app,
    listener: createFastPath(app, {
      routes: apiRoutes,
      shared,
      observe,
      cors: corsHandlers,
    }),
    messages: createMessageClasses(app),
    loadPanel: backOffice.load,
    close: async () => {
      cache.close();
      if (isAnnounced) await withdrawInstance();
      invalidation?.close();
      throttles.close();
      redis?.close();
    },
  };
}
