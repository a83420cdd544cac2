import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { log } from '../log.js';
import { gatherWorkerMetrics } from './worker-metrics.js';

/** The delay before a crashed worker is replaced. It doubles with each failure. */
const RESTART_MS = 1_000;
const LONGEST_RESTART_MS = 30_000;
/** A worker that has run this long did not fail at its start, which resets the delay. */
const STABLE_MS = 60_000;

/** How long a new worker may take before it serves. */
const READY_MS = 60_000;
/** How long a worker may take to exit when told to. It cuts its own requests off earlier. */
const EXIT_MS = 30_000;

const DRAIN = 'marquee:drain';

/** Whether this process replaces a worker that still serves. It must not listen before it can answer. */
export const isReplacement = cluster.isWorker && process.env.MARQUEE_WORKER === 'replacement';

/** Calls back when the primary has replaced this worker. */
export function onReplaced(callback: () => void): void {
  process.on('message', (message) => {
    if (message === DRAIN) callback();
  });
}

/**
 * Runs this program in several worker processes on one port, and replaces workers that crash. At SIGTERM and SIGINT the
 * workers finish their requests, and the primary exits after them. At SIGHUP it replaces the workers one by one.
 */
export function superviseWorkers(count: number): void {
  let stopping = false;
  let failures = 0;
  /** Workers whose exit `replaceAll` handles. */
  const expected = new Set<Worker>();

  gatherWorkerMetrics();
  for (let index = 0; index < count; index += 1) cluster.fork();

  cluster.on('fork', (worker) => {
    const stable = setTimeout(() => (failures = 0), STABLE_MS).unref();
    worker.once('exit', () => clearTimeout(stable));
  });

  cluster.on('exit', (worker, code, signal) => {
    if (stopping) {
      if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0);
      return;
    }
    if (expected.delete(worker)) return;
    log.error({ worker: worker.process.pid, code, signal }, 'a worker has ended; another is started');
    setTimeout(
      () => {
        if (!stopping) cluster.fork();
      },
      Math.min(LONGEST_RESTART_MS, RESTART_MS * 2 ** failures),
    );
    failures += 1;
  });

  const stop = (signal: NodeJS.Signals) => {
    stopping = true;
    const workers = Object.values(cluster.workers ?? {});
    if (workers.length === 0) process.exit(0);
    for (const worker of workers) worker?.process.kill(signal);
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);

  /** Replaces every worker: the new one serves before the old one stops. If a new one does not serve, the old ones stay. */
  const replaceAll = async () => {
    for (const worker of Object.values(cluster.workers ?? {})) {
      if (stopping) return;
      if (!worker || worker.isDead()) continue;
      const replacement = cluster.fork({ MARQUEE_WORKER: 'replacement' });
      expected.add(replacement);
      if (!(await servesInTime(replacement))) {
        replacement.process.kill('SIGKILL');
        log.error({ worker: replacement.process.pid }, 'a new worker did not come up: the old ones go on');
        return;
      }
      expected.delete(replacement);
      expected.add(worker);
      await drainWorker(worker);
    }
    log.info('every worker has been replaced');
  };

  let replacing: Promise<void> | null = null;
  process.on('SIGHUP', () => {
    if (replacing) {
      log.warn('the workers are being replaced already');
      return;
    }
    log.info('the workers are replaced, one by one');
    replacing = replaceAll()
      .catch((error: unknown) => log.error({ err: error }, 'the workers could not be replaced'))
      .finally(() => (replacing = null));
  });
}

/** Waits until a new worker listens. False if it exits first or takes too long. */
async function servesInTime(worker: Worker): Promise<boolean> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), READY_MS);
  const { signal } = waiting;
  try {
    return await Promise.race([
      once(worker, 'listening', { signal }).then(() => true),
      once(worker, 'exit', { signal }).then(() => false),
    ]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    waiting.abort();
  }
}

/** Tells a worker to finish its requests and exit, and waits for it. */
async function drainWorker(worker: Worker): Promise<void> {
  const exited = once(worker, 'exit');
  const timer = setTimeout(() => worker.process.kill('SIGKILL'), EXIT_MS);
  if (worker.isConnected()) worker.send(DRAIN);
  await exited;
  clearTimeout(timer);
}
