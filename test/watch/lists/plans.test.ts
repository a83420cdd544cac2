import { expect } from 'chai';
import { addCatalogue, addUsers, addZipfReviews } from '../../../bench/fill.js';
import { dialect } from '../../../src/database/connection-options.js';
import { sequelize } from '../../../src/database/database.js';
import { transaction } from '../../../src/database/transactions.js';
import { indexMovies, queueForgotten } from '../../../src/search/indexing.js';
import { anonymous } from '../../support/clients.js';
import {
  growingInMysql,
  growingInSqlite,
  type Allowed,
  mysqlPlan,
  type Statement,
  sqlitePlan,
  statementsOf,
} from '../../support/plans.js';

/** The bytes of an integer in an index entry: here of a count, and of an id. */
const INT_BYTES = 4;

const LIST = '/watch/watchlist/';
const ORDERS = ['title', '-created', '-avg_rating', '-number_rating', '-weighted_rating'];
const REVIEW_ORDERS = ['id', '-created', '-update', '-rating', '-helpful', 'helpful'];

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
  ['/watch/reviews/?username=user7&ordering=-helpful'],
  ['/watch/reviews/?username=user7&ordering=-helpful&page=3&page_size=1'],
  ['/watch/reviews/?username=user7&ordering=helpful&cursor='],
  ['/watch/users/user7/'],
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
            ? growingInSqlite(await sqlitePlan([sql, values]), allowed)
            : growingInMysql(await mysqlPlan([sql, values]), allowed);
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
        const plan = await sqlitePlan([sql, values]);
        expect(plan.map(({ detail }) => detail).join('; '), query).to.match(/\(title_key[<>]\?\)/);
      } else {
        const plan = await mysqlPlan([sql, values]);
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
        const plan = await sqlitePlan([sql, values]);
        expect(plan[0]?.detail, ordering).to.match(/\(number_rating,rowid\)[<>]\(\?,\?\)/);
      } else {
        const [step] = await mysqlPlan([sql, values]);
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
            const plan = await sqlitePlan([sql, values]);
            const details = plan.map(({ detail }) => detail).join('; ');
            expect(details, path).to.include(`INDEX ${index} (platform_id=?`);
            expect(details, path).not.to.include('TEMP B-TREE');
          } else {
            const plan = await mysqlPlan([sql, values]);
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
