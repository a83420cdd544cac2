import { setTimeout as setTimer } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { databaseId, dialect, type MysqlAddress, primaryAddress } from '../database/connection-options.js';
import { openMysqlConnection } from '../database/mysql-connection.js';
import { CONNECT_MS } from '../database/mysql-session.js';

/*
 * Whether this process alone serves its database, which is when it may answer from memory. On MySQL every process that
 * would takes one of two named locks on a connection of its own: the first holds one, another the other, and the first
 * sees that it is held. A connection that breaks gives its locks back by itself. With Redis none of this is needed: see
 * invalidation.ts.
 */

/** How often a process looks, in milliseconds: another process is noticed within this time. */
const LOOK_MS = 400;
/** An older look than this counts for nothing. */
const VALID_MS = 900;

type Lock = 'first' | 'further';

let users = 0;
let timer: NodeJS.Timeout | undefined;
let connection: Connection | undefined;
let held = new Set<Lock>();
let since: number | null = null;
let looked = 0;

/** Since when no other process that announces itself serves this database; null where one does, or may. */
export function soleInstanceSince(): number | null {
  if (dialect === 'sqlite') return 0;
  return performance.now() - looked < VALID_MS ? since : null;
}

/**
 * Announces this process to others on its database, until `withdrawInstance` was called as often, and looks for them from now on.
 * Who is not the first waits until the first must have noticed: from then on nobody answers from memory.
 */
export async function announceInstance(): Promise<void> {
  users += 1;
  if (dialect !== 'mysql' || users > 1) return;
  // A database that is away is not waited for.
  await Promise.race([look(), setTimer(VALID_MS)]);
  if (!held.has('first')) await setTimer(VALID_MS);
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
  held = new Set();
  connection = undefined;
  await old?.end().catch(() => old.destroy());
}

async function look(): Promise<void> {
  const began = performance.now();
  try {
    connection ??= await openMysqlConnection(primaryAddress as MysqlAddress, { connectTimeout: CONNECT_MS });
    if (!held.has('first') && (await take(connection, 'first'))) {
      held.add('first');
      if (held.delete('further')) await ask(connection, 'RELEASE_LOCK(?)', 'further');
    }
    const alone =
      held.has('first') &&
      (await ask(connection, 'IS_USED_LOCK(?)', 'further')) === null &&
      !(await isClustered(connection));
    if (!held.has('first') && !held.has('further') && (await take(connection, 'further')))
      held.add('further');
    // Nobody knows what happened while it did not look.
    if (!alone || began - looked > VALID_MS) since = null;
    if (alone) since ??= performance.now();
    looked = began;
  } catch {
    // Whoever cannot look does not answer from memory; requests tell of a database that is away.
    connection?.destroy();
    await disconnect();
  }
  if (users > 0) timer = setTimeout(() => void look(), LOOK_MS).unref();
  else await disconnect();
}

/** Whether the server is a node of a Galera cluster: nodes do not share their locks. */
async function isClustered(on: Connection): Promise<boolean> {
  const sql = "SHOW STATUS LIKE 'wsrep_cluster_size'";
  const [rows] = await on.query<RowDataPacket[]>({ sql, timeout: LOOK_MS * 2 });
  return Number(rows[0]?.Value ?? 0) > 0;
}

async function take(on: Connection, lock: Lock): Promise<boolean> {
  return (await ask(on, 'GET_LOCK(?, 0)', lock)) === 1;
}

async function ask(on: Connection, call: string, lock: Lock): Promise<number | null> {
  const [rows] = await on.query<RowDataPacket[]>({ sql: `SELECT ${call} AS answer`, timeout: LOOK_MS * 2 }, [
    nameOf(lock),
  ]);
  const answer = rows[0]?.answer as number | string | null | undefined;
  return answer === null || answer === undefined ? null : Number(answer);
}

/** A lock's name. Names are the whole server's. */
function nameOf(lock: Lock): string {
  return `marquee.${lock}.${databaseId}`;
}
