import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { config } from '../config.js';
import { log } from '../log.js';
import { keepHandoffs } from './handoffs.js';
import { Heartbeats, sendHeartbeats } from './heartbeats.js';
import { feedWatchdog, notifyServiceManager } from './service-manager.js';
import { gatherWorkerMetrics } from './worker-metrics.js';

const MS_PER_SECOND = 1_000;

/** The delay before a worker that failed is replaced, in milliseconds. It doubles with each failure. */
const RESTART_MS = 500;
/** The longest delay where a worker did not come to serve. */
const LONGEST_START_MS = 30_000;
/** The longest delay where it had served: each further one may be missed. */
const LONGEST_RESTART_MS = 2_000;
/** A worker that has served this long did not fail at its start, which resets the delay. */
const STABLE_MS = 10_000;
/** So many starts may fail before any worker has served: then the configuration or the machine is at fault. */
const MOST_FAILED_STARTS = 5;

/** How long a new worker may take before it serves, in milliseconds. */
const READY_MS = 60_000;
/** How long a worker may take to exit when it is replaced. It cuts its own requests off earlier. */
const EXIT_MS = 30_000;
/** The same when all stop: less than systemd gives the service. */
const STOP_MS = 13_000;

const DRAIN = 'marquee:drain';

/** Whether this process replaces a worker that still serves. It must not listen before it can answer. */
export const isReplacement = cluster.isWorker && process.env.MARQUEE_WORKER === 'replacement';

/** In a worker: sends heartbeats, and calls back when the primary has replaced this worker. */
export function serveUnderPrimary(onReplaced: () => void): void {
  if (!cluster.isWorker) return;
  sendHeartbeats();
  process.on('message', (message) => {
    if (message === DRAIN) onReplaced();
  });
}

/**
 * Runs this program in several worker processes on one port, and replaces workers that crash or hang. At SIGTERM and SIGINT
 * the workers finish their requests, and the primary exits after them. At SIGHUP it replaces the workers one by one. Where
 * no worker comes to serve at all, it exits with status 1.
 * @param count how many workers there are to be
 * @param env variables of all workers, besides this process's own
 */
export function superviseWorkers(count: number, env: Readonly<Record<string, string>>): void {
  gatherWorkerMetrics();
  feedWatchdog();
  const crew = new Crew(count, env);
  crew.fill();
  process.on('SIGTERM', (signal) => crew.stop(signal)).on('SIGINT', (signal) => crew.stop(signal));
  process.on('SIGHUP', () => crew.replaceAll());
}

/** What is known of a worker that is not told to exit. */
interface Member {
  /** Grows with each SIGHUP: those of an earlier one are to be replaced. */
  generation: number;
  hasServed: boolean;
  /** Whether it has served for `STABLE_MS`. */
  isStable: boolean;
}

class Crew {
  readonly #members = new Map<Worker, Member>();
  readonly #heartbeats = new Heartbeats(config.WORKER_TIMEOUT_SECONDS * MS_PER_SECOND, (worker) => {
    log.error({ worker: worker.process.pid }, 'a worker hangs; it is killed');
    worker.process.kill('SIGKILL');
  });
  #generation = 0;
  /** Failures in a row. */
  #failures = 0;
  #hasServed = false;
  #isStopping = false;
  #isReplacing = false;
  #willFill = false;

  constructor(
    private readonly count: number,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    cluster.on('exit', (worker, code, signal) => this.#ended(worker, code, signal));
    cluster.on('listening', (worker) => this.#serves(worker));
  }

  /** Starts the workers that are missing. */
  fill(): void {
    this.#willFill = false;
    while (!this.#isStopping && this.#members.size < this.count) this.#fork();
  }

  /** Replaces every worker: the new one serves before the old one stops. If a new one does not serve, the old ones stay. */
  replaceAll(): void {
    this.#generation += 1;
    log.info('the workers are replaced, one by one');
    // Those that run already go on until no worker is of an earlier generation.
    if (this.#isReplacing) return;
    this.#isReplacing = true;
    this.#replaceOld()
      .catch((error: unknown) => log.error({ err: error }, 'the workers could not be replaced'))
      .finally(() => (this.#isReplacing = false));
  }

  /** Ends the workers by a signal, and then this process. */
  stop(signal: NodeJS.Signals): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    notifyServiceManager('STOPPING=1');
    this.#exitIfAlone();
    killAll(signal);
    setTimeout(() => killAll('SIGKILL'), STOP_MS).unref();
  }

  #fork(env?: Record<string, string>): Worker {
    const worker = cluster.fork({ ...this.env, ...env });
    this.#members.set(worker, { generation: this.#generation, hasServed: false, isStable: false });
    this.#heartbeats.watch(worker);
    keepHandoffs(worker, () =>
      [...this.#members].some(
        ([other, { hasServed }]) => hasServed && other !== worker && other.isConnected(),
      ),
    );
    // A message to a worker that has just died fails, and would end this process.
    worker.on('error', () => undefined);
    return worker;
  }

  #serves(worker: Worker): void {
    const member = this.#members.get(worker);
    if (!this.#hasServed) notifyServiceManager('READY=1');
    this.#hasServed = true;
    if (!member) return;
    member.hasServed = true;
    const stable = setTimeout(() => {
      member.isStable = true;
      this.#failures = 0;
    }, STABLE_MS).unref();
    worker.once('exit', () => clearTimeout(stable));
  }

  #ended(worker: Worker, code: number, signal: string): void {
    const member = this.#members.get(worker);
    this.#members.delete(worker);
    if (this.#isStopping) return this.#exitIfAlone();
    // It was told to.
    if (!member) return;
    log.error({ worker: worker.process.pid, code, signal }, 'a worker has ended');
    if (!member.isStable) this.#failures += 1;
    if (!this.#hasServed && this.#failures >= MOST_FAILED_STARTS) return giveUp();
    if (this.#willFill) return;
    this.#willFill = true;
    setTimeout(() => this.fill(), this.#delay(member));
  }

  #delay({ hasServed, isStable }: Member): number {
    if (isStable) return 0;
    const longest = hasServed ? LONGEST_RESTART_MS : LONGEST_START_MS;
    return Math.min(longest, RESTART_MS * 2 ** (this.#failures - 1));
  }

  async #replaceOld(): Promise<void> {
    for (let old = this.#old(); old && !this.#isStopping; old = this.#old()) {
      const replacement = this.#fork({ MARQUEE_WORKER: 'replacement' });
      if (!(await servesInTime(replacement))) {
        replacement.process.kill('SIGKILL');
        log.error({ worker: replacement.process.pid }, 'a new worker did not come up: the old ones go on');
        return;
      }
      // An old one may have died meanwhile, whose place the new one has.
      const surplus = this.#members.size > this.count ? this.#old() : undefined;
      if (surplus) await this.#drain(surplus);
    }
    if (!this.#isStopping) log.info('every worker has been replaced');
  }

  /** A worker of an earlier generation. */
  #old(): Worker | undefined {
    return [...this.#members].find(([, { generation }]) => generation < this.#generation)?.[0];
  }

  /** Tells a worker to finish its requests and exit, and waits for it. */
  async #drain(worker: Worker): Promise<void> {
    this.#members.delete(worker);
    if (worker.isDead()) return;
    const exited = once(worker, 'exit');
    const timer = setTimeout(() => worker.process.kill('SIGKILL'), EXIT_MS);
    if (worker.isConnected()) worker.send(DRAIN, () => undefined);
    await exited;
    clearTimeout(timer);
  }

  #exitIfAlone(): void {
    if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0);
  }
}

function killAll(signal: NodeJS.Signals): void {
  for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
}

/** Ends the process whose workers all fail at their start: whoever started it must know. */
function giveUp(): void {
  log.fatal('no worker came to serve: see the reasons above');
  killAll('SIGKILL');
  process.exit(1);
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
