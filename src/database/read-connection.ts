import type { Sequelize, Transaction } from 'sequelize';
import { dialect } from './connection-options.js';
import { sequelize } from './database.js';
import { replicaFirst, replicas } from './mysql.js';
import { currentTransaction } from './transaction-context.js';

/**
 * Runs `work` with its reads on a replica, if one is up. The rows may be stale. Reads in a transaction, locking reads and
 * writes stay on the primary.
 */
export function preferReplica<T>(work: () => Promise<T>): Promise<T> {
  return replicas.reading(work);
}

/** Whether the caller reads from the primary, outside of transactions. */
export function readsFromPrimary(): boolean {
  return !currentTransaction() && !replicas.current();
}

/**
 * Runs `work` with a driver's connection to read from: that of the open transaction, or one from the pool of the
 * request's replica, or one from the pool of the primary. `work` must neither write nor lock.
 * @throws any error of `work`; {ConnectionError} where the pool has no connection in time
 */
export function withReadConnection<T>(work: (connection: unknown) => Promise<T>): Promise<T> {
  const transaction = currentTransaction() as (Transaction & { connection: unknown }) | null;
  if (transaction) return work(transaction.connection);
  if (!replicas.current()) return withPooled(sequelize, work);
  return replicaFirst(
    (replica) => withPooled(replica, work),
    () => withPooled(sequelize, work),
  );
}

async function withPooled<T>(instance: Sequelize, work: (connection: unknown) => Promise<T>): Promise<T> {
  const { connectionManager } = instance;
  const connection = await connectionManager.getConnection({ type: 'read' });
  try {
    return await work(connection);
  } finally {
    if (dialect === 'mysql') connectionManager.releaseConnection(connection);
  }
}
