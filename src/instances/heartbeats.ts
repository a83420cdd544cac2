import type { Worker } from 'node:cluster';

const BEAT = 'marquee:beat';

/** The interval of a worker's heartbeats, and of the primary's looks at them, in milliseconds. */
const BEAT_MS = 1_000;

/** How late the primary's own look may be, in milliseconds. Beyond that nothing is known: it may have stood still itself. */
const OWN_DELAY_MS = 2_000;

const beat = () => process.send?.(BEAT, undefined, undefined, () => undefined);

/** In a worker: tells the primary each second that the event loop turns. */
export function sendHeartbeats(): void {
  beat();
  setInterval(beat, BEAT_MS).unref();
}

/** How long a worker may take to its first heartbeat, in milliseconds: it reads its program until then. */
const START_MS = 60_000;

/** In the primary: watches the heartbeats of workers. */
export class Heartbeats {
  readonly #last = new Map<Worker, number>();
  #looked = performance.now();

  /**
   * @param silentMs how long a worker may be silent, in milliseconds
   * @param onSilent called with a worker that is silent for longer
   */
  constructor(
    private readonly silentMs: number,
    private readonly onSilent: (worker: Worker) => void,
  ) {
    setInterval(() => this.#look(), BEAT_MS).unref();
  }

  /** Watches a worker until it exits. */
  watch(worker: Worker): void {
    this.#last.set(worker, performance.now() + START_MS);
    worker.on('message', (message) => {
      if (message === BEAT && this.#last.has(worker)) this.#last.set(worker, performance.now());
    });
    worker.once('exit', () => this.#last.delete(worker));
  }

  #look(): void {
    const now = performance.now();
    const isLate = now - this.#looked > BEAT_MS + OWN_DELAY_MS;
    this.#looked = now;
    for (const [worker, last] of this.#last) {
      if (isLate) this.#last.set(worker, Math.max(last, now));
      else if (now - last > this.silentMs) {
        this.#last.delete(worker);
        this.onSilent(worker);
      }
    }
  }
}
