import { expect } from 'chai';
import { addCatalogue, addUsers } from '../../bench/fill.js';
import { dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { asUser } from '../support/clients.js';
import {
  growingInMysql,
  growingInSqlite,
  mysqlPlan,
  sqlitePlan,
  type Statement,
  statementsOf,
} from '../support/plans.js';

describe('the plans of /account/saved/', () => {
  it('walk the links of saved movies, and none of the movies, in the order in which they were saved', async () => {
    await addUsers(3);
    await addCatalogue(2, 1_500);
    const client = await asUser({ username: 'owner', email: 'owner@example.org' });
    for (const [user, movies] of [
      [1, 1_500],
      [client.user.id, 400],
    ]) {
      await sequelize.query(`INSERT INTO saved_movies (user_id, watchlist_id, created)
        SELECT ${user}, id, '2026-01-01 00:00:00.000' FROM watch_lists WHERE id <= ${movies} ORDER BY id * 7919 % 1009`);
    }
    if (dialect === 'mysql') await sequelize.query('ANALYZE TABLE watch_lists, saved_movies');
    const list = '/account/saved/';
    const { next } = (await client.get(`${list}?cursor=`)).body;
    const second = next.slice(new URL(next).origin.length);
    for (const path of [list, `${list}?ordering=saved`, `${list}?page=15`, `${list}?limit=5`, second]) {
      const [sql, values] = (await statementsOf(path, client)).find(([text]) =>
        text.includes('link.id'),
      ) as Statement;
      if (dialect === 'sqlite') {
        const plan = await sqlitePlan([sql, values]);
        expect(growingInSqlite(plan, {}), path).to.deep.equal([]);
        const details = plan.map(({ detail }) => detail).join('; ');
        expect(details, path).to.match(/SEARCH link USING COVERING INDEX saved_movies_user_id \(user_id=\?/);
        expect(details, path).to.match(/SEARCH record USING INTEGER PRIMARY KEY/);
      } else {
        const plan = await mysqlPlan([sql, values]);
        expect(growingInMysql(plan, {}), `${path}\n${sql}`).to.deep.equal([]);
        const walked = plan.find(({ key }) => key === 'saved_movies_user_id');
        expect(walked?.Extra, `${path}\n${JSON.stringify(plan)}`).to.match(/Using index/);
        expect(plan.find(({ table }) => table === 'record')?.type, path).to.equal('eq_ref');
      }
    }
  }).timeout(60_000);
});
