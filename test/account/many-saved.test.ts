import { expect } from 'chai';
import { addCatalogue } from '../../bench/fill.js';
import { sequelize } from '../../src/database/database.js';
import { asUser, type UserClient } from '../support/clients.js';
import { idsOf, walk, withQuery } from '../support/lists.js';

const LIST = '/account/saved/';
const MOVIES = 2_600;
/** More than are sorted. */
const SAVED = 2_100;

describe('a list of many saved movies', function many() {
  this.timeout(60_000);
  let client: UserClient;
  let inOrder: { id: number; title: string }[];

  beforeEach(async () => {
    await addCatalogue(1, MOVIES);
    client = await asUser();
    await sequelize.query(`INSERT INTO saved_movies (user_id, watchlist_id, created)
      SELECT ${client.user.id}, id, '2026-01-01 00:00:00.000' FROM watch_lists
      WHERE id > ${MOVIES - SAVED} ORDER BY id * 7919 % 1009, id`);
    const [rows] = await sequelize.query(`SELECT movie.id, movie.title FROM saved_movies AS saved
      JOIN watch_lists AS movie ON movie.id = saved.watchlist_id ORDER BY saved.id`);
    inOrder = rows as typeof inOrder;
  });

  it('has the same pages in every order as one of few', async () => {
    const byTitle = inOrder.toSorted((a, b) => (a.title < b.title ? -1 : 1)).map(({ id }) => id);
    const byId = byTitle.toSorted((a, b) => a - b);
    const bySaved = inOrder.map(({ id }) => id);
    for (const [ordering, expected] of [
      ['-saved', bySaved.toReversed()],
      ['saved', bySaved],
      ['title', byTitle],
      ['-title', byTitle.toReversed()],
      ['id', byId],
      ['-avg_rating', byId.toReversed()],
      ['year,-id', byId.toReversed()],
    ] as const) {
      const list = withQuery(LIST, `ordering=${ordering}&page_size=100`);
      for (const page of [1, 2, 21]) {
        const answer = await client.get(`${list}&page=${page}`);
        expect(answer.body.count).to.equal(SAVED);
        expect(idsOf(answer), `${ordering} ${page}`).to.deep.equal(
          expected.slice((page - 1) * 100, page * 100),
        );
      }
      const pages = await walk(`${list}&cursor=`, 'next', client);
      expect(pages.flatMap(idsOf), ordering).to.deep.equal(expected);
    }
    expect((await client.get(`${LIST}?ordering=title&page=200`)).status).to.equal(404);
    const found = await client.get(
      `${LIST}?title=${encodeURIComponent(inOrder[0]?.title ?? '')}&ordering=title`,
    );
    expect(idsOf(found)).to.deep.equal([inOrder[0]?.id]);
  });
});
