import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';
import { lastBackup } from '../../database/backup-record.js';
import { dialect } from '../../database/connection-options.js';
import { ROOT } from '../../project-root.js';
import type { Redis } from '../../redis.js';
import { queueLength } from '../../search/index-queue.js';
import { findObstacle } from '../../database/probe.js';

/** How long a scrape waits for the database, in milliseconds: less than a primary for its workers. */
const WAIT_MS = 700;

const MS_PER_SECOND = 1_000;

/**
 * Makes a function that asks the database while a scrape waits. What takes longer is not asked again until it is there.
 * @returns the answer; undefined where there is none in time
 */
function askedInTime<T>(ask: () => Promise<T>): () => Promise<T | undefined> {
  let asking: Promise<T | undefined> | undefined;
  return () => {
    asking ??= ask()
      .catch(() => undefined)
      .finally(() => (asking = undefined));
    return Promise.race([asking, sleep(WAIT_MS, undefined, { ref: false })]);
  };
}

/** Adds a gauge that a scrape sets; undefined leaves its series out. */
function gauge(registry: Registry, name: string, help: string, ask: () => Promise<number | undefined>): void {
  const added = new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      const value = await ask();
      if (value === undefined) this.remove();
      else this.set(value);
    },
  });
  added.remove();
}

/** Measures what this process and its database are in: version, readiness, Redis, the search index's queue, backups. */
export function measureState(registry: Registry, redis: Redis | null): void {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const build = new Gauge({
    name: 'marquee_build_info',
    help: 'The version of Marquee and of Node.js; always 1.',
    labelNames: ['version', 'node'],
    registers: [registry],
  });
  build.set({ version, node: process.version }, 1);

  const obstacle = askedInTime(findObstacle);
  gauge(registry, 'marquee_ready', 'Whether this process can serve, as /readyz says: 1 or 0.', async () =>
    (await obstacle()) === null ? 1 : 0,
  );

  if (redis) {
    const help = 'Whether Redis answers: 1, or 0 while this process counts limits for itself.';
    gauge(registry, 'marquee_redis_ready', help, () => Promise.resolve(redis.isReady() ? 1 : 0));
  }

  if (dialect === 'mysql') {
    const help = 'Movies that wait to be indexed for search; 100001 for more.';
    gauge(registry, 'search_queue_movies', help, askedInTime(queueLength));
  }

  const backup = askedInTime(lastBackup);
  const help = 'When the last backup by `npm run backup` succeeded, in seconds since 1970; 0 for never.';
  gauge(registry, 'marquee_backup_last_success_timestamp_seconds', help, async () => {
    const time = await backup();
    return time === undefined ? undefined : (time?.getTime() ?? 0) / MS_PER_SECOND;
  });
}
