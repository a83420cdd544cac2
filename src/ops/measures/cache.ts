import { Counter, Gauge, type Registry } from 'prom-client';
import type { ResponseCache } from '../../http/response/response-cache.js';

/** Measures a response cache. */
export function measureCache(registry: Registry, cache: ResponseCache): void {
  registry.registerMetric(
    new Counter({
      name: 'response_cache_requests_total',
      help: 'Requests that the response cache could answer: hits, and misses, whose answer had to be made.',
      labelNames: ['result'],
      registers: [],
      collect() {
        const { hits, misses } = cache.figures();
        this.reset();
        this.inc({ result: 'hit' }, hits);
        this.inc({ result: 'miss' }, misses);
      },
    }),
  );
  registry.registerMetric(
    new Counter({
      name: 'response_cache_kept_total',
      help: 'Answers that the response cache has kept.',
      registers: [],
      collect() {
        this.reset();
        this.inc(cache.figures().kept);
      },
    }),
  );
  registry.registerMetric(
    new Counter({
      name: 'response_cache_ended_total',
      help: 'Kept answers that have ended, by reason: a record changed, their age, no room.',
      labelNames: ['reason'],
      registers: [],
      collect() {
        this.reset();
        for (const [reason, count] of Object.entries(cache.figures().ended)) this.inc({ reason }, count);
      },
    }),
  );
  for (const [name, help, field] of [
    ['response_cache_entries', 'Answers that the response cache holds.', 'entries'],
    ['response_cache_bytes', 'Estimated bytes that they take.', 'bytes'],
  ] as const) {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        collect() {
          this.set(cache.figures()[field]);
        },
      }),
    );
  }
}
