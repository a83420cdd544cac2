import { DatabaseError, Transaction } from 'sequelize';
import { config } from '../config.js';
import { log } from '../log.js';
import { dialect } from './connection-options.js';
import { sequelize } from './database.js';
import { write } from './embedded.js';
import { Gate } from './gate.js';
import { type Connection, withoutLimit } from './mysql-session.js';
import { areFree, enter, enterInTurn, leave, refuseWaiting, turnDeadline } from './row-queue.js';
import { currentTransaction } from './transaction-context.js';

/** The error of a transaction that lost a deadlock: the database has rolled all of it back. */
const DEADLOCK = 'ER_LOCK_DEADLOCK';
/** The error of a lock that another transaction has held for too long. */
const LOCK_TIMEOUT = 'ER_LOCK_WAIT_TIMEOUT';
/** The error of a Galera node that has left its cluster, or is still syncing with it. */
const NOT_READY = 'ER_UNKNOWN_COM_ERROR';

/** Thrown by `restartTransaction` to end an attempt. */
class Restarted extends Error {
  readonly code = 'RESTARTED';
}

/** Thrown by `queueForRows` to end an attempt that would wait for rows with a connection in its hands. */
class Queued extends Error {
  constructor(readonly rows: readonly string[]) {
    super('a transaction was queued for its rows');
  }
}

/** The open transactions that may be rolled back and run again. */
const repeatables = new WeakSet<Transaction>();

/** The rows that each open transaction has entered the queues of. */
const entered = new WeakMap<Transaction, Set<string>>();

/**
 * The gate of transactions: half of the connections, so that reads find one however long writers wait for locks. As many
 * transactions may wait as for the pool.
 */
const writers = new Gate(
  'writers',
  Math.max(Math.min(2, config.DATABASE_POOL_MAX), Math.floor(config.DATABASE_POOL_MAX / 2)),
  200,
);
const MS_PER_SECOND = 1_000;

/**
 * Rolls the open transaction back and runs it again if it is repeatable; otherwise does nothing. Call it when rows changed
 * between their read and their lock, and the right locks could now only be taken out of order.
 * @throws {Restarted} which `transaction` handles
 */
export function restartTransaction(): void {
  const current = currentTransaction();
  if (current && repeatables.has(current)) throw new Restarted();
}

/**
 * Enters the queues of rows that the open transaction is about to lock. Where other transactions of this process have or
 * await their locks, a repeatable transaction is rolled back, and runs again when its turn has come: it waits without a
 * connection.
 * @param rows named by `rowName`
 * @throws {Queued} which `transaction` handles
 */
export function queueForRows(rows: readonly string[]): void {
  const current = currentTransaction();
  const known = current && entered.get(current);
  if (!known) return;
  const fresh = rows.filter((row) => !known.has(row));
  if (fresh.length === 0) return;
  if (repeatables.has(current) && !areFree(fresh)) throw new Queued(fresh);
  enter(fresh);
  for (const row of fresh) known.add(row);
}

const RETRIES = 20;
/** The longest pause before a retry, in milliseconds; the pause doubles with each retry. */
const MAX_PAUSE_MS = 400;

/**
 * Runs `work` in a transaction. Every query in it joins automatically. A nested call joins the outer transaction, so that
 * a model can require one without knowing its caller's.
 * @param options.repeatable whether `work` may run again after a deadlock (on Galera also at commit) or
 *   `restartTransaction` rolled it back. That needs two things: it loads or builds every record that it writes, since a
 *   written record counts as saved, and it has no effect outside the database
 * @param options.rows the rows that it locks, as far as they are known beforehand, by `rowName`: it waits for them before it
 *   takes a connection
 * @returns the result of `work`
 * @throws any error of `work`, after the rollback; {Busy} where other writes take too long; {ConnectionError} where there is no
 *   connection in time
 */
export async function transaction<T>(
  work: () => Promise<T>,
  { repeatable = false, rows = [] }: { repeatable?: boolean; rows?: readonly string[] } = {},
): Promise<T> {
  if (currentTransaction()) return work();
  if (dialect === 'sqlite')
    return write(() => sequelize.transaction({ type: Transaction.TYPES.IMMEDIATE }, work));
  const deadline = turnDeadline();
  const known = new Set(rows);
  for (let attempt = 1; ; attempt += 1) {
    let committing = false;
    try {
      return await inTurn([...known], deadline, (queued) =>
        sequelize.transaction(async (opened) => {
          entered.set(opened, queued);
          if (repeatable && attempt <= RETRIES) repeatables.add(opened);
          const result = await work();
          committing = true;
          return result;
        }),
      );
    } catch (error) {
      if (error instanceof Queued) {
        for (const row of error.rows) known.add(row);
        continue;
      }
      if (!repeatable || attempt > RETRIES || !isRolledBack(error, committing)) throw error;
      log.warn({ attempt, reason: codeOf(error) }, 'a transaction lost against another and is run again');
      await pause(attempt);
    }
  }
}

/**
 * Runs a transaction when its turn has come at the rows that it is known to lock, and then among all transactions.
 * @param attempt gets the rows, and adds those that it enters the queues of
 */
async function inTurn<T>(
  rows: readonly string[],
  deadline: number,
  attempt: (queued: Set<string>) => Promise<T>,
): Promise<T> {
  await enterInTurn(rows, deadline);
  const queued = new Set(rows);
  try {
    return await writers.run(() => attempt(queued), config.DATABASE_TIMEOUT_SECONDS * MS_PER_SECOND);
  } catch (error) {
    const [row] = queued;
    if (row !== undefined && queued.size === 1 && codeOf(error) === LOCK_TIMEOUT) refuseWaiting(row);
    throw error;
  } finally {
    leave([...queued]);
  }
}

/**
 * Whether the transaction is certainly rolled back, so that another attempt is safe. A Galera node that is not ready may
 * have replicated a commit before it left the cluster.
 */
function isRolledBack(error: unknown, committing: boolean): boolean {
  const code = codeOf(error);
  return error instanceof Restarted || code === DEADLOCK || (code === NOT_READY && !committing);
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof Restarted) return error.code;
  return error instanceof DatabaseError ? (error.original as { code?: string }).code : undefined;
}

/** Waits a random time below a growing bound, so that transactions that collided do not collide again. */
function pause(attempt: number): Promise<void> {
  const longest = Math.min(MAX_PAUSE_MS, 5 * 2 ** attempt);
  return new Promise((resolve) => {
    setTimeout(resolve, Math.random() * longest);
  });
}

/**
 * Runs reads in a transaction in which all of them see the database as it is at the first. It waits for no writer, and no
 * writer waits for it.
 */
export function snapshot<T>(work: () => Promise<T>): Promise<T> {
  const options =
    dialect === 'sqlite'
      ? { type: Transaction.TYPES.DEFERRED }
      : { isolationLevel: Transaction.ISOLATION_LEVELS.REPEATABLE_READ };
  return sequelize.transaction(options, work);
}

/** Runs `work` without the time limit of statements. It only has an effect inside a transaction. */
export async function withoutStatementLimit<T>(work: () => Promise<T>): Promise<T> {
  const current = currentTransaction() as (Transaction & { connection: Connection }) | null;
  return dialect === 'mysql' && current ? withoutLimit(current.connection, work) : work();
}
