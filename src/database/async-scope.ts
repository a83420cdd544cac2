import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * A value that is visible to all asynchronous calls of some work without being passed on. While an `AsyncLocalStorage` is
 * enabled, Node.js tracks every promise of the process. So it is enabled only while work runs in the scope: without that,
 * a page of reviews took 12 to 20 % more CPU time (bench/FAST-PATHS.md).
 */
export class AsyncScope<T> {
  readonly #storage = new AsyncLocalStorage<T>();
  #running = 0;

  /** Runs `work` with `value` as the result of `get`, until the promise that it returns is settled. */
  run<R>(value: T, work: () => R): R {
    this.#running += 1;
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

  /** The value of the work that the caller belongs to; undefined outside. */
  get(): T | undefined {
    return this.#storage.getStore();
  }

  readonly #leave = (): void => {
    this.#running -= 1;
    if (this.#running === 0) this.#storage.disable();
  };
}
