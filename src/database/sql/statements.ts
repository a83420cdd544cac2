import { DatabaseError } from 'sequelize';
import { dialect } from '../connection-options.js';
import { slowGate, statementMs } from '../gate.js';
import { withLimit } from '../mysql-session.js';
import { interruptible } from '../embedded.js';
import { withReadConnection } from '../read-connection.js';
import { currentTransaction } from '../transaction-context.js';

/*
 * Plain SQL on the driver's own connections, as prepared statements: for the hottest reads and writes, where Sequelize
 * costs more than the database.
 */

/** The value of a placeholder. */
export type Value = string | number | Buffer | null;

/** The parts of a sqlite3 connection that this file uses. */
interface EmbeddedConnection {
  all(sql: string, values: Value[], done: Done): void;
  run(sql: string, values: Value[], done: (this: { lastID: number }, error: Error | null) => void): void;
}

/** The parts of a mysql2 connection that this file uses. */
interface ServerConnection {
  prepare(sql: string, done: (error: Error | null, statement: PreparedStatement) => void): void;
  query(sql: string, values: Value[], done: Done): void;
}

interface PreparedStatement {
  execute(values: Value[], done: Done): void;
  /** mysql2 calls it when the connection has too many statements. */
  close(): void;
}

type Done = (error: Error | null, result: unknown) => void;

/**
 * Reads plain rows: numbers, strings and nulls as the database has them, booleans as 0 and 1, times as strings where the
 * SQL casts them (`timeText`). Inside a transaction it sees that transaction's writes; outside it may read from a
 * replica, see `preferReplica`.
 * @param sql one SELECT. Each text stays prepared on its connections, so everything that varies belongs into `values`
 * @param options.indexOnly whether an index alone should answer it, without the rows. On MySQL and MariaDB such a
 *   statement is sent as text and planned on each run: MariaDB reads the rows where it runs a prepared statement again
 *   after another one has read other columns of the table on that connection, which takes ten times as long (seen with
 *   10.11.19)
 * @throws {DatabaseError} any error of the database
 */
export function select<Row>(
  sql: string,
  values: Value[] = [],
  { indexOnly = false }: { indexOnly?: boolean | undefined } = {},
): Promise<Row[]> {
  return withReadConnection((connection) =>
    indexOnly && dialect === 'mysql'
      ? promised<Row[]>(sql, (done) => (connection as ServerConnection).query(sql, values, done))
      : run<Row[]>(connection, sql, values),
  );
}

/**
 * Reads plain rows like `select`, by a statement that may take long: it waits for its turn at `slowGate` and has a time
 * limit. Inside a transaction it does neither, since others may wait for the transaction.
 * @param sql one SELECT, which begins with that word. It is planned on each run
 * @param maxMs a shorter time limit, in milliseconds
 * @throws {DatabaseError} any error of the database; {ConnectionError} where its turn does not come in time
 */
export function selectSlowly<Row>(sql: string, values: Value[] = [], maxMs = Infinity): Promise<Row[]> {
  return currentTransaction()
    ? select<Row>(sql, values, { indexOnly: true })
    : slowGate.run(() => selectPastGate<Row>(sql, values, maxMs));
}

/** Does what `selectSlowly` does for a caller that `slowGate` has let through, outside of transactions. */
export function selectPastGate<Row>(sql: string, values: Value[] = [], maxMs = Infinity): Promise<Row[]> {
  return withReadConnection((connection) => {
    const ms = Math.min(statementMs(), maxMs);
    if (dialect === 'mysql') {
      const text = withLimit(sql, ms);
      return promised<Row[]>(sql, (done) => (connection as ServerConnection).query(text, values, done));
    }
    return interruptible(connection, ms, () => run<Row[]>(connection, sql, values));
  }, slowGate);
}

/**
 * Writes within the open transaction.
 * @param sql one statement; it stays prepared as in `select`
 * @returns the id of the row that an INSERT has made
 * @throws {DatabaseError} any error of the database; {Error} outside of transactions
 */
export async function write(sql: string, values: Value[] = []): Promise<number> {
  const transaction = currentTransaction() as { connection?: unknown } | null;
  const connection = transaction?.connection;
  if (!connection) throw new Error('write needs an open transaction');
  if (dialect === 'mysql') return (await run<{ insertId: number }>(connection, sql, values)).insertId;
  return new Promise((resolve, reject) => {
    (connection as EmbeddedConnection).run(sql, values, function written(error) {
      if (error) reject(new DatabaseError(Object.assign(error, { sql })));
      else resolve(this.lastID);
    });
  });
}

function run<T>(connection: unknown, sql: string, values: Value[]): Promise<T> {
  return promised<T>(sql, (done) => {
    if (dialect === 'sqlite') (connection as EmbeddedConnection).all(sql, values, done);
    else execute(connection as ServerConnection, sql, values.map(bindable), done);
  });
}

/** Makes a promise of a driver's callback. */
function promised<T>(sql: string, call: (done: Done) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, result) => {
      if (error) reject(new DatabaseError(Object.assign(error, { sql })));
      else resolve(result as T);
    });
  });
}

/** The prepared statements of each connection. mysql2 bounds their number and calls `close` on those that it drops. */
const prepared = new WeakMap<ServerConnection, Map<string, PreparedStatement>>();

/** Does what mysql2's `execute` does, with a cheaper lookup of the prepared statement. */
function execute(connection: ServerConnection, sql: string, values: Value[], done: Done): void {
  let statements = prepared.get(connection);
  if (!statements) {
    statements = new Map();
    prepared.set(connection, statements);
  }
  const known = statements.get(sql);
  if (known) {
    known.execute(values, done);
    return;
  }
  connection.prepare(sql, (error, statement) => {
    if (error) {
      done(error, null);
      return;
    }
    statements.set(sql, statement);
    const close = statement.close.bind(statement);
    statement.close = () => {
      statements.delete(sql);
      close();
    };
    statement.execute(values, done);
  });
}

/** Binds integers as strings: mysql2 sends every number as a double, which MySQL 8 refuses behind LIMIT. */
function bindable(value: Value): Value {
  return Number.isInteger(value) ? String(value) : value;
}
