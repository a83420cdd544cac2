import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { MysqlAddress } from '../addresses/database.js';
import { log } from '../log.js';
import { explainConnectionError } from './connection-advice.js';
import { primaryAddress } from './connection-options.js';
import { migrations } from './migrations.js';
import { openMysqlConnection } from './mysql-connection.js';

/** How long the database may take to answer, in milliseconds: whoever asks has an answer within a second. */
const PROBE_MS = 800;
/** How long an answer stays good where the next one is late, in milliseconds: being busy for a moment is no outage. */
const KNOWN_MS = 3_000;

/** The connection of the probes: one of the pool may come late, or never. The embedded database has no pool. */
let connection: Connection | null = null;
let running: Promise<string | null> | null = null;
/** Whether the last probe failed, which is logged once. */
let isAway = false;
/** When the database last answered that this process can serve, by `performance.now`. */
let fine = -Infinity;

/** The database has not answered in time. */
class Late extends Error {
  override message = 'it does not answer in time';
}

/**
 * Asks the database whether this process can serve. Those who ask at once share an answer.
 * @returns the reason why it cannot, or null; within a second, whatever the database does
 */
export function findObstacle(): Promise<string | null> {
  running ??= probe().finally(() => {
    running = null;
  });
  return running;
}

/** Closes the connection of the probes. */
export function closeProbe(): void {
  connection?.destroy();
  connection = null;
}

async function probe(): Promise<string | null> {
  try {
    const pending = await withinTime(primaryAddress ? pendingOn(primaryAddress) : migrations.pending());
    if (isAway) log.info('the database answers again');
    isAway = false;
    if (pending.length > 0) return `${pending.length} migrations are pending`;
    fine = performance.now();
    return null;
  } catch (error) {
    if (error instanceof Late && performance.now() - fine < KNOWN_MS) return null;
    closeProbe();
    if (!isAway) log.warn({ reason: explainConnectionError(error as Error) }, 'the database does not answer');
    isAway = true;
    return 'the database does not answer';
  }
}

/** The migrations that have not run, asked on the connection of the probes. */
async function pendingOn(address: MysqlAddress): Promise<string[]> {
  const kept = connection;
  const names = await recordedNames(kept ?? (await open(address))).catch(async (error: unknown) => {
    if (!kept || !(error as { fatal?: boolean }).fatal) throw error;
    // The server has ended it, such as by a restart.
    return recordedNames(await open(address));
  });
  return migrations.pending(names);
}

async function open(address: MysqlAddress): Promise<Connection> {
  const opened = await openMysqlConnection(address, { connectTimeout: PROBE_MS });
  connection?.destroy();
  connection = opened;
  return opened;
}

async function recordedNames(on: Connection): Promise<string[]> {
  const [tables] = await on.query<RowDataPacket[]>('SHOW TABLES LIKE ?', [migrations.record]);
  if (tables.length === 0) return [];
  const [rows] = await on.query<RowDataPacket[]>('SELECT name FROM ??', [migrations.record]);
  return rows.map(({ name }) => name as string);
}

async function withinTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Late()), PROBE_MS);
  });
  // The error of an answer that comes late is nobody's.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
