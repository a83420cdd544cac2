import type { Sequelize, Transaction } from 'sequelize';
import { dialect } from './connection-options.js';
import { sequelize } from './database.js';
import type { Gate } from './gate.js';
import { replicaFirst, replicas } from './mysql.js';
import { currentTransaction } from './transaction-context.js';

/**
 * Runs `work` with its reads on a replica, if one is up. The rows may be stale. Reads in a transaction, locking reads and
 * writes stay on the primary.
 */
export function preferReplica<T>(work: () => Promise<T>): Promise<T> {
  return replicas.reading(work);
}

/** Runs `work` with its reads on the primary. */
export function fromPrimary<T>(work: () => Promise<T>): Promise<T> {
  return replicas.notReading(work);
}

/** Whether the caller reads from the primary, outside of transactions. */
export function readsFromPrimary(): boolean {
  return !currentTransaction() && !replicas.current();
}

/**
 * Runs `work` with a driver's connection to read from: that of the open transaction, or one from the pool of the
 * request's replica, or one from the pool of the primary. `work` must neither write nor lock.
 * @param gate the gate that the caller has passed, if any: the embedded database runs the statements of a connection one
 *   after the other, so those of a gate have a connection of their own
 * @throws any error of `work`; {ConnectionError} where the pool has no connection in time
 */
export function withReadConnection<T>(work: (connection: unknown) => Promise<T>, gate?: Gate): Promise<T> {
  const transaction = currentTransaction() as (Transaction & { connection: unknown }) | null;
  if (transaction) return work(transaction.connection);
  if (!replicas.current()) return withPooled(sequelize, work, gate);
  return replicaFirst(
    (replica) => withPooled(replica, work),
    () => withPooled(sequelize, work),
  );
}

/** The options of `getConnection`; `uuid` names a connection of the embedded database. */
type ConnectionOptions = { type: 'read'; uuid?: string };

async function withPooled<T>(
  instance: Sequelize,
  work: (connection: unknown) => Promise<T>,
  gate?: Gate,
): Promise<T> {
  const { connectionManager } = instance;
  const options: ConnectionOptions = { type: 'read', ...(gate && { uuid: gate.name }) };
  const connection = await connectionManager.getConnection(options);
  try {
    return await work(connection);
  } finally {
    if (dialect === 'mysql') connectionManager.releaseConnection(connection);
  }
}
