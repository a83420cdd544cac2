import { Router } from 'express';
import { findObstacle } from '../database/probe.js';
import { noteFailure } from '../http/request-log.js';
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
    .get(async (request, response) => {
      const detail = await findObstacle();
      if (detail !== null) {
        noteFailure(request, response, 503, new Error(detail));
        response.status(503).json({ status: 'unavailable', detail });
      } else if (redis && !redis.isReady())
        response.json({ status: 'degraded', detail: 'Redis does not answer, or refuses writes' });
      else response.json({ status: 'ok' });
    })
    .all(onlyGet);
  return router;
}
