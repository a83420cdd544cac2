import { AsyncLocalStorage } from 'node:async_hooks';
import { Sequelize, type Transaction } from 'sequelize';
import { AsyncScope } from './async-scope.js';

/** Carries the open transaction along the asynchronous calls made within it, as Sequelize's `useCLS` asks. */
const contexts = new AsyncScope<Map<string, unknown>>();
Sequelize.useCLS({
  run: (work: (context: unknown) => unknown) =>
    contexts.run(new Map(contexts.get()), () => work(contexts.get())),
  get: (key: string) => contexts.get()?.get(key),
  set: (key: string, value: unknown) => contexts.get()?.set(key, value),
  bind: <F extends (...args: never[]) => unknown>(work: F) => AsyncLocalStorage.bind(work),
});

/** The transaction that the calling code runs in, or null. */
export function currentTransaction(): Transaction | null {
  return (contexts.get()?.get('transaction') as Transaction | undefined) ?? null;
}

/** The transaction that a query with these options joins, or null. */
export function transactionOf({
  transaction,
}: { transaction?: Transaction | null } = {}): Transaction | null {
  return transaction === undefined ? currentTransaction() : transaction;
}

/** Runs `work` outside the caller's transaction, for what must not be undone with it or outlives it. */
export function outsideTransaction<T>(work: () => Promise<T>): Promise<T> {
  return contexts.run(new Map(), work);
}
