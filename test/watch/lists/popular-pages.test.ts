import { expect } from 'chai';
import { addCatalogue } from '../../../bench/fill.js';
import { dialect } from '../../../src/database/connection-options.js';
import { sequelize } from '../../../src/database/database.js';
import { WatchList } from '../../../src/models/watch-list.js';
import { indexMovies, queueForgotten } from '../../../src/search/indexing.js';
import { anonymous } from '../../support/clients.js';
import { statementsOf } from '../../support/plans.js';

const MOVIES = 1_500;
/** Ids so high that a set of them is large as a value of a statement. */
const HIGHEST = 70_000;
const SEARCH = '/watch/watchlist/?search=story';

const idsAt = async (path: string): Promise<number[]> =>
  ((await anonymous.get(path)).body.results as { id: number }[]).map(({ id }) => id);

if (dialect === 'mysql') {
  describe('pages by relevance of a common word among many movies', () => {
    it('are in order, by whichever way they are found', async () => {
      await addCatalogue(2, MOVIES);
      await sequelize.query(`UPDATE watch_lists SET id = id + ${HIGHEST - MOVIES} ORDER BY id DESC`);
      await sequelize.query('UPDATE watch_lists SET number_rating = (id * 7919) % 11');
      // The word is in no storyline of these, so that it does not find them.
      await sequelize.query("UPDATE watch_lists SET search_text = 'mqother' WHERE id % 3 = 0");
      await queueForgotten();
      await indexMovies();
      const found = (await WatchList.findAll({ attributes: ['id', 'number_rating'] })).filter(
        ({ id }) => id % 3 !== 0,
      );
      const best = found
        .toSorted((a, b) => b.number_rating - a.number_rating || a.id - b.id)
        .map(({ id }) => id);

      const statements = await statementsOf(`${SEARCH}&apart=1`);
      for (const [sql] of statements) expect(sql).not.to.contain('AS BINARY');
      for (const page of [1, 2, 3]) {
        expect(await idsAt(`${SEARCH}&page=${page}`)).to.deep.equal(best.slice(20 * (page - 1), 20 * page));
      }
      expect(await idsAt(`${SEARCH}&ordering=relevance`)).to.deep.equal(best.toReversed().slice(0, 20));
      expect((await anonymous.get(SEARCH)).body.count).to.equal(best.length);

      expect(await idsAt(`${SEARCH}&page=40`)).to.deep.equal(best.slice(780, 800));
      const statement = (await statementsOf(`${SEARCH}&page=39`)).find(([sql]) => sql.includes('AS BINARY'));
      expect(statement, 'the set').not.to.equal(undefined);
      expect(await idsAt(`${SEARCH}&active=true`)).to.deep.equal(best.slice(0, 20));

      const seen: number[] = [];
      let path = `${SEARCH}&cursor=&page_size=100`;
      while (path) {
        const { next, results } = (await anonymous.get(path)).body;
        seen.push(...(results as { id: number }[]).map(({ id }) => id));
        path = next ? next.slice(new URL(next).origin.length) : '';
      }
      expect(seen).to.deep.equal(best);

      const last = best.at(-1) as number;
      await sequelize.query('UPDATE watch_lists SET number_rating = 999 WHERE id = ?', {
        replacements: [last],
      });
      expect((await idsAt(`${SEARCH}&apart=2`))[0]).to.equal(last);
    }).timeout(60_000);
  });
}
