import { ConnectionError } from 'sequelize';
import { config } from '../config.js';
import { AsyncScope } from './async-scope.js';
import { dialect } from './connection-options.js';

/*
 * Statements that may take long, such as searches, sorts and counts. Few of them run at once, so that the others always
 * find a free connection. Each of them has a time limit.
 */

/** How long such a statement may run on the server, in milliseconds. */
const SLOW_MS = 1_000;
/** How long one may wait for its turn, in milliseconds. */
const WAIT_MS = 1_000;
/** The same for staff: they are few, and waiting takes no connection. */
const STAFF_WAIT_MS = 10_000;
/** How long the slow statements of one request may wait and run in all, in milliseconds. */
const TOTAL_MS = 2_000;
/** How many may wait for each one that runs: together as many as may wait for the pool. The time limits them sooner. */
const WAITING_PER_SLOT = 300;

const MS_PER_SECOND = 1_000;

const CROWDED = 'too many requests wait for their turn';

/** When the time of the caller's request is over, by `performance.now`. */
const deadlines = new AsyncScope<number>();

/** Limits the time that the slow statements of `work` wait and run in all. */
export function withinTotalTime<T>(work: () => Promise<T>): Promise<T> {
  return deadlines.run(performance.now() + TOTAL_MS, work);
}

function msLeft(): number {
  return (deadlines.get() ?? Infinity) - performance.now();
}

/** How long the caller's next slow statement may run, in whole milliseconds; 0 would be no limit. */
export function statementMs(): number {
  return Math.max(1, Math.ceil(Math.min(SLOW_MS, msLeft())));
}

/** Lets a limited number of callers run at once. The others wait in order, for a limited time. */
export class Gate {
  #running = 0;
  readonly #waiting = new Set<() => void>();

  /**
   * @param name names the connection that the gate's statements share with the embedded database
   * @param slots how many callers run at once
   * @param waitingPerSlot how many may wait for each one that runs
   */
  constructor(
    readonly name: string,
    readonly slots: number,
    private readonly waitingPerSlot = WAITING_PER_SLOT,
  ) {}

  /** The number of callers that run. */
  get running(): number {
    return this.#running;
  }

  /**
   * Runs `work` when it is its turn.
   * @param waitMs how long to wait for the turn, in milliseconds
   * @throws any error of `work`; {ConnectionError} where too many callers wait, or the turn does not come in time
   */
  async run<T>(work: () => Promise<T>, waitMs = WAIT_MS): Promise<T> {
    if (this.#running < this.slots) this.#running += 1;
    else await this.#turn(Math.min(waitMs, msLeft()));
    try {
      return await work();
    } finally {
      const [next] = this.#waiting;
      if (next) next();
      else this.#running -= 1;
    }
  }

  /** Waits until a caller that has run hands its slot on. */
  #turn(waitMs: number): Promise<void> {
    if (this.#waiting.size >= this.slots * this.waitingPerSlot) throw overloaded(CROWDED);
    return new Promise((resolve, reject) => {
      const settle = (done: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(enter);
        done();
      };
      const enter = () => settle(resolve);
      const timer = setTimeout(() => settle(() => reject(overloaded(CROWDED))), waitMs);
      this.#waiting.add(enter);
    });
  }
}

/** The error of a request that would take too long now. */
export function overloaded(reason: string): ConnectionError {
  return new ConnectionError(new Error(reason));
}

/** A quarter of the connections; with the embedded database, of the four threads on which its statements run. */
const QUARTER = dialect === 'mysql' ? Math.floor(config.DATABASE_POOL_MAX / 4) : 1;

/** The gate of the panel: one of that quarter, so that neither side keeps the other waiting. */
const staffGate = new Gate('staff', 1);
/** The gate of all other requests. */
export const slowGate = new Gate('slow', Math.max(1, QUARTER - staffGate.slots));

/**
 * The gate of all other pages of lists: a page of 100 rows takes milliseconds. It has a third of the connections, so that
 * those who read or write a single record find one. The embedded database reads them one by one anyway.
 */
const pageGate = new Gate('pages', dialect === 'mysql' ? Math.ceil(config.DATABASE_POOL_MAX / 3) : Infinity);

/**
 * Runs a read of a list's page when it is its turn, which comes as late as a connection of the pool.
 * @throws any error of `work`; {ConnectionError} where the turn does not come in time
 */
export function readPageInTurn<T>(work: () => Promise<T>): Promise<T> {
  return pageGate.run(work, config.DATABASE_TIMEOUT_SECONDS * MS_PER_SECOND);
}

const scope = new AsyncScope<Gate>();

/**
 * Runs reads of the panel's models when it is their turn: one at a time, each with the time limit. Not for use in a
 * transaction.
 * @param waitMs how long to wait for the turn, in milliseconds
 * @throws any error of `work`; {ConnectionError} where the turn does not come in time
 */
export function readForStaff<T>(work: () => Promise<T>, waitMs = STAFF_WAIT_MS): Promise<T> {
  return staffGate.run(() => scope.run(staffGate, work), waitMs);
}

/** The gate that the caller has passed by `readForStaff`; undefined outside. */
export function passedGate(): Gate | undefined {
  return scope.get();
}
