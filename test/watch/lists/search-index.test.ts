import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { QueryTypes } from 'sequelize';
import { addCatalogue } from '../../../bench/fill.js';
import { random } from '../../../bench/scenarios.js';
import { dialect } from '../../../src/database/connection-options.js';
import { sequelize } from '../../../src/database/database.js';
import { transaction } from '../../../src/database/transactions.js';
import { StreamPlatform } from '../../../src/models/stream-platform.js';
import { WatchList } from '../../../src/models/watch-list.js';
import { indexMovies, queueForgotten } from '../../../src/search/indexing.js';
import { anonymous, asAdmin } from '../../support/clients.js';
import { makePlatform } from '../../support/factories.js';
import { idsOf, walk } from '../../support/lists.js';

const LIST = '/watch/watchlist/';
const WORDS = 'heat heath heathen he dark darkness of 9 96'.split(' ');
const SEARCHES = ['heat', 'h', 'he', 'dark of', 'darkness', '9', '96 heath', 'none', 'of he heathen'];

/** The movies that a search must find, by id. */
async function expected(search: string, where = {}): Promise<WatchList[]> {
  const movies = await WatchList.findAll({ where, order: ['id'] });
  return movies.filter(({ title, storyline }) =>
    search
      .split(' ')
      .every((word) => `${title} ${storyline}`.split(' ').some((written) => written.startsWith(word))),
  );
}

const ids = (movies: WatchList[]) => movies.map(({ id }) => id);

/** Searches in each paging style, ordering and direction, with and without filters. */
async function check(search: string): Promise<void> {
  const movies = await expected(search);
  const path = `${LIST}?search=${encodeURIComponent(search)}`;
  const first = await anonymous.get(`${path}&page_size=3&ordering=id`);
  expect(idsOf(first), search).to.deep.equal(ids(movies).slice(0, 3));
  expect(first.body.count, search).to.equal(movies.length);
  for (const style of ['page_size=3', 'limit=3', 'page_size=3&cursor=']) {
    const pages = await walk(`${path}&${style}&ordering=-id`);
    expect(pages.flatMap(idsOf), `${search} ${style}`).to.deep.equal(ids(movies).toReversed());
  }
  const byTitle = movies.toSorted((a, b) =>
    a.title_key < b.title_key ? -1 : a.title_key > b.title_key ? 1 : a.id - b.id,
  );
  for (const style of ['page_size=4', 'page_size=4&cursor=']) {
    const pages = await walk(`${path}&${style}&ordering=title`);
    expect(pages.flatMap(idsOf), `${search} by title, ${style}`).to.deep.equal(ids(byTitle));
  }
  const active = await anonymous.get(`${path}&active=true&page_size=2&ordering=id`);
  const shown = ids(await expected(search, { active: true }));
  expect(active.body.count, `${search}, active`).to.equal(shown.length);
  expect(idsOf(active)).to.deep.equal(shown.slice(0, 2));
}

/** The rows of the index. */
async function indexRows(): Promise<unknown[]> {
  if (dialect === 'sqlite') return [];
  const rows = await sequelize.query<{ word: Buffer; block: number; ids: Buffer }>(
    'SELECT word, block, ids FROM watch_list_postings ORDER BY word, block',
    { type: QueryTypes.SELECT },
  );
  return rows.map((row) => [row.word.toString(), row.block, row.ids.toString('hex')]);
}

/** Drops the index and rebuilds it from the movies. */
async function rebuild(): Promise<void> {
  if (dialect === 'mysql') {
    for (const table of ['postings', 'indexed', 'index_queue', 'title_words'].map(
      (name) => `watch_list_${name}`,
    ))
      await sequelize.query(`DELETE FROM ${table}`);
  }
  await queueForgotten();
  await indexMovies();
}

/** Indexes all movies, then expects every search to be right and the index to equal a rebuilt one, row by row. */
async function expectIndexed(): Promise<void> {
  await indexMovies();
  for (const search of SEARCHES) await check(search);
  const kept = await indexRows();
  await rebuild();
  expect(kept).to.deep.equal(await indexRows());
}

describe('the full-text index', () => {
  it('finds the current movies after any write, indexed or not', async () => {
    const next = random(7);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
    const text = () => Array.from({ length: 1 + Math.floor(next() * 4) }, () => pick(WORDS)).join(' ');
    const platforms = [await makePlatform(), await makePlatform()];
    const movie = () => ({
      title: text(),
      storyline: text(),
      platform_id: pick(platforms).id,
      active: next() < 0.5,
    });
    const client = await asAdmin();
    const any = async () => pick(await WatchList.findAll());
    const steps = [
      () => WatchList.create(movie()),
      () => WatchList.bulkCreate(Array.from({ length: 5 }, movie)),
      async () => client.patch(`${LIST}${(await any()).id}/`, { title: text() }),
      async () => client.patch(`${LIST}${(await any()).id}/`, { active: true }),
      async () => (await any()).update({ storyline: text() }, { fields: ['storyline'] }),
      async () => {
        const { id } = await any();
        const [older, partial] = [
          await WatchList.findByPk(id),
          await WatchList.findByPk(id, { attributes: ['id'] }),
        ];
        await WatchList.update({ title: text() }, { where: { id } });
        await older?.update({ storyline: text() });
        await partial?.update({ title: text() });
      },
      async () => client.delete(`${LIST}${(await any()).id}/`),
      async () =>
        WatchList.update({ title: text() }, { where: { id: [(await any()).id, (await any()).id] } }),
      async () => {
        const undone = transaction(async () => {
          await WatchList.create(movie());
          await (await any()).update({ title: text() });
          throw new Error('undone');
        });
        await undone.catch(() => {});
      },
      indexMovies,
      indexMovies,
    ];
    await WatchList.bulkCreate(Array.from({ length: 12 }, movie));
    for (let step = 0; step < 40; step += 1) {
      await pick(steps)();
      await check(pick(SEARCHES));
    }
    await StreamPlatform.destroy({ where: { id: (platforms[0] as StreamPlatform).id } });
    for (const search of SEARCHES) await check(search);
    await expectIndexed();
  }).timeout(60_000);

  it('stays exact under concurrent writers and indexers', async () => {
    const { id: platform_id } = await makePlatform();
    const made = await WatchList.bulkCreate(
      Array.from({ length: 40 }, (_, index) => ({
        title: `${WORDS[index % WORDS.length]}`,
        storyline: 'at first',
        platform_id,
      })),
    );
    const still = { writing: true };
    const indexers = Array.from({ length: 3 }, async () => {
      while (still.writing) {
        await indexMovies();
        await nextTurn();
      }
    });
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let step = 0; step < 50; step += 1) {
        const { id } = made[(writer * 7 + step * 11) % made.length] as WatchList;
        const title = WORDS.slice(step % WORDS.length, (step % WORDS.length) + 3).join(' ');
        if (step % 10 === 9) await WatchList.destroy({ where: { id } });
        else if (step % 10 === 4) await WatchList.create({ title, storyline: 'later', platform_id });
        else await WatchList.update({ title }, { where: { id } });
      }
    });
    await Promise.all(writers);
    for (const search of SEARCHES) await check(search);
    still.writing = false;
    await Promise.all(indexers);
    await expectIndexed();
  }).timeout(60_000);

  it('finds thousands of movies, and raw writes once they were queued', async () => {
    await addCatalogue(3, 9_000);
    await queueForgotten();
    await indexMovies();
    const counted = async (query: string) => {
      const answer = await anonymous.get(`${LIST}?page_size=3&${query}`);
      return [answer.body.count, ...idsOf(answer)];
    };
    expect(await counted('search=story')).to.deep.equal([9_000, 1, 2, 3]);
    expect(await counted('search=story&page=3000')).to.deep.equal([9_000, 8_998, 8_999, 9_000]);
    expect(await counted('search=story&limit=2&offset=8999')).to.deep.equal([9_000, 9_000]);
    expect(await counted('search=story&ordering=-created')).to.deep.equal([9_000, 9_000, 8_999, 8_998]);
    expect(await counted('search=story&platform=1&ordering=-id')).to.deep.equal([3_000, 9_000, 8_997, 8_994]);
    // Movie n has the first word n % 12, and the second one n / 12 % 12.
    expect(await counted('search=silver')).to.deep.equal([750, 12, 24, 36]);
    expect(await counted('search=silver+garden')).to.deep.equal([63, 12, 156, 300]);
    expect(await counted('search=story+8999')).to.deep.equal([1, 8_999]);
    const pages = await walk(`${LIST}?search=story&ordering=-title&page_size=100&cursor=`);
    expect(new Set(pages.flatMap(idsOf)).size).to.equal(9_000);

    await WatchList.destroy({ where: { id: 12 } });
    await WatchList.update({ title: 'Changed' }, { where: { id: 156 } });
    expect(await counted('search=silver+garden&ordering=id')).to.deep.equal([62, 156, 300, 444]);
    await indexMovies();
    expect(await counted('search=silver+garden')).to.deep.equal([62, 300, 444, 588]);
    expect(await counted('search=silver+garden&ordering=relevance')).to.deep.equal([62, 156, 8_940, 8_796]);
    if (dialect === 'sqlite') return;
    await sequelize.query("UPDATE watch_lists SET search_text = 'mqother' WHERE id = 300");
    await sequelize.query('DELETE FROM watch_lists WHERE id = 444');
    await queueForgotten();
    // A new address each time: the response cache does not see raw writes.
    expect(await counted('search=garden+silver&ordering=id')).to.deep.equal([60, 156, 588, 732]);
    await indexMovies();
    expect(await counted('search=GARDEN+silver&ordering=id')).to.deep.equal([60, 156, 588, 732]);
    expect(await counted('search=other')).to.deep.equal([1, 300]);
  }).timeout(60_000);
});
