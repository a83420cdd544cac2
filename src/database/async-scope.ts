import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What the asynchronous calls of a piece of work have in common, without being passed on. While Node.js keeps such values
 * it has every promise of the process tell of itself, a third of what a short request costs: so it does only while
 * somebody is inside.
 */
export class AsyncScope<T> {
  readonly #storage = new AsyncLocalStorage<T>();
  #inside = 0;

  /** Runs `work`, within which `get` gives `value`: until the promise that it returns is settled. */
  run<R>(value: T, work: () => R): R {
    this.#inside += 1;
    let result: R;
    try {
      result = this.#storage.run(value, work);
    } catch (error) {
      this.#leave();
      throw error;
    }
    if (result instanceof Promise) result.then(this.#leave, this.#leave);
    else this.#leave();
    return result;
  }

  /** The value of the work that the calling code belongs to; undefined outside. */
  get(): T | undefined {
    return this.#storage.getStore();
  }

  readonly #leave = (): void => {
    this.#inside -= 1;
    if (this.#inside === 0) this.#storage.disable();
  };
}
