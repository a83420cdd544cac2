import { DatabaseError } from 'sequelize';
import { dialect } from '../connection-options.js';
import { withReadConnection } from '../read-connection.js';
import { currentTransaction } from '../transaction-context.js';

/*
 * Plain SQL on the driver's own connections, each text prepared once a connection: for what is read or written most,
 * where Sequelize's way costs more than the database's.
 */

/** What a statement is given for one of its question marks. */
export type Value = string | number | Buffer | null;

/** What of a driver's connection is used here: sqlite3's, */
interface EmbeddedConnection {
  all(sql: string, values: Value[], done: Done): void;
  run(sql: string, values: Value[], done: (this: { lastID: number }, error: Error | null) => void): void;
}

/** and mysql2's. */
interface ServerConnection {
  prepare(sql: string, done: (error: Error | null, statement: Statement) => void): void;
  query(sql: string, values: Value[], done: Done): void;
}

interface Statement {
  execute(values: Value[], done: Done): void;
  /** Called by mysql2 when the connection has too many of them. */
  close(): void;
}

type Done = (error: Error | null, result: unknown) => void;

/**
 * Reads plain rows: numbers, texts and nulls as the database has them, truths as 0 and 1, times as texts where
 * the SQL makes them such (`timeText`).
 * Within a transaction it sees what that has written; else it may read from a replica, see `preferReplica`.
 * @param sql one SELECT. Each text stays prepared on its connections, so what varies belongs into `values`
 * @throws {DatabaseError} what the database has to say against it
 */
export function select<Row>(sql: string, values: Value[] = []): Promise<Row[]> {
  return withReadConnection((connection) => run<Row[]>(connection, sql, values));
}

/**
 * Reads as `select` does, but has the statement planned anew each time: for what an index alone is to answer, row for row.
 * MariaDB reads the rows themselves where it runs a prepared statement again after another one has read other columns of
 * the table on that connection, which takes ten times as long (seen with 10.11.19).
 * @throws {DatabaseError} what the database has to say against it
 */
export function selectPlanned<Row>(sql: string, values: Value[] = []): Promise<Row[]> {
  if (dialect === 'sqlite') return select<Row>(sql, values);
  return withReadConnection((connection) =>
    promised<Row[]>(sql, (done) => (connection as ServerConnection).query(sql, values, done)),
  );
}

/**
 * Writes within the open transaction.
 * @param sql one statement, of which the same holds
 * @returns the id of the row that an INSERT has made
 * @throws {DatabaseError} what the database has to say against it; {Error} outside of transactions
 */
export async function write(sql: string, values: Value[] = []): Promise<number> {
  const holder = currentTransaction() as { connection?: unknown } | null;
  const connection = holder?.connection;
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
    else execute(connection as ServerConnection, sql, values.map(sent), done);
  });
}

/** What a driver's call gives. */
function promised<T>(sql: string, call: (done: Done) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, result) => {
      if (error) reject(new DatabaseError(Object.assign(error, { sql })));
      else resolve(result as T);
    });
  });
}

/** The statements that each connection has prepared; mysql2 bounds their number, and says when it closes one. */
const prepared = new WeakMap<ServerConnection, Map<string, Statement>>();

/** As mysql2's `execute`, which goes a long way to find a statement that was prepared before. */
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

/** MySQL 8 takes no floating-point number behind LIMIT, and that is what mysql2 makes of every number. */
function sent(value: Value): Value {
  return Number.isInteger(value) ? String(value) : value;
}
