import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { outsideTransaction } from '../../src/database/transaction-context.js';
import { transaction } from '../../src/database/transactions.js';
import { lockPlatforms } from '../../src/ratings/locks.js';
import type { StreamPlatform } from '../../src/models/stream-platform.js';
import { WatchList } from '../../src/models/watch-list.js';
import { type Answer, anonymous, asAdmin, asUser, type UserClient } from '../support/clients.js';
import { makeMovie, makePlatform } from '../support/factories.js';
import { idsOf } from '../support/lists.js';
import { expectMovieCountsExact } from '../support/movie-counts.js';
import { expectDetail } from '../support/refusals.js';
import { skip } from '../support/skip.js';
import { lastDeadlock } from '../support/deadlocks.js';

const LIST = '/watch/watchlist/';
const ONE_WRITER = 'the embedded database has one writer: runs with TEST_DATABASE_URL';
const FILM = { title: 'The Third Man', storyline: 'A writer looks for a friend in Vienna.' };

const DATABASE = {
  name: sequelize.config.database,
  rows: async (sql: string) => (await sequelize.query(sql))[0] as never,
};

/** Waits until this many transactions of this database wait for a lock. */
async function untilWaiting(howMany: number): Promise<void> {
  const waiting = `SELECT COUNT(*) AS n FROM information_schema.innodb_trx JOIN information_schema.processlist
    ON processlist.id = trx_mysql_thread_id WHERE trx_state = 'LOCK WAIT' AND db = '${DATABASE.name}'`;
  const count = () => outsideTransaction(() => DATABASE.rows(waiting)) as Promise<{ n: number }[]>;
  while (((await count())[0]?.n ?? 0) < howMany) await sleep(100);
}

describe('the counts of movies', () => {
  let admin: UserClient;
  let one: StreamPlatform;
  let two: StreamPlatform;

  beforeEach(async () => {
    admin = await asAdmin();
    [one, two] = [await makePlatform(), await makePlatform()];
  });

  /** Expects the platforms to have these numbers of movies, and every count to agree. */
  async function expectCounts(...counts: number[]): Promise<void> {
    const exact = await expectMovieCountsExact();
    expect([one, two].map(({ id }) => exact.get(id))).to.deep.equal(counts);
  }

  it('follow what the API creates, moves, edits and deletes', async () => {
    const { body: movie } = await admin.post(LIST, { ...FILM, platform: one.id });
    const path = `${LIST}${movie.id}/`;
    await admin.post(LIST, { ...FILM, platform: two.name });
    await expectCounts(1, 1);
    await admin.patch(path, { platform: two.id });
    await expectCounts(0, 2);
    await admin.put(path, { ...FILM, platform: two.id, title: 'Other' });
    await admin.patch(path, { active: false });
    await expectCounts(0, 2);
    await admin.put(path, { ...FILM, platform: one.id });
    await expectCounts(1, 1);
    expect((await admin.delete(path)).status).to.equal(204);
    expectDetail(await admin.delete(path), 404);
    await expectCounts(0, 1);
    await admin.delete(`/watch/platformlist/${two.id}/`);
    expect(await expectMovieCountsExact()).to.deep.equal(new Map([[one.id, 0]]));
  });

  it('are unchanged by refused requests and rolled back transactions', async () => {
    const movie = await makeMovie({ platform_id: one.id });
    await admin.post(LIST, { ...FILM, platform: one.id, title: '' });
    await admin.patch(`${LIST}${movie.id}/`, { platform: two.id, title: '' });
    await (await asUser()).delete(`${LIST}${movie.id}/`);
    await admin.patch(`/watch/platformlist/${one.id}/`, { watchlist_count: 7 });
    const undone = transaction(async () => {
      await makeMovie({ platform_id: one.id });
      await movie.update({ platform_id: two.id });
      await WatchList.destroy({ where: { id: movie.id } });
      throw new Error('undone');
    });
    await undone.catch(() => {});
    await expectCounts(1, 0);
  });

  it('are used for lists without a filter or with that of a platform, on any page; other filters count rows', async () => {
    const ids = [];
    for (const active of [true, false, true, true, false])
      ids.push((await makeMovie({ platform_id: one.id, active })).id);
    await makeMovie({ platform_id: two.id, title: 'Up' });
    const list = async (query: string) => (await anonymous.get(`${LIST}?${query}`)).body;
    expect(await list(`platform=${one.id}&page_size=2&page=3`)).to.include({ count: 5, next: null });
    expect(await list(`platform=${one.id}&limit=2&offset=7`)).to.deep.include({ count: 5, results: [] });
    expect(await list('limit=2&offset=50')).to.deep.include({ count: 6, results: [] });
    expect(idsOf(await anonymous.get(`${LIST}?platform=${one.id}`))).to.deep.equal(ids);
    expectDetail(await anonymous.get(`${LIST}?page=7`), 404);
    expectDetail(await anonymous.get(`${LIST}?platform=${one.id}&page=7`), 404);
    for (const [query, count] of Object.entries({
      'active=true': 4,
      [`active=true&platform=${one.id}`]: 3,
      'title=up': 1,
      'search=up': 1,
      [`search=up&platform=${one.id}`]: 0,
      'number_rating__gte=1': 0,
      'platform=987654': 0,
    })) {
      expect((await list(query)).count, query).to.equal(count);
    }
  });

  it('stay exact, and no request fails, while 16 clients create, move and delete the same movies', async () => {
    const before = await lastDeadlock(DATABASE);
    const platforms = [one, two];
    const movies = await WatchList.bulkCreate(
      Array.from({ length: 24 }, (_, index) => ({
        ...FILM,
        platform_id: (index % 2 ? one : two).id,
        genres: index % 3 ? ['Drama'] : [],
      })),
    );
    const genres = ['Drama', 'drama', 'Crime', 'Comedy', 'Noir'];
    const step = (worker: number, turn: number): Promise<Answer> => {
      const platform = platforms[(worker + turn) % 2]?.id;
      const path = `${LIST}${movies[(turn * 2 + (worker % 2)) % movies.length]?.id}/`;
      const move = () => admin.patch(path, { platform });
      const edit = () => admin.put(path, { ...FILM, platform, title: `By ${worker}` });
      const some = genres.slice(turn % 3, 1 + (worker % 5));
      const make = () => admin.post(LIST, { ...FILM, platform, genres: [...some, `New ${worker % 3}`] });
      const sort = () => admin.patch(path, { genres: some.toReversed() });
      const both = () => admin.patch(path, { genres: some, platform });
      const remove = () => admin.delete(path);
      const kinds = [move, make, sort, edit, both, move, sort, remove] as const;
      return (kinds[(worker + turn) % kinds.length] as () => Promise<Answer>)();
    };
    const work = async (worker: number) => {
      const answers: Answer[] = [];
      for (let turn = 0; turn < 8; turn += 1) answers.push(await step(worker, turn));
      return answers;
    };
    const answers = await Promise.all(Array.from({ length: 16 }, (_, worker) => work(worker)));
    const statuses = new Set(answers.flat().map(({ status }) => status));
    expect([...statuses].toSorted((a, b) => a - b)).to.deep.equal([200, 201, 204, 404]);
    await expectMovieCountsExact();
    expect(await lastDeadlock(DATABASE)).to.equal(before);
  }).timeout(30_000);

  it('stay exact when a movie moves between the read of its platform and its lock', async function () {
    if (dialect === 'sqlite') skip(this, ONE_WRITER);
    const [movie, other] = [
      await makeMovie({ platform_id: two.id }),
      await makeMovie({ platform_id: one.id }),
    ];
    const before = await lastDeadlock(DATABASE);
    const answers = await transaction(async () => {
      await lockPlatforms([one.id, two.id]);
      // It waits for the lock of the second platform. Then it finds its movie on the first, whose lock comes earlier in
      // the lock order.
      const deleted = admin.delete(`${LIST}${movie.id}/`);
      await untilWaiting(1);
      // Meanwhile this one waits for both in the process's queue.
      const moved = admin.patch(`${LIST}${other.id}/`, { platform: two.id });
      await movie.update({ platform_id: one.id });
      return [deleted, moved];
    });
    const statuses = await Promise.all(answers.map(async (answer) => (await answer).status));
    expect(statuses).to.deep.equal([204, 200]);
    await expectCounts(0, 1);
    expect(await lastDeadlock(DATABASE)).to.equal(before);
  });

  it("are not written by reviews, nor by changes that keep a movie's platform", async function () {
    if (dialect === 'sqlite') skip(this, ONE_WRITER);
    const movie = await makeMovie({ platform_id: one.id });
    const user = await asUser();
    const path = `${LIST}${movie.id}/`;
    await transaction(async () => {
      await lockPlatforms([one.id]);
      const review = await user.post(`/watch/${movie.id}/review-create/`, { rating: 4 });
      expect(review.status, review.text).to.equal(201);
      expect((await user.delete(`/watch/review/${review.body.id}/`)).status).to.equal(204);
      expect((await admin.patch(path, { title: 'New' })).status).to.equal(200);
      expect((await admin.put(path, { ...FILM, platform: one.id })).status).to.equal(200);
    });
  });
});
