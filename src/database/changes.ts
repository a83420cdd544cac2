import type { Transaction } from 'sequelize';
import { currentTransaction } from './transaction-context.js';

/*
 * Changes to publicly visible records, for cache invalidation. The models' hooks note them while a transaction writes.
 * Listeners are called once it has committed, before its caller continues.
 */

/** The ids of the movies whose row or reviews changed, or everything. */
export type Change = 'everything' | readonly number[];

/** Whether this process or another one made a change. */
export type Source = 'here' | 'elsewhere';

/** May return a promise, for which the caller of the transaction waits; it never rejects. */
type Listener = (change: Change, from: Source) => Promise<void> | void;

const listeners = new Set<Listener>();
const pending = new WeakMap<Transaction, { everything: boolean; movies: Set<number> }>();

/**
 * Calls `listener` after every change.
 * @returns a function that removes the listener
 */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Calls the listeners for a change that is already committed.
 * @returns a promise of all that they do, if any of it takes time
 */
export function publishChange(change: Change, from: Source = 'here'): Promise<void> | undefined {
  const unfinished = [...listeners]
    .map((listener) => listener(change, from))
    .filter((one) => one !== undefined);
  return unfinished.length > 0 ? Promise.all(unfinished).then(() => undefined) : undefined;
}

/** Notes a change of the open transaction; outside of one it is published at once. */
export function noteChange(change: Change): void {
  const transaction = currentTransaction();
  if (!transaction) {
    void publishChange(change);
    return;
  }
  let noted = pending.get(transaction);
  if (!noted) {
    const fresh = { everything: false, movies: new Set<number>() };
    pending.set(transaction, fresh);
    transaction.afterCommit(() => publishChange(fresh.everything ? 'everything' : [...fresh.movies]));
    noted = fresh;
  }
  if (change === 'everything') noted.everything = true;
  else for (const id of change) noted.movies.add(id);
}
