import type { Request } from 'express';
import { Counter, Histogram, type Registry } from 'prom-client';
import { type Observer, routeOf } from '../../http/request-log.js';

const MS_PER_SECOND = 1_000;

/** From when on a client that gives up has waited too long, in milliseconds: sooner, it has mostly gone elsewhere. */
const PATIENCE_MS = 1_000;

/** What clients call a method; others would make a series of each. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Measures requests: those that were answered with their durations, and those that the client gave up on. */
export function measureRequests(registry: Registry): Observer {
  const registers = [registry];
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request, by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const aborted = new Counter({
    name: 'http_requests_aborted_total',
    help: 'Requests whose client closed the connection before the answer was complete, by how long it had waited.',
    labelNames: ['route', 'method', 'waited'],
    registers,
  });
  return (request, response, { milliseconds }) => {
    const labels = { route: routeOf(request), method: methodOf(request) };
    if (response.writableFinished) {
      durations.observe({ ...labels, status: response.statusCode }, milliseconds / MS_PER_SECOND);
    } else {
      aborted.inc({ ...labels, waited: milliseconds < PATIENCE_MS ? 'under_1s' : 'over_1s' });
    }
  };
}

function methodOf({ method }: Request): string {
  return METHODS.has(method) ? method : 'other';
}
