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
import { answerFirst } from './http/routing/fast-path.js';
import { SECURITY_HEADERS, setHeaders } from './http/response/headers.js';
import { HotAnswers } from './http/response/response-cache.js';
import { late } from './http/lazy-handler.js';
import { type Messages, bearMessages } from './http/express-messages.js';
import { follow, logRequest, type Observer } from './http/request-log.js';
import type { AnyRoute } from './http/routing/route.js';
import { createThrottles } from './http/request/throttle.js';
import { documentationRoutes } from './ops/documentation.js';
import { healthRoutes } from './ops/health.js';
import { createMetrics } from './ops/metrics.js';
import { aloneSince, announcePresence, leave } from './instances/sole-instance.js';
import { openRedis } from './redis.js';
import { SharedChanges } from './instances/invalidation.js';

/** Every line of the API. */
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

/** What `createApp` gives: the application, what loads its panel, and what ends its timers. */
export interface App {
  app: Express;
  /** What a server listens with: the application, and before it what needs no router. */
  listener: RequestListener;
  /** What that server makes its requests and answers of. */
  messages: Messages;
  /** Loads the panel, which takes seconds: requests to it wait until then. Rejects where it can't be loaded. */
  loadPanel: () => Promise<void>;
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
  const elsewhere = redis && new SharedChanges(redis);
  const seconds = config.CACHE_SECONDS;
  const replicas = config.DATABASE_REPLICA_URLS.length > 0;
  const since = elsewhere ? () => elsewhere.heardAllSince() : aloneSince;
  const hot = new HotAnswers({ seconds, since, replicas });
  const shared: Shared = { throttles, hot };
  const present = !elsewhere && seconds > 0;
  if (present) await announcePresence();
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
  const back = late(async () =>
    (await import('../admin/panel.js')).createPanel({ loginThrottles: throttles.login }),
  );
  if (panel) app.use('/admin', back.handler);
  const crossOrigin: RequestHandler[] =
    config.CORS_ORIGINS.length > 0
      ? [cors({ origin: config.CORS_ORIGINS, exposedHeaders: ['ETag', 'Link', 'X-Request-Id'] })]
      : [];
  for (const handler of crossOrigin) app.use(handler);
  app.use(documentationRoutes(apiRoutes));
  app.use(serve(apiRoutes, shared));
  app.use(() => {
    throw notFound();
  });
  app.use(errorHandler);
  return {
    app,
    listener: answerFirst(app, {
      routes: apiRoutes,
      shared,
      observe,
      crossOrigin,
    }),
    messages: bearMessages(app),
    loadPanel: back.load,
    close: async () => {
      hot.close();
      if (present) await leave();
      elsewhere?.close();
      throttles.close();
      redis?.close();
    },
  };
}
