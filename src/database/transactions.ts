import { DatabaseError, Transaction } from 'sequelize';
import { log } from '../log.js';
import { dialect } from './connection-options.js';
import { sequelize } from './database.js';
import { writer } from './embedded.js';
import { type Connection, withoutLimit } from './mysql-session.js';
import { currentTransaction } from './transaction-context.js';

/** The error of a transaction that lost a deadlock: the database has rolled all of it back. */
const DEADLOCK = 'ER_LOCK_DEADLOCK';
/** The error of a Galera node that is outside its cluster, or still catching up with it. */
const NOT_READY = 'ER_UNKNOWN_COM_ERROR';

/** Ends an attempt that `restartTransaction` gave up. */
class Restarted extends Error {
  readonly code = 'RESTARTED';
}

/** The open transactions that may be rolled back and run again. */
const repeatables = new WeakSet<Transaction>();

/**
 * Rolls the running transaction back and runs it again, where it is repeatable; returns where it is not. Called when
 * rows changed between a read and their lock, and the right locks would now have to be taken out of order.
 */
export function restartTransaction(): void {
  const holder = currentTransaction();
  if (holder && repeatables.has(holder)) throw new Restarted();
}

const RETRIES = 20;
/** The longest pause before a retry, in milliseconds; the pause doubles from the first retry on. */
const LONGEST_PAUSE_MS = 400;

/**
 * Runs `work` in a transaction: all of its writes are stored, or none. Every query in it joins by itself. A call within
 * a transaction joins that one, so a model can ask for one without knowing its caller's.
 * @param options.repeatable whether `work` may run again after the database rolled it back in favour of another (Galera
 *   does so at commit), or `restartTransaction` did. It may, if it loads or makes every record that it writes (a record
 *   once written takes itself for saved) and has no effect outside the database.
 * @returns what `work` returns
 * @throws whatever `work` throws, after everything is rolled back
 */
export async function transaction<T>(
  work: () => Promise<T>,
  { repeatable = false }: { repeatable?: boolean } = {},
): Promise<T> {
  if (currentTransaction()) return work();
  if (dialect === 'sqlite')
    return writer.runExclusive(() => sequelize.transaction({ type: Transaction.TYPES.IMMEDIATE }, work));
  for (let attempt = 1; ; attempt += 1) {
    let committing = false;
    try {
      return await sequelize.transaction(async (holder) => {
        if (repeatable && attempt <= RETRIES) repeatables.add(holder);
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
 * Whether the database has certainly rolled the transaction back, so that another attempt is safe. A Galera node that
 * is not ready may have passed a commit on before it left the cluster.
 */
function isRolledBack(error: unknown, committing: boolean): boolean {
  const code = codeOf(error);
  return error instanceof Restarted || code === DEADLOCK || (code === NOT_READY && !committing);
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof Restarted) return error.code;
  return error instanceof DatabaseError ? (error.original as { code?: string }).code : undefined;
}

/** Waits a random time below a growing bound: transactions that collided must not collide again in step. */
function pause(attempt: number): Promise<void> {
  const longest = Math.min(LONGEST_PAUSE_MS, 5 * 2 ** attempt);
  return new Promise((resolve) => {
    setTimeout(resolve, Math.random() * longest);
  });
}

/** Runs `work` without the time limit of statements. Only has an effect within a transaction. */
export async function withoutStatementLimit<T>(work: () => Promise<T>): Promise<T> {
  const holder = currentTransaction() as (Transaction & { connection: Connection }) | null;
  return dialect === 'mysql' && holder ? withoutLimit(holder.connection, work) : work();
}
