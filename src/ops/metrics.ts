import cluster from 'node:cluster';
import { timingSafeEqual } from 'node:crypto';
import { type Request, Router } from 'express';
import { collectDefaultMetrics, type MetricObject, Registry } from 'prom-client';
import { unauthenticated } from '../http/errors.js';
import type { ResponseCache } from '../http/response/response-cache.js';
import { onlyGet } from '../http/routing/methods.js';
import type { Observer } from '../http/request-log.js';
import { joinWorkerMetrics } from '../instances/worker-metrics.js';
import { processMetrics } from '../metrics.js';
import type { Redis } from '../redis.js';
import { measureCache } from './measures/cache.js';
import { measureDatabase } from './measures/database.js';
import { measureRequests } from './measures/requests.js';
import { measureState } from './measures/state.js';

/** The metrics of one application. */
export interface Metrics {
  /** Records a request at its end. */
  observe: Observer;
  /** Serves `/metrics` in Prometheus's text format, with the metrics of all workers. */
  routes: Router;
}

/** An application's metrics, and those of the process, to which the panel adds when it is loaded. */
class ApplicationRegistry extends Registry {
  override getMetricsAsArray(): MetricObject[] {
    return [...super.getMetricsAsArray(), ...processMetrics.getMetricsAsArray()];
  }
}

/** What is measured, besides the process and its requests. */
export interface Measured {
  redis: Redis | null;
  cache: ResponseCache;
}

/**
 * Makes the metrics of an application.
 * @param token the bearer token that `/metrics` requires; undefined leaves it open
 */
export function createMetrics(token: string | undefined, { redis, cache }: Measured): Metrics {
  const registry = new ApplicationRegistry();
  collectDefaultMetrics({ register: registry });
  measureState(registry, redis);
  measureDatabase(registry);
  measureCache(registry, cache);
  const observe = measureRequests(registry);
  // The port may be shared by several workers, of which this is only one.
  const read = cluster.worker ? joinWorkerMetrics(registry, cluster.worker.id) : () => registry.metrics();

  // Exactly this path: a proxy that blocks it blocks no other spelling.
  const routes = Router({ caseSensitive: true, strict: true });
  routes
    .route('/metrics')
    .get(async (request, response) => {
      if (token !== undefined && !bears(request, token)) {
        throw unauthenticated('A bearer token is needed.', 'Bearer');
      }
      response.type(registry.contentType).send(await read());
    })
    .all(onlyGet);

  return { observe, routes };
}

function bears(request: Request, token: string): boolean {
  const header = Buffer.from(request.get('authorization') ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return header.length === expected.length && timingSafeEqual(header, expected);
}
