import { setImmediate } from 'node:timers/promises';

/** How long an import may keep the process's event loop to itself, in milliseconds. */
const LONGEST_MS = 10;

/** Lets an import's long loops give way: to requests, if the import runs in the panel. */
export class Turns {
  #since = performance.now();

  /** Lets the event loop turn if this loop has run for long since it last did. */
  async give(): Promise<void> {
    if (performance.now() - this.#since < LONGEST_MS) return;
    await setImmediate();
    this.#since = performance.now();
  }
}

/** How many items pass between two looks at the clock, which costs more than an item may. */
const STRIDE = 128;

/** Calls `work` with each item, and lets the event loop turn now and then. */
export async function forEachInTurns<T>(
  items: readonly T[],
  work: (item: T, index: number) => void,
): Promise<void> {
  const turns = new Turns();
  for (let index = 0; index < items.length; index += 1) {
    if (index % STRIDE === 0) await turns.give();
    work(items[index] as T, index);
  }
}
