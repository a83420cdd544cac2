import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { select, type Value } from '../../src/database/sql/statements.js';
import { anonymous, type Client } from './clients.js';

/** The parts of the drivers' connections that the application reads rows with: sqlite3's `all`, mysql2's commands. */
type Reading = (statement: string | Command, ...rest: unknown[]) => unknown;
/** A statement with the values of its placeholders. */
export type Statement = [sql: string, values: Value[]];

/** A MySQL command: with the prepared statement that it runs, or with its text, the values included. */
interface Command {
  statement?: { query: string };
  sql?: string;
  values: Value[];
}

/** The text of a statement without its time limit. */
const bare = (sql = '') =>
  sql.replace(/^SET STATEMENT \S+ = \S+ FOR /, '').replace(/^SELECT \/\*.*?\*\//, 'SELECT');

/** The read of all genres' names, which are few; each process keeps them for seconds. */
const NAMES = /^SELECT id, name, .* FROM genres$/s;

/** The statements that the application runs to answer these requests, but for the read of the genres' names. */
export async function statementsOf(path: string, client: Client = anonymous): Promise<Statement[]> {
  const { connectionManager } = sequelize;
  const connect = connectionManager.getConnection.bind(connectionManager);
  const method = dialect === 'sqlite' ? 'all' : 'addCommand';
  const seen: Statement[] = [];
  const undo: (() => void)[] = [];
  connectionManager.getConnection = async (options) => {
    const connection = (await connect(options)) as Record<string, Reading>;
    const send = connection[method] as Reading;
    undo.push(() => (connection[method] = send));
    connection[method] = (sent, ...rest) => {
      if (typeof sent === 'string') seen.push([sent, rest[0] as Value[]]);
      else if (sent.statement) seen.push([sent.statement.query, sent.values]);
      else if (/^SELECT (?:record|\(SELECT COUNT)/.test(bare(sent.sql))) seen.push([bare(sent.sql), []]);
      return send.call(connection, sent, ...rest);
    };
    return connection;
  };
  try {
    const { status, text } = await client.get(path);
    expect(status, text).to.equal(200);
  } finally {
    connectionManager.getConnection = connect;
    undo.toReversed().forEach((put) => put());
  }
  return seen.filter(([sql]) => !NAMES.test(sql));
}

/** A step of a MySQL plan. */
export interface MysqlStep {
  select_type: string;
  table: string | null;
  type: string;
  key: string | null;
  key_len: string | null;
  Extra: string;
}

/** The steps of a MySQL plan whose cost grows with the tables while the result does not. */
export function growingInMysql(plan: MysqlStep[], { searching }: Allowed): MysqlStep[] {
  return plan.filter(({ select_type, table, type, Extra }) => {
    // A page from a subquery, or a lookup by key that finds no row.
    if (table === null || table.startsWith('<')) return false;
    // Platforms, whose counts are summed, and genres stay few when movies grow.
    if (table === 'stream_platforms' || table === 'genre') return false;
    // Few found movies, by their ids.
    if (type === 'range' && searching) return false;
    const scanned = type === 'ALL' || (select_type === 'SUBQUERY' && type === 'index');
    return scanned || /filesort|temporary/.test(Extra);
  });
}

/** The plan of a statement on MySQL and MariaDB. MySQL's own format is a setting of the server, and by default a tree. */
export const mysqlPlan = ([sql, values]: Statement): Promise<MysqlStep[]> =>
  select<MysqlStep>(`EXPLAIN FORMAT=TRADITIONAL ${sql}`, values);

/** A step of a SQLite plan. */
export interface SqliteStep {
  id: number;
  parent: number;
  detail: string;
}

/** The plan of a statement on SQLite. */
export const sqlitePlan = ([sql, values]: Statement): Promise<SqliteStep[]> =>
  select<SqliteStep>(`EXPLAIN QUERY PLAN ${sql}`, values);

/** The same for a SQLite plan. */
export function growingInSqlite(plan: SqliteStep[], { searching }: Allowed): SqliteStep[] {
  const beside = (step: SqliteStep) => plan.filter(({ parent }) => parent === step.parent);
  return plan.filter((step) => {
    const ordersPage = beside(step).some(({ detail }) => /^SCAN page\b/.test(detail));
    if (/TEMP B-TREE/.test(step.detail)) return !ordersPage && !searching;
    // Platforms, whose counts are summed, and inactive movies stay few when movies grow.
    const scanned =
      /^SCAN (?!page\b|CONSTANT|stream_platforms\b|.* watch_lists_inactive$)/.test(step.detail) &&
      !/VIRTUAL TABLE/.test(step.detail);
    const within = plan.find(({ id }) => id === step.parent)?.detail ?? '';
    return scanned && /SCALAR SUBQUERY/.test(within);
  });
}

/** The steps that a list may take although their cost grows. */
export interface Allowed {
  /** Sorts the matches of a search. */
  searching?: boolean;
}
