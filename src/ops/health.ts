import { Router } from 'express';
import { sequelize } from '../database/database.js';
import { onlyGet } from '../http/routing/methods.js';
import { log } from '../log.js';
import { pendingMigrations } from '../database/migrations.js';
import type { Redis } from '../redis.js';

/** The reason why this process cannot serve, or null. */
async function findObstacle(): Promise<string | null> {
  try {
    await sequelize.query('SELECT 1');
    const pending = await pendingMigrations();
    return pending.length > 0 ? `${pending.length} migrations are pending` : null;
  } catch (error) {
    log.warn({ err: error }, 'the database does not answer');
    return 'the database does not answer';
  }
}

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
