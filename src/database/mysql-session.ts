import { config } from '../config.js';

/*
 * How a connection to MySQL or MariaDB is set up, and how long it may take: whoever waits for the database waits for a
 * bounded time.
 */

const MS_PER_SECOND = 1_000;

/** How long a server may take to let a connection in, in milliseconds. */
export const CONNECT_MS = 5_000;

/** What a client waits beyond the server's own limit before it takes the connection for dead, in milliseconds. */
const BELT_MS = 2_000;

/** What of a mysql2 connection is used here. */
export interface Connection {
  promise(): { query(sql: string): Promise<[unknown, unknown]> };
  /** What every statement goes through. */
  addCommand(command: Command): Command;
  stream: { destroy(error: Error): void };
}

interface Command {
  once(event: 'end', listener: () => void): unknown;
}

/** The seconds that a statement of this process may take; none where it may take for ever. */
let seconds: number | null = config.DATABASE_TIMEOUT_SECONDS;

/** Lets the statements of this process take as long as they need: for commands, which go through whole tables. */
export function allowLongStatements(): void {
  seconds = null;
}

/** The connections on which statements may take as long as they need for now. */
const patient = new WeakSet<Connection>();

/** How the server of each connection spells its limit. */
const limits = new WeakMap<Connection, (seconds: number) => string>();

/**
 * Readies a new connection for the application: levels, modes and limits of time, each as this server spells it.
 * @throws whatever the server answers
 */
export async function setUpSession(connection: Connection): Promise<void> {
  watch(connection);
  const session = connection.promise();
  // Gap locks of the default level would make reviewers of neighbouring movies deadlock.
  await session.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
  const modes =
    "time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'";
  if (seconds === null) {
    await session.query(`SET SESSION ${modes}`);
    return;
  }
  const [rows] = await session.query('SELECT VERSION() AS version');
  const [{ version }] = rows as [{ version: string }];
  const limit = /mariadb/i.test(version) ? ofAnyStatement : ofSelect;
  limits.set(connection, limit);
  await session.query(`SET SESSION ${modes}, innodb_lock_wait_timeout = ${seconds}, ${limit(seconds)}`);
}

const ofAnyStatement = (limit: number) => `max_statement_time = ${limit}`;
/** MySQL limits what reads only: writers are held to the time that they may wait for a lock, and by `watch`. */
const ofSelect = (limit: number) => `max_execution_time = ${limit * MS_PER_SECOND}`;

/**
 * Lets the statements of `work` take as long as they need.
 * @param connection that of the transaction which the work runs in
 */
export async function withoutLimit<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  const limit = limits.get(connection);
  if (seconds === null || !limit || patient.has(connection)) return work();
  const session = connection.promise();
  await session.query(`SET SESSION ${limit(0)}`);
  patient.add(connection);
  try {
    return await work();
  } finally {
    patient.delete(connection);
    // Where even this fails the connection is gone, and the work's own error says so.
    await session.query(`SET SESSION ${limit(seconds)}`).catch(() => undefined);
  }
}

/**
 * Gives up a connection whose server does not answer a statement at all: one that hangs, or is out of reach, keeps no
 * limit of its own. The statement fails with `ETIMEDOUT`, and the pool lets go of the connection.
 */
function watch(connection: Connection): void {
  const add = connection.addCommand.bind(connection);
  connection.addCommand = (command) => {
    if (seconds === null || patient.has(connection)) return add(command);
    const waited = seconds * MS_PER_SECOND + BELT_MS;
    const timer = setTimeout(() => {
      const error = new Error(`the database has not answered for ${waited} ms`);
      connection.stream.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
    }, waited).unref();
    command.once('end', () => clearTimeout(timer));
    return add(command);
  };
}
