import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { log } from '../log.js';
import { gatherWorkerMetrics } from './worker-metrics.js';

/** How long a worker that ended unasked is waited with before another takes its place; it doubles while they fail. */
const RESTART_MS = 1_000;
const LONGEST_RESTART_MS = 30_000;
/** A worker that lived as long did not fail at its start. */
const STURDY_MS = 60_000;

/** How long a new worker may take until it serves. */
const READY_MS = 60_000;
/** How long a worker that was asked to end may take; it cuts its requests off earlier by itself. */
const GONE_MS = 30_000;

const DRAIN = 'marquee:drain';

/** Whether this process takes the place of a worker that still serves: it had better not serve until it can. */
export const isReplacement = cluster.isWorker && process.env.MARQUEE_WORKER === 'replacement';

/** Calls back when the primary has replaced this worker. */
export function onReplaced(callback: () => void): void {
  process.on('message', (message) => {
    if (message === DRAIN) callback();
  });
}

/**
 * Runs this program in several processes on one port, and keeps as many running until it is told to stop; then they
 * finish their requests, and it ends with them. At SIGHUP it replaces them one by one.
 */
export function superviseWorkers(count: number): void {
  let stopping = false;
  let failures = 0;
  /** Workers whose end the replacement sees to. */
  const expected = new Set<Worker>();

  gatherWorkerMetrics();
  for (let index = 0; index < count; index += 1) cluster.fork();

  cluster.on('fork', (worker) => {
    const sturdy = setTimeout(() => (failures = 0), STURDY_MS).unref();
    worker.once('exit', () => clearTimeout(sturdy));
  });

  cluster.on('exit', (worker, code, signal) => {
    if (stopping) {
      if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0);
      return;
    }
    if (expected.delete(worker)) return;
    log.error({ pid: worker.process.pid, code, signal }, 'a worker has ended; another is started');
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

  /** Replaces every worker: the new one serves before the old one stops. Where one does not come up, the others stay. */
  const replaceAll = async () => {
    for (const worker of Object.values(cluster.workers ?? {})) {
      if (stopping) return;
      if (!worker || worker.isDead()) continue;
      const fresh = cluster.fork({ MARQUEE_WORKER: 'replacement' });
      expected.add(fresh);
      if (!(await servesInTime(fresh))) {
        fresh.process.kill('SIGKILL');
        log.error({ pid: fresh.process.pid }, 'a new worker did not come up: the old ones go on');
        return;
      }
      expected.delete(fresh);
      expected.add(worker);
      await end(worker);
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

/** Waits until a new worker listens; false where it ends before or takes too long. */
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

/** Asks a worker to finish its requests and end, and waits for it. */
async function end(worker: Worker): Promise<void> {
  const gone = once(worker, 'exit');
  const timer = setTimeout(() => worker.process.kill('SIGKILL'), GONE_MS);
  if (worker.isConnected()) worker.send(DRAIN);
  await gone;
  clearTimeout(timer);
}
