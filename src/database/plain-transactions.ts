import { DatabaseError, type Sequelize, type Transaction } from 'sequelize';

/** The parts of a transaction and its mysql2 connection that this file uses. */
interface OpenTransaction extends Transaction {
  connection: { query(sql: string, done: (error: Error | null) => void): void };
  finished?: 'commit' | 'rollback';
}

/**
 * Makes the transactions of a Sequelize instance on MySQL begin and end by bare statements. Sequelize's own work for
 * each of them takes longer than the statement.
 */
export function plainTransactions(instance: Sequelize): void {
  const queries = instance.getQueryInterface() as unknown as Record<
    string,
    (transaction: OpenTransaction) => Promise<void>
  >;
  queries.startTransaction = (transaction) => send(transaction, 'START TRANSACTION');
  queries.commitTransaction = (transaction) => {
    transaction.finished = 'commit';
    return send(transaction, 'COMMIT');
  };
  queries.rollbackTransaction = (transaction) => {
    transaction.finished = 'rollback';
    return send(transaction, 'ROLLBACK');
  };
}

function send({ connection }: OpenTransaction, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query(sql, (error) => {
      if (error) reject(new DatabaseError(Object.assign(error, { sql })));
      else resolve();
    });
  });
}
