import { Router } from 'express';
import { findObstacle } from '../database/probe.js';
import { onlyGet } from '../http/routing/methods.js';
import type { Redis } from '../redis.js';

/** Serves `/healthz`, liveness, and `/readyz`, readiness, which is `degraded` while Redis is down. */
export function healthRoutes(redis: Redis | null): Router {
  const router = Router();
  router
    .route('/healthz')
    .get((_request, response) => {
      response.json({ status: 'ok' });
    })
    .all(onlyGet);
  router
    .route('/readyz')
    .get(async (_request, response) => {
      const reason = await findObstacle();
      if (reason) response.status(503).json({ status: 'unavailable', detail: reason });
      else if (redis && !redis.isReady())
        response.json({ status: 'degraded', detail: 'Redis does not answer' });
      else response.json({ status: 'ok' });
    })
    .all(onlyGet);
  return router;
}
