import cluster from 'node:cluster';
import { log } from './log.js';
import { gatherWorkerMetrics } from './ops/worker-metrics.js';

/** How long a worker that ended unasked is waited with before another takes its place. */
const RESTART_MS = 1_000;

/**
 * Runs this program in several processes on one port, and keeps as many running until it is told to stop; then they
 * finish their requests, and it ends with them.
 */
export function superviseWorkers(count: number): void {
  let stopping = false;
  gatherWorkerMetrics();
  for (let index = 0; index < count; index += 1) cluster.fork();

  cluster.on('exit', (worker, code, signal) => {
    if (stopping) {
      if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0);
      return;
    }
    log.error({ pid: worker.process.pid, code, signal }, 'a worker has ended; another is started');
    setTimeout(() => {
      if (!stopping) cluster.fork();
    }, RESTART_MS);
  });

  const stop = (signal: NodeJS.Signals) => {
    stopping = true;
    const workers = Object.values(cluster.workers ?? {});
    if (workers.length === 0) process.exit(0);
    for (const worker of workers) worker?.process.kill(signal);
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
}
