import { setTimeout as setTimer } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { MysqlAddress } from '../addresses/database.js';
import { databaseId, dialect, primaryAddress } from '../database/connection-options.js';
import { openMysqlConnection } from '../database/mysql-connection.js';
import { CONNECT_MS } from '../database/mysql-session.js';

/*
 * Tells whether this process is the only one on its database. Only then may it cache responses without Redis. On MySQL
 * each process that would cache takes one of two named locks on a connection of its own: the first process holds `first`,
 * a second one `further`, and the first sees that `further` is held. MySQL releases the locks of a broken connection. With
 * Redis none of this is needed: see invalidation.ts.
 */

/** The interval of checks, in milliseconds. Another process is noticed within this time. */
const CHECK_MS = 400;
/** The age from which a check is no longer valid. */
const VALID_MS = 900;

type Lock = 'first' | 'further';

/** How many applications in this process have announced it. */
let users = 0;
let timer: NodeJS.Timeout | undefined;
let connection: Connection | undefined;
let heldLocks = new Set<Lock>();
let since: number | null = null;
/** When the last check began. */
let checked = 0;

/** Since when no other announced process serves this database; null if one does, or may. */
export function soleInstanceSince(): number | null {
  if (dialect === 'sqlite') return 0;
  return performance.now() - checked < VALID_MS ? since : null;
}

/**
 * Announces this process to the others on its database, and starts to check for them. The announcement ends when
 * `withdrawInstance` has been called as often. A process that is not the first waits until the first must have noticed it. From then on no
 * process caches.
 */
export async function announceInstance(): Promise<void> {
  users += 1;
  if (dialect !== 'mysql' || users > 1) return;
  // An unreachable database does not hold up the start.
  await Promise.race([check(), setTimer(VALID_MS)]);
  if (!heldLocks.has('first')) await setTimer(VALID_MS);
}

/** Ends what `announceInstance` began. */
export async function withdrawInstance(): Promise<void> {
  users -= 1;
  if (users > 0) return;
  clearTimeout(timer);
  await disconnect();
}

async function disconnect(): Promise<void> {
  const old = connection;
  since = null;
  heldLocks = new Set();
  connection = undefined;
  await old?.end().catch(() => old.destroy());
}

async function check(): Promise<void> {
  const began = performance.now();
  try {
    connection ??= await openMysqlConnection(primaryAddress as MysqlAddress, { connectTimeout: CONNECT_MS });
    if (!heldLocks.has('first') && (await takeLock(connection, 'first'))) {
      heldLocks.add('first');
      if (heldLocks.delete('further')) await callLockFunction(connection, 'RELEASE_LOCK(?)', 'further');
    }
    const isSole =
      heldLocks.has('first') &&
      (await callLockFunction(connection, 'IS_USED_LOCK(?)', 'further')) === null &&
      !(await isClustered(connection));
    if (!heldLocks.has('first') && !heldLocks.has('further') && (await takeLock(connection, 'further')))
      heldLocks.add('further');
    // In a gap between checks another process may have come and gone.
    if (!isSole || began - checked > VALID_MS) since = null;
    if (isSole) since ??= performance.now();
    checked = began;
  } catch {
    // Without a check this process does not cache. The failure is not logged: requests report an unreachable database.
    connection?.destroy();
    await disconnect();
  }
  if (users > 0) timer = setTimeout(() => void check(), CHECK_MS).unref();
  else await disconnect();
}

/** Whether the server is a node of a Galera cluster, whose nodes do not share named locks. */
async function isClustered(on: Connection): Promise<boolean> {
  const sql = "SHOW STATUS LIKE 'wsrep_cluster_size'";
  const [rows] = await on.query<RowDataPacket[]>({ sql, timeout: CHECK_MS * 2 });
  return Number(rows[0]?.Value ?? 0) > 0;
}

async function takeLock(on: Connection, lock: Lock): Promise<boolean> {
  return (await callLockFunction(on, 'GET_LOCK(?, 0)', lock)) === 1;
}

/** Calls an SQL function with a lock's name. */
async function callLockFunction(on: Connection, call: string, lock: Lock): Promise<number | null> {
  const [rows] = await on.query<RowDataPacket[]>({ sql: `SELECT ${call} AS answer`, timeout: CHECK_MS * 2 }, [
    nameOf(lock),
  ]);
  const answer = rows[0]?.answer as number | string | null | undefined;
  return answer === null || answer === undefined ? null : Number(answer);
}

/** A lock's name. Names are global on the server, so it includes the database. */
function nameOf(lock: Lock): string {
  return `marquee.${lock}.${databaseId}`;
}
