import type { Transaction } from 'sequelize';
import { currentTransaction } from './transaction-context.js';

/*
 * What transactions change of what everyone may see, for those who keep answers. The models' hooks note it while they
 * write; listeners are told when the transaction is over, before its caller goes on.
 */

/** The movies whose row or reviews have changed, or everything. */
export type Change = 'everything' | readonly number[];

/** Whether this process made a change, or heard of it. */
export type Source = 'here' | 'elsewhere';

type Listener = (change: Change, from: Source) => void;

const listeners = new Set<Listener>();
const noted = new WeakMap<Transaction, { everything: boolean; movies: Set<number> }>();

/**
 * Calls `listener` after every change.
 * @returns what ends it
 */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells the listeners of a change that the database has already. */
export function publishChange(change: Change, from: Source = 'here'): void {
  for (const listener of listeners) listener(change, from);
}

/** Notes what the running transaction changes; outside of one it counts at once. */
export function noteChange(change: Change): void {
  const holder = currentTransaction();
  if (!holder) return publishChange(change);
  let sum = noted.get(holder);
  if (!sum) {
    const fresh = { everything: false, movies: new Set<number>() };
    noted.set(holder, fresh);
    holder.afterCommit(() => publishChange(fresh.everything ? 'everything' : [...fresh.movies]));
    sum = fresh;
  }
  if (change === 'everything') sum.everything = true;
  else for (const id of change) sum.movies.add(id);
}
