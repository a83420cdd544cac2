import { config } from '../config.js';
import { measureStatements } from './sql/statement-metrics.js';

/*
 * The session settings and time limits of a connection to MySQL or MariaDB. Every wait for the database is bounded.
 */

const MS_PER_SECOND = 1_000;

/** How long a server may take to accept a connection, in milliseconds. */
export const CONNECT_MS = 5_000;

/** How long beyond the server's own limit until a connection counts as dead, in milliseconds. */
const GRACE_MS = 2_000;

/** The parts of a mysql2 connection that this file uses. */
export interface Connection {
  promise(): { query(sql: string): Promise<[unknown, unknown]> };
  /** Every statement passes through it. */
  addCommand(command: Command): Command;
  stream: { destroy(error: Error): void };
}

interface Command {
  once(event: 'end', listener: () => void): unknown;
}

/** The time limit of this process's statements, in seconds; null without a limit. */
let limitSeconds: number | null = config.DATABASE_TIMEOUT_SECONDS;

/** Lifts the time limit of this process's statements: for commands, which scan whole tables. */
export function allowLongStatements(): void {
  limitSeconds = null;
}

/** Whether `allowLongStatements` was called. */
export function hasLongStatements(): boolean {
  return limitSeconds === null;
}

/** The connections whose limit is lifted by `withoutLimit`. */
const unlimited = new WeakSet<Connection>();

/** The SQL that sets the limit on each connection. */
const limitSql = new WeakMap<Connection, (seconds: number) => string>();

/** The same of the connection that was opened last. All servers of a deployment are of one kind. */
let latestLimitSql: ((seconds: number) => string) | undefined;

/**
 * Gives a statement a time limit of its own.
 * @param sql a statement that begins with SELECT
 * @param ms the limit in milliseconds; a shorter one of the session prevails
 */
export function withLimit(sql: string, ms: number): string {
  if (limitSeconds === null || !latestLimitSql || ms >= limitSeconds * MS_PER_SECOND) return sql;
  if (latestLimitSql === mariadbLimit) return `SET STATEMENT ${mariadbLimit(ms / MS_PER_SECOND)} FOR ${sql}`;
  return sql.replace(/^SELECT\b/, `SELECT /*+ MAX_EXECUTION_TIME(${ms}) */`);
}

/** `sql_select_limit` where nothing limits: DEFAULT would be the server's own setting. */
const NO_LIMIT = '18446744073709551615';

/**
 * Sets the isolation level, SQL modes and time limits of a new connection, in the syntax of its server.
 * @throws any error of the server
 */
export async function setUpSession(connection: Connection): Promise<void> {
  abortWhenSilent(connection);
  measureStatements(connection);
  const session = connection.promise();
  // The gap locks of the default level would deadlock reviewers of neighbouring movies.
  await session.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE');
  // Whatever the server's own settings are, these are the application's.
  const modes =
    "time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', " +
    `sql_safe_updates = 0, sql_select_limit = ${NO_LIMIT}, group_concat_max_len = 65536, autocommit = 1, ` +
    "foreign_key_checks = 1, unique_checks = 1, sql_big_selects = 1, default_storage_engine = 'InnoDB'";
  if (limitSeconds === null) {
    await session.query(`SET SESSION ${modes}`);
    return;
  }
  const [rows] = await session.query('SELECT VERSION() AS version');
  const [{ version }] = rows as [{ version: string }];
  const limit = /mariadb/i.test(version) ? mariadbLimit : mysqlLimit;
  limitSql.set(connection, limit);
  latestLimitSql = limit;
  const lockWait = `innodb_lock_wait_timeout = ${Math.min(limitSeconds, config.DATABASE_LOCK_SECONDS)}`;
  await session.query(`SET SESSION ${modes}, ${lockWait}, ${limit(limitSeconds)}`);
}

const mariadbLimit = (seconds: number) => `max_statement_time = ${seconds}`;
/** MySQL limits only reads. Writes are limited by their lock waits and by `abortWhenSilent`. */
const mysqlLimit = (seconds: number) => `max_execution_time = ${seconds * MS_PER_SECOND}`;

/**
 * Lifts the time limit for the statements of `work`.
 * @param connection the connection of the transaction that the work runs in
 */
export async function withoutLimit<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  const limit = limitSql.get(connection);
  if (limitSeconds === null || !limit || unlimited.has(connection)) return work();
  const session = connection.promise();
  await session.query(`SET SESSION ${limit(0)}`);
  unlimited.add(connection);
  try {
    return await work();
  } finally {
    unlimited.delete(connection);
    // Where this fails the connection is lost, and the error of `work` says so.
    await session.query(`SET SESSION ${limit(limitSeconds)}`).catch(() => undefined);
  }
}

/**
 * Closes the connection when the server does not answer a statement: one that hangs or is unreachable enforces no limit
 * itself. The statement fails with `ETIMEDOUT`, and the pool drops the connection.
 */
function abortWhenSilent(connection: Connection): void {
  const add = connection.addCommand.bind(connection);
  connection.addCommand = (command) => {
    if (limitSeconds === null || unlimited.has(connection)) return add(command);
    const waited = limitSeconds * MS_PER_SECOND + GRACE_MS;
    const timer = setTimeout(() => {
      const error = new Error(`the database has not answered for ${waited} ms`);
      connection.stream.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
    }, waited).unref();
    command.once('end', () => clearTimeout(timer));
    return add(command);
  };
}
