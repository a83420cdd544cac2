import { AsyncLocalStorage } from 'node:async_hooks';
import { Sequelize, type Transaction } from 'sequelize';
import { AsyncScope } from './async-scope.js';

/** Carries the open transaction through the asynchronous calls inside it, in the form that `Sequelize.useCLS` takes. */
const contexts = new AsyncScope<Map<string, unknown>>();
Sequelize.useCLS({
  run: (work: (context: unknown) => unknown) =>
    contexts.run(new Map(contexts.get()), () => work(contexts.get())),
  get: (key: string) => contexts.get()?.get(key),
  set: (key: string, value: unknown) => contexts.get()?.set(key, value),
  bind: <F extends (...args: never[]) => unknown>(work: F) => AsyncLocalStorage.bind(work),
});

/** The transaction that the caller runs in, or null. */
export function currentTransaction(): Transaction | null {
  return (contexts.get()?.get('transaction') as Transaction | undefined) ?? null;
}

/** The transaction that a query with these options joins, or null. */
export function transactionOf({
  transaction,
}: { transaction?: Transaction | null } = {}): Transaction | null {
  return transaction === undefined ? currentTransaction() : transaction;
}

/** Runs `work` outside the caller's transaction: for writes that must survive its rollback, or work that outlives it. */
export function outsideTransaction<T>(work: () => Promise<T>): Promise<T> {
  return contexts.run(new Map(), work);
}
