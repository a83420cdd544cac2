import { expect } from 'chai';
import { addCatalogue } from '../../../bench/fill.js';
import { addDetails } from '../../../bench/fill-details.js';
import { dialect } from '../../../src/database/connection-options.js';
import { sequelize } from '../../../src/database/database.js';
import {
  mysqlPlan,
  type MysqlStep,
  sqlitePlan,
  type SqliteStep,
  type Statement,
  statementsOf,
} from '../../support/plans.js';

/** More than are sorted: a filter that most of them meet is checked on a walk in the order of the list. */
const MOVIES = 11_000;

/** Filters of few movies and of most, and the index that finds them. The number of movies of a genre is stored. */
const FILTERS: [query: string, index: string, many?: 'many'][] = [
  ['genre=crime', 'watch_list_genres_genre_id'],
  ['genre=film+noir', 'watch_list_genres_genre_id'],
  ['genre=everything', 'watch_list_genres_genre_id', 'many'],
  ['year=1995', 'watch_lists_year'],
  ['year__gte=1990&year__lte=1999', 'watch_lists_year'],
  ['year__gte=1921', 'watch_lists_year', 'many'],
  ['kind=show', 'watch_lists_kind'],
  ['kind=movie', 'watch_lists_kind', 'many'],
  ['runtime__gte=90&runtime__lte=95', 'watch_lists_runtime'],
  ['runtime__gte=61', 'watch_lists_runtime', 'many'],
  ['imdb_id=tt1000007', 'watch_lists_imdb_id'],
];

/** Orders, and the index of each. */
const ORDERS: [ordering: string, index: string][] = [
  ['id', 'PRIMARY'],
  ['-weighted_rating', 'watch_lists_weighted_rating'],
  ['-year', 'watch_lists_year_desc'],
];

/** Whether a statement counts the movies that a filter finds. Where they are most, MariaDB may scan a table that is small. */
const counts = (sql: string) => sql.startsWith('SELECT (SELECT COUNT');

/** Whether a statement sorts only so many rows as it first finds. */
const sortsFew = (sql: string) => /LIMIT 10000\) AS found/.test(sql);

/** The steps of a MySQL plan that read more rows than the filter or the page has, or sort many. */
function costlyInMysql(plan: MysqlStep[], sql: string, order: string): MysqlStep[] {
  return plan.filter(({ table, type, key, Extra }) => {
    const isSorted = /filesort|temporary/.test(Extra) && !sortsFew(sql);
    // Platforms, whose counts are summed, are few.
    const isOurs = table !== null && !table.startsWith('<') && table !== 'stream_platforms';
    return isSorted || (isOurs && (type === 'ALL' || (type === 'index' && key !== order)));
  });
}

/** The same for a SQLite plan. */
function costlyInSqlite(plan: SqliteStep[], sql: string, order: string): SqliteStep[] {
  return plan.filter(({ detail }) => {
    if (/TEMP B-TREE/.test(detail)) return !sortsFew(sql);
    if (!/^SCAN (?!CONSTANT|found|page)/.test(detail)) return false;
    return order === 'PRIMARY' ? detail !== 'SCAN record' : !detail.endsWith(`USING INDEX ${order}`);
  });
}

/** What is wrong with the plan of a statement, and the indexes that it reads. */
async function judge(statement: Statement, order: string): Promise<{ costly: object[]; indexes: string }> {
  const [sql] = statement;
  if (dialect === 'sqlite') {
    const plan = await sqlitePlan(statement);
    return { costly: costlyInSqlite(plan, sql, order), indexes: plan.map(({ detail }) => detail).join('\n') };
  }
  const plan = await mysqlPlan(statement);
  return { costly: costlyInMysql(plan, sql, order), indexes: plan.map(({ key }) => key).join('\n') };
}

describe('plans of the filters by details', () => {
  it('find the movies by the index of the filter, or walk the list in its order where they are most', async () => {
    await addCatalogue(20, MOVIES);
    await addDetails(MOVIES);
    await sequelize.query("UPDATE watch_lists SET kind = 'movie' WHERE id % 30 <> 0");
    await sequelize.query(
      `INSERT INTO genres (id, name, name_key, watchlist_count) VALUES (99, 'Everything', 'everything', ${MOVIES})`,
    );
    await sequelize.query(
      'INSERT INTO watch_list_genres (watchlist_id, genre_id) SELECT id, 99 FROM watch_lists',
    );
    await sequelize.query(
      "UPDATE watch_lists SET genre_ids = CASE genre_ids WHEN '' THEN '99' ELSE CONCAT(genre_ids, ',99') END",
    );
    if (dialect === 'mysql') await sequelize.query('ANALYZE TABLE watch_lists, watch_list_genres, genres');
    for (const [filter, index, many] of FILTERS) {
      for (const [ordering, order] of ORDERS) {
        const path = `/watch/watchlist/?${filter}&ordering=${ordering}`;
        const statements = await statementsOf(path);
        expect(statements.map(([sql]) => sql).some(sortsFew), path).to.equal(!many);
        let read = '';
        for (const statement of statements) {
          const { costly, indexes } = await judge(statement, order);
          if (!many || !counts(statement[0])) expect(costly, `${path}\n${statement[0]}`).to.deep.equal([]);
          read += indexes;
        }
        if (!many) expect(read, path).to.contain(index);
        else
          expect(read, path).to.contain(order === 'PRIMARY' && dialect === 'sqlite' ? 'SCAN record' : order);
      }
    }
  }).timeout(120_000);
});
