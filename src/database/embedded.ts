import { Mutex, withTimeout } from 'async-mutex';
import { type Options, type QueryOptions, type QueryOptionsWithType, Sequelize } from 'sequelize';
import { config } from '../config.js';
import { withKnownColumns } from './embedded-columns.js';
import { keepWriter } from './embedded-writer.js';
import { Busy } from './busy.js';
import { type Gate, passedGate, statementMs } from './gate.js';
import { hasLongStatements } from './mysql-session.js';
import { ownerOnly } from './owner-only.js';
import { type Database, sqlite3 } from './sqlite3.js';
import { measured } from './sql/statement-metrics.js';
import { transactionOf } from './transaction-context.js';

/** SQLite allows one writer. Writers of this process queue here, in order, instead of failing with `SQLITE_BUSY`. */
const writer = new Mutex();

const MS_PER_SECOND = 1_000;

/** How long a connection waits for a write of another process, in milliseconds. */
const BUSY_TIMEOUT_MS = config.DATABASE_LOCK_SECONDS * MS_PER_SECOND;
/** The same of a command, which nobody waits for. */
const COMMAND_BUSY_TIMEOUT_MS = 30_000;

/** The queue of the writers, in which none waits longer than for another process, or than a statement may take. */
const queue = withTimeout(
  writer,
  Math.min(config.DATABASE_TIMEOUT_SECONDS, config.DATABASE_LOCK_SECONDS) * MS_PER_SECOND,
  new Busy('another write, such as an import, is not done'),
);

/**
 * Runs `work` when no other write of this process runs.
 * @throws any error of `work`; {Busy} where the turn does not come in time
 */
export function write<T>(work: () => Promise<T>): Promise<T> {
  return queue.runExclusive(work);
}

/** The connections that are being opened. */
const opening = new Set<Promise<void>>();

/** A connection that waits for writers of other processes, and whose writes do not block readers (WAL). */
class EmbeddedConnection extends sqlite3.Database {
  /**
   * Whether each statement begins when the one before is finalized. The driver finalizes on the main thread, after the
   * callback; if the next statement has begun, the main thread waits there for its end, and cannot interrupt it.
   */
  isOneByOne = false;

  /** Whether the connection's settings could not be set. */
  #isNotSetUp = false;

  constructor(file: string, mode: number, done: (error: Error | null) => void) {
    let end!: () => void;
    const opened = new Promise<void>((resolve) => (end = resolve));
    super(ownerOnly(file), mode, (error) => {
      done(error);
      // Sequelize sends its first PRAGMA in a microtask, and expects no answer: an error would end the process.
      setImmediate(end);
    });
    opening.add(opened);
    void opened.then(() => opening.delete(opened));
    this.configure('busyTimeout', hasLongStatements() ? COMMAND_BUSY_TIMEOUT_MS : BUSY_TIMEOUT_MS);
    // Of what nobody waits for an answer: an error would end the process.
    this.on('error', () => undefined);
    this.#setUp();
  }

  /** Fails where no file can be made or read, as on a full disk. Then so does each statement until there is room. */
  #setUp(): void {
    this.#isNotSetUp = false;
    this.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON', (error) => {
      this.#isNotSetUp = error !== null;
    });
  }

  override run(...statement: unknown[]): this {
    if (this.#isNotSetUp) this.#setUp();
    return super.run(...(measured(statement) as Parameters<Database['run']>));
  }

  override all(...statement: unknown[]): this {
    if (this.#isNotSetUp) this.#setUp();
    const unanswered = withKnownColumns(statement);
    if (!unanswered) return this;
    const send = () => super.all(...(measured(unanswered) as Parameters<Database['all']>));
    if (!this.isOneByOne) return send();
    return this.wait(send);
  }
}

/**
 * Runs `work` on a connection that nothing else uses, and interrupts its statement when a time has passed.
 * @param connection one of `embeddedDriver`
 * @param ms the time in milliseconds
 * @throws any error of `work`; with the code SQLITE_INTERRUPT where the time is over
 */
export async function interruptible<T>(connection: unknown, ms: number, work: () => Promise<T>): Promise<T> {
  const embedded = connection as EmbeddedConnection;
  embedded.isOneByOne = true;
  // Again and again: a statement that has not begun is not interrupted.
  const timer = setInterval(() => embedded.interrupt(), ms);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** The driver as Sequelize's `dialectModule` takes it. */
export const embeddedDriver = { ...sqlite3, Database: EmbeddedConnection };

/** The connection of writes outside of transactions: reads on it would wait for the writers of other processes, too. */
const SINGLE_WRITES = { uuid: 'single-writes' };

const WRITE = /^\s*(insert|update|delete|replace|create|drop|alter)\b/i;

/** Sequelize on SQLite. A write outside of a transaction queues with the transactions. */
export class EmbeddedSequelize extends Sequelize {
  constructor(options: Options) {
    super(options);
    keepWriter(this);
  }

  // Sequelize declares `query` with a dozen overloads; this passes every one of them on.
  override query(
    sql: string | { query: string; values: unknown[] },
    options?: QueryOptions | QueryOptionsWithType<never>,
  ): Promise<never> {
    const send = (more?: object) =>
      super.query(sql, { ...options, ...more } as QueryOptionsWithType<never>) as unknown as Promise<never>;
    const gate = transactionOf(options) ? undefined : passedGate();
    if (gate) return this.#sendLimited(gate, send);
    const text = typeof sql === 'string' ? sql : sql.query;
    return WRITE.test(text) && !transactionOf(options) ? write(() => send(SINGLE_WRITES)) : send();
  }

  /**
   * Waits for the writers and for connections that are being opened, then closes every connection. What was sent on one
   * is answered; later statements are refused.
   */
  override close(): Promise<void> {
    return writer.runExclusive(async () => {
      while (opening.size > 0) await Promise.all(opening);
      await super.close();
    });
  }

  /** Sends a read on the gate's own connection, and interrupts it when its time is over. */
  async #sendLimited(gate: Gate, send: (more: object) => Promise<never>): Promise<never> {
    const options = { type: 'read', uuid: gate.name } as const;
    const connection = await this.connectionManager.getConnection(options);
    return interruptible(connection, statementMs(), () => send({ uuid: gate.name }));
  }
}
