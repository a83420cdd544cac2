import { expect } from 'chai';
import { addCatalogue, addUsers, addZipfReviews } from '../../../bench/fill.js';
import { dialect } from '../../../src/database/connection-options.js';
import { sequelize } from '../../../src/database/database.js';
import { transaction } from '../../../src/database/transactions.js';
import { indexMovies, queueForgotten } from '../../../src/search/indexing.js';
import { select, type Value } from '../../../src/database/sql/statements.js';
import { anonymous } from '../../support/clients.js';

/** The parts of the drivers' connections that the application reads rows with: sqlite3's `all`, mysql2's commands. */
type Reading = (statement: string | Command, ...rest: unknown[]) => unknown;
type Statement = [sql: string, values: Value[]];

/** A MySQL command: with the prepared statement that it runs, or with its text, the values included. */
interface Command {
  statement?: { query: string };
  sql?: string;
  values: Value[];
}

/** The text of a statement without its time limit. */
const bare = (sql = '') =>
  sql.replace(/^SET STATEMENT \S+ = \S+ FOR /, '').replace(/^SELECT \/\*.*?\*\//, 'SELECT');

/** The statements that the application runs to answer these requests. */
async function statementsOf(path: string): Promise<Statement[]> {
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
      else if (bare(sent.sql).startsWith('SELECT record')) seen.push([bare(sent.sql), []]);
      return send.call(connection, sent, ...rest);
    };
    return connection;
  };
  try {
    const { status, text } = await anonymous.get(path);
    expect(status, text).to.equal(200);
  } finally {
    connectionManager.getConnection = connect;
    undo.toReversed().forEach((put) => put());
  }
  return seen;
}

interface MysqlStep {
  select_type: string;
  table: string | null;
  type: string;
  key: string | null;
  key_len: string | null;
  Extra: string;
}

/** The steps of a MySQL plan whose cost grows with the tables while the result does not. */
function growingInMysql(plan: MysqlStep[], { searching }: Allowed): MysqlStep[] {
  return plan.filter(({ select_type, table, type, Extra }) => {
    // A page from a subquery, or a lookup by key that finds no row.
    if (table === null || table.startsWith('<')) return false;
    // The sum of the platforms' counts: platforms stay few when movies grow.
    if (table === 'stream_platforms') return false;
    // Few found movies, by their ids.
    if (type === 'range' && searching) return false;
    const scanned = type === 'ALL' || (select_type === 'SUBQUERY' && type === 'index');
    return scanned || /filesort|temporary/.test(Extra);
  });
}

/** MySQL's own format is a setting of the server, and by default a tree. */
const explain = (sql: string) => `EXPLAIN FORMAT=TRADITIONAL ${sql}`;

interface SqliteStep {
  id: number;
  parent: number;
  detail: string;
}

/** The same for a SQLite plan. */
function growingInSqlite(plan: SqliteStep[], { searching }: Allowed): SqliteStep[] {
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

/** The bytes of an integer in an index entry: here of a count, and of an id. */
const INT_BYTES = 4;

/** The steps that a list may take although their cost grows. */
interface Allowed {
  /** Sorts the matches of a search. */
  searching?: boolean;
}

const LIST = '/watch/watchlist/';
const ORDERS = ['title', '-created', '-avg_rating', '-number_rating', '-weighted_rating'];
const REVIEW_ORDERS = ['id', '-created', '-update', '-rating'];

const HOT: [path: string, allowed?: Allowed][] = [
  [`${LIST}7/`],
  [LIST],
  [`${LIST}?page=70`],
  [`${LIST}?cursor=`],
  ...ORDERS.map((order): [string] => [`${LIST}?ordering=${order}`]),
  ...['id', ...ORDERS].map((order): [string] => [`${LIST}?platform=3&ordering=${order}`]),
  ...['id', ...ORDERS].map((order): [string] => [`${LIST}?active=true&ordering=${order}`]),
  ...['id', ...ORDERS].map((order): [string] => [`${LIST}?platform=3&active=true&ordering=${order}`]),
  [`${LIST}?search=silver+garden`, { searching: true }],
  [`${LIST}?search=silver`, { searching: dialect === 'sqlite' }],
  ...REVIEW_ORDERS.map((order): [string] => [`/watch/1/review/?ordering=${order}`]),
  ['/watch/1/review/?page=30'],
  ['/watch/1/review/?cursor='],
  ['/watch/reviews/?username=user7'],
  ['/watch/platformlist/3/'],
];

describe('plans of the hot reads', () => {
  it('neither scan nor sort a table that grows', async () => {
    await addUsers(800);
    await addCatalogue(20, 1_500);
    await transaction(() => addZipfReviews(1_500, 800, 2_400));
    await queueForgotten();
    await indexMovies();
    if (dialect === 'mysql') {
      const tables = 'users, stream_platforms, watch_lists, reviews, watch_list_postings';
      await sequelize.query(`ANALYZE TABLE ${tables}`);
    }
    const { body } = await anonymous.get('/watch/2/review/');
    const detail: [string] = [`/watch/review/${body.results[0].id}/`];
    for (const [path, allowed = {}] of [...HOT, detail]) {
      const statements = await statementsOf(path);
      expect(statements, path).not.to.have.length(0);
      for (const [sql, values] of statements) {
        const growing =
          dialect === 'sqlite'
            ? growingInSqlite(await select<SqliteStep>(`EXPLAIN QUERY PLAN ${sql}`, values), allowed)
            : growingInMysql(await select<MysqlStep>(explain(sql), values), allowed);
        expect(growing, `${path}\n${sql}`).to.deep.equal([]);
      }
    }
  }).timeout(60_000);

  it('sort by further columns only what the first one puts on the page', async () => {
    await addCatalogue(1, 1_500);
    if (dialect === 'mysql') await sequelize.query('ANALYZE TABLE watch_lists');
    for (const query of [
      'ordering=title,-created',
      'ordering=-title,created&cursor=',
      'ordering=title,created&page=9',
    ]) {
      const [sql, values] = (await statementsOf(`${LIST}?${query}`)).at(-1) as Statement;
      if (dialect === 'sqlite') {
        const plan = await select<SqliteStep>(`EXPLAIN QUERY PLAN ${sql}`, values);
        expect(plan.map(({ detail }) => detail).join('; '), query).to.match(/\(title_key[<>]\?\)/);
      } else {
        const plan = await select<MysqlStep>(explain(sql), values);
        expect(
          plan.filter(({ table }) => table === 'record').map(({ type }) => type),
          query,
        ).to.contain('range');
      }
    }
  });

  it('begin where a cursor points, however many rows have the same value', async () => {
    await addCatalogue(1, 1_500);
    if (dialect === 'mysql') await sequelize.query('ANALYZE TABLE watch_lists');
    for (const ordering of ['number_rating', '-number_rating']) {
      const { body } = await anonymous.get(`${LIST}?cursor=&ordering=${ordering}`);
      const { pathname, search } = new URL(body.next);
      const [[sql, values] = ['', []]] = await statementsOf(pathname + search);
      if (dialect === 'sqlite') {
        const plan = await select<SqliteStep>(`EXPLAIN QUERY PLAN ${sql}`, values);
        expect(plan[0]?.detail, ordering).to.match(/\(number_rating,rowid\)[<>]\(\?,\?\)/);
      } else {
        const [step] = await select<MysqlStep>(explain(sql), values);
        expect(step, ordering).to.include({ type: 'range', key_len: String(INT_BYTES * 2) });
      }
    }
  });

  it('go through the index of a platform that has few movies, all of them at the end', async () => {
    await addCatalogue(2, 1_500);
    const last = await anonymous.get(`${LIST}?ordering=-id`);
    const few = `id > ${last.body.results[0].id - 30}`;
    await sequelize.query(`UPDATE watch_lists SET platform_id = 1 WHERE NOT ${few}`);
    await sequelize.query(`UPDATE watch_lists SET platform_id = 2 WHERE ${few}`);
    if (dialect === 'mysql') await sequelize.query('ANALYZE TABLE watch_lists, stream_platforms');
    for (const platform of [1, 2]) {
      for (const order of ['id', '-id', ...ORDERS]) {
        const list = `${LIST}?platform=${platform}&page_size=10&ordering=${order}`;
        // The parameter keeps the answer apart in the response cache.
        const { next } = (await anonymous.get(`${list}&apart=1&cursor=`)).body;
        const afterFirst = next.slice(new URL(next).origin.length);
        for (const path of [list, `${list}&active=true`, `${list}&page=3`, `${list}&cursor=`, afterFirst]) {
          const [sql, values] = (await statementsOf(path)).at(-1) as Statement;
          const index = `watch_lists_platform_${order.replace('-', '')}`;
          if (dialect === 'sqlite') {
            const plan = await select<SqliteStep>(`EXPLAIN QUERY PLAN ${sql}`, values);
            const details = plan.map(({ detail }) => detail).join('; ');
            expect(details, path).to.include(`INDEX ${index} (platform_id=?`);
            expect(details, path).not.to.include('TEMP B-TREE');
          } else {
            const plan = await select<MysqlStep>(explain(sql), values);
            const read = plan.find(({ key }) => key === index);
            expect(read, `${path}\n${JSON.stringify(plan)}`).not.to.equal(undefined);
            expect(read?.type, path).to.be.oneOf(path === afterFirst ? ['range'] : ['ref', 'range']);
            expect(read?.Extra ?? '', path).not.to.match(/filesort|temporary/);
          }
        }
      }
    }
  }).timeout(60_000);
});
