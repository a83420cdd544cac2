import { DatabaseError, type Sequelize, type Transaction } from 'sequelize';

/** What of a transaction and of its mysql2 connection is used here. */
interface Held extends Transaction {
  connection: { query(sql: string, done: (error: Error | null) => void): void };
  finished?: 'commit' | 'rollback';
}

/**
 * Has an instance's transactions on MySQL begin and end by bare statements: what Sequelize does for each of these two
 * costs more than they do.
 */
export function plainTransactions(instance: Sequelize): void {
  const queries = instance.getQueryInterface() as unknown as Record<string, (held: Held) => Promise<void>>;
  queries.startTransaction = (held) => send(held, 'START TRANSACTION');
  queries.commitTransaction = (held) => {
    held.finished = 'commit';
    return send(held, 'COMMIT');
  };
  queries.rollbackTransaction = (held) => {
    held.finished = 'rollback';
    return send(held, 'ROLLBACK');
  };
}

function send({ connection }: Held, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query(sql, (error) => {
      if (error) reject(new DatabaseError(Object.assign(error, { sql })));
      else resolve();
    });
  });
}
