import cluster from 'node:cluster';
import { timingSafeEqual } from 'node:crypto';
import { type Request, Router } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { pool } from '../database/database.js';
import { type Pool } from '../database/mysql.js';
import { unauthenticated } from '../http/errors.js';
import { onlyGet } from '../http/routing/methods.js';
import type { Observer } from '../http/request-log.js';
import { joinWorkerMetrics } from '../instances/worker-metrics.js';

const MS_PER_SECOND = 1_000;

/** The metrics of one application. */
export interface Metrics {
  /** Records a request that was answered, with its duration. */
  observe: Observer;
  /** Serves `/metrics` in Prometheus's text format, with the metrics of all workers. */
  routes: Router;
}

/**
 * Makes the metrics of an application.
 * @param token the bearer token that `/metrics` requires; undefined leaves it open
 */
export function createMetrics(token: string | undefined): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  if (pool) measurePool(registry, pool);
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request, by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
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

  return {
    observe: (request, response, milliseconds) => {
      if (!response.writableFinished) return;
      const labels = { route: routeOf(request), method: request.method, status: response.statusCode };
      durations.observe(labels, milliseconds / MS_PER_SECOND);
    },
    routes,
  };
}

function measurePool(registry: Registry, pool: Pool): void {
  const connections = new Gauge({
    name: 'database_pool_connections',
    help: 'Connections of the pool by state, and requests that wait for one.',
    labelNames: ['state'],
    registers: [],
    collect() {
      for (const state of ['size', 'using', 'available', 'waiting'] as const)
        this.set({ state }, pool[state]);
    },
  });
  registry.registerMetric(connections);
}

/** The route's pattern. Addresses as labels would make an unbounded number of series. */
function routeOf(request: Request): string {
  const path = (request.route as { path?: string } | undefined)?.path;
  if (request.originalUrl.startsWith('/admin')) return '/admin';
  return typeof path === 'string' ? path : 'none';
}

function bears(request: Request, token: string): boolean {
  const header = Buffer.from(request.get('authorization') ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return header.length === expected.length && timingSafeEqual(header, expected);
}
