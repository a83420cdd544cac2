import type { Sequelize } from 'sequelize';
import type { Database } from './sqlite3.js';

/*
 * Sequelize opens and closes a connection for each transaction on SQLite: half of the time of a short one. Here one
 * connection is kept for them. A statement that comes after the end of its transaction is refused as on a closed
 * connection, and never runs in the next transaction.
 */

/** The name of the connection that transactions share. */
const WRITER = 'writer';

/** Sequelize names a transaction by a UUID, and asks for its connection by that. */
const TRANSACTION = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

const END = /^(?:COMMIT|ROLLBACK);?$/;

type Done = (error: Error | null, rows?: unknown) => void;

/** The parts of Sequelize's connection manager on SQLite that this file uses and replaces. */
interface ConnectionManager {
  connections: Record<string, Database>;
  getConnection(options?: { uuid?: string }): Promise<unknown>;
  destroyConnection(connection: unknown): Promise<void>;
}

/** The kept connection in the hands of one transaction. */
class Lease {
  /** Set by Sequelize: the transaction's name, until it has released the connection. */
  uuid?: string;
  #isOver = false;
  #isLent = true;

  /** @param giveBack is called when the transaction is done with the connection */
  constructor(
    readonly connection: Database,
    private readonly giveBack: () => void,
  ) {}

  serialize(work: () => void): void {
    this.connection.serialize(work);
  }

  run(sql: string, ...rest: unknown[]): this {
    return this.#send('run', sql, rest);
  }

  all(sql: string, ...rest: unknown[]): this {
    return this.#send('all', sql, rest);
  }

  exec(sql: string, done?: Done): this {
    return this.#send('exec', sql, done ? [done] : []);
  }

  /** What Sequelize calls after the transaction's end. */
  close(): void {
    this.#isOver = true;
    if (this.#isLent) this.giveBack();
    this.#isLent = false;
  }

  #send(method: 'run' | 'all' | 'exec', sql: string, rest: unknown[]): this {
    if (this.#isOver) {
      const done = rest.at(-1);
      const error = Object.assign(new Error('SQLITE_MISUSE: the transaction is over'), {
        code: 'SQLITE_MISUSE',
      });
      if (typeof done === 'function') setImmediate(done as Done, error);
      return this;
    }
    if (END.test(sql)) this.#isOver = true;
    (this.connection[method] as (...all: unknown[]) => unknown)(sql, ...rest);
    return this;
  }
}

/**
 * Makes the transactions of a Sequelize instance on SQLite share a connection, one after the other. One that could not be
 * committed or rolled back loses it, and with it the database's lock; and a connection that could not be opened is opened
 * anew.
 */
export function keepWriter(instance: Sequelize): void {
  const manager = instance.connectionManager as unknown as ConnectionManager;
  const openNamed = manager.getConnection.bind(manager);
  const open = async (options: { uuid?: string } = {}) => {
    try {
      return (await openNamed(options)) as Database;
    } catch (error) {
      // Sequelize keeps it, and would give it to the next caller.
      delete manager.connections[options.uuid as string];
      throw error;
    }
  };
  let isLent = false;

  manager.getConnection = async (options) => {
    // Transactions come one at a time but for those that pass the queue of the writers.
    if (isLent || !TRANSACTION.test(options?.uuid ?? '')) return open(options);
    isLent = true;
    try {
      const connection = await open({ ...options, uuid: WRITER });
      return new Lease(connection, () => {
        isLent = false;
      });
    } catch (error) {
      isLent = false;
      throw error;
    }
  };

  // Sequelize's own leaves the connection open, and with it the transaction.
  manager.destroyConnection = async (connection) => {
    const { uuid } = connection as { uuid?: string };
    const lease = connection instanceof Lease ? connection : undefined;
    delete manager.connections[lease ? WRITER : (uuid as string)];
    await new Promise((resolve) => {
      (lease?.connection ?? (connection as Database)).close(resolve);
    });
    lease?.close();
  };
}

/**
 * Closes the kept connection; the next transaction opens another. One that has made full-text tables does not find the
 * tables beside them in its first write after another process has changed the schema.
 */
export async function renewWriter(instance: Sequelize): Promise<void> {
  const manager = instance.connectionManager as unknown as ConnectionManager;
  const writer = manager.connections[WRITER];
  delete manager.connections[WRITER];
  await new Promise((resolve) => {
    if (writer) writer.close(resolve);
    else resolve(null);
  });
}
