import { DatabaseError, Transaction } from 'sequelize';
import { log } from '../log.js';
import { dialect } from './connection-options.js';
import { sequelize } from './database.js';
import { write } from './embedded.js';
import { type Connection, withoutLimit } from './mysql-session.js';
import { currentTransaction } from './transaction-context.js';

/** The error of a transaction that lost a deadlock: the database has rolled all of it back. */
const DEADLOCK = 'ER_LOCK_DEADLOCK';
/** The error of a Galera node that has left its cluster, or is still syncing with it. */
const NOT_READY = 'ER_UNKNOWN_COM_ERROR';

/** Thrown by `restartTransaction` to end an attempt. */
class Restarted extends Error {
  readonly code = 'RESTARTED';
}

/** The open transactions that may be rolled back and run again. */
const repeatables = new WeakSet<Transaction>();

/**
 * Rolls the open transaction back and runs it again if it is repeatable; otherwise does nothing. Call it when rows changed
 * between their read and their lock, and the right locks could now only be taken out of order.
 * @throws {Restarted} which `transaction` handles
 */
export function restartTransaction(): void {
  const current = currentTransaction();
  if (current && repeatables.has(current)) throw new Restarted();
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
 * @returns the result of `work`
 * @throws any error of `work`, after the rollback; {ConnectionError} where other writes take too long
 */
export async function transaction<T>(
  work: () => Promise<T>,
  { repeatable = false }: { repeatable?: boolean } = {},
): Promise<T> {
  if (currentTransaction()) return work();
  if (dialect === 'sqlite')
    return write(() => sequelize.transaction({ type: Transaction.TYPES.IMMEDIATE }, work));
  for (let attempt = 1; ; attempt += 1) {
    let committing = false;
    try {
      return await sequelize.transaction(async (opened) => {
        if (repeatable && attempt <= RETRIES) repeatables.add(opened);
        const result = await work();
        committing = true;
        return result;
      });
    } catch (error) {
      if (!repeatable || attempt > RETRIES || !isRolledBack(error, committing)) throw error;
      log.warn({ attempt, reason: codeOf(error) }, 'a transaction lost against another and is run again');
      await pause(attempt);
    }
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

/** Runs `work` without the time limit of statements. It only has an effect inside a transaction. */
export async function withoutStatementLimit<T>(work: () => Promise<T>): Promise<T> {
  const current = currentTransaction() as (Transaction & { connection: Connection }) | null;
  return dialect === 'mysql' && current ? withoutLimit(current.connection, work) : work();
}
