import { expect } from 'chai';
import { ConnectionError, Sequelize } from 'sequelize';
import { config } from '../../src/config.js';
import { dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { Gate, readForStaff, slowGate, withinTotalTime } from '../../src/database/gate.js';
import { selectSlowly } from '../../src/database/sql/statements.js';
import { transaction } from '../../src/database/transactions.js';
import { toApiError } from '../../src/http/errors.js';
import { anonymous } from '../support/clients.js';
import { makeMovie, makeReview } from '../support/factories.js';
import { skip } from '../support/skip.js';

/** A statement that takes half a minute or more. */
const ENDLESS =
  dialect === 'mysql'
    ? // Not SLEEP: MySQL ends that in time without an error.
      `SELECT COUNT(*) AS many FROM information_schema.COLLATIONS AS a, information_schema.COLLATIONS AS b,
      information_schema.COLLATIONS AS c, information_schema.COLLATIONS AS d, information_schema.COLLATIONS AS e`
    : `SELECT (WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 100000000000)
      SELECT COUNT(*) FROM numbers) AS many`;

const PATIENCE_MS = 20_000;

const statusOf = (work: Promise<unknown>) =>
  work.then(
    () => 200,
    (error: unknown) => toApiError(error).status,
  );

/** Asks for a path until `done` is settled. */
async function askUntil(
  path: string,
  done: Promise<unknown>,
): Promise<{ statuses: Set<number>; asked: number }> {
  const state = { over: false };
  void done.finally(() => (state.over = true));
  const statuses = new Set<number>();
  let asked = 0;
  while (!state.over) {
    statuses.add((await anonymous.get(path)).status);
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { statuses, asked };
}

describe('the gate of slow statements', () => {
  it('lets so many in at once, in order, and a next one where one fails', async () => {
    const gate = new Gate('test', 2);
    const order: number[] = [];
    let most = 0;
    const ended = await Promise.allSettled(
      Array.from({ length: 9 }, (_, index) =>
        gate.run(async () => {
          order.push(index);
          most = Math.max(most, gate.running);
          await new Promise((resolve) => setTimeout(resolve, 1));
          if (index % 3 === 0) throw new Error('failed');
        }),
      ),
    );
    expect(order).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(most).to.equal(2);
    expect(ended.filter(({ status }) => status === 'rejected')).to.have.length(3);
    expect(gate.running).to.equal(0);
  });

  it('refuses those that would wait too long, or behind too many', async () => {
    const gate = new Gate('test', 1);
    const endings: (() => void)[] = [];
    const first = gate.run(() => new Promise<void>((resolve) => endings.push(resolve)));
    const waiting = Array.from({ length: 60 }, () => gate.run(async () => 'done', 50));
    const ended = await Promise.allSettled(waiting);
    for (const one of ended)
      expect(one.status === 'rejected' && one.reason, one.status).to.be.instanceOf(ConnectionError);
    endings[0]?.();
    await first;
    expect(await gate.run(async () => 'open')).to.equal('open');
    expect(gate.running).to.equal(0);
  });

  it('has a quarter of the connections, and leaves the others to those who come meanwhile', async () => {
    const movie = await makeMovie();
    // The first answer of all takes a second: the API's document is made to check it.
    await anonymous.get(`/watch/watchlist/${movie.id}/`);
    const attack = Promise.all(Array.from({ length: 30 }, () => statusOf(selectSlowly(ENDLESS))));
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, slowGate.running)), 5);
    const others = await askUntil(`/watch/watchlist/${movie.id}/`, attack);
    clearInterval(watch);
    expect(new Set(await attack)).to.deep.equal(new Set([503]));
    expect([...others.statuses]).to.deep.equal([200]);
    expect(others.asked).to.be.above(5);
    expect(most).to.be.within(1, Math.max(1, Math.floor(config.DATABASE_POOL_MAX / 4)));
    expect(await selectSlowly('SELECT 1 AS one')).to.deep.equal([{ one: 1 }]);
  }).timeout(PATIENCE_MS);

  it('limits what staff read through the models, on a turn of their own', async () => {
    const movie = await makeMovie();
    const attack = Promise.all([
      ...Array.from({ length: 5 }, () =>
        statusOf(readForStaff(() => sequelize.query(ENDLESS, { type: 'SELECT' as never }))),
      ),
      statusOf(selectSlowly('SELECT 1 AS one')),
    ]);
    const others = await askUntil(`/watch/watchlist/${movie.id}/`, attack);
    expect(await attack).to.deep.equal([503, 503, 503, 503, 503, 200]);
    expect([...others.statuses]).to.deep.equal([200]);
    expect(
      await readForStaff(() => sequelize.query('SELECT 1 AS one', { type: 'SELECT' as never })),
    ).to.deep.equal([{ one: 1 }]);
  }).timeout(PATIENCE_MS);

  it('takes two seconds of a request at most, however many statements it has', async () => {
    const start = performance.now();
    const statuses = await withinTotalTime(async () => {
      const ended: number[] = [];
      for (let index = 0; index < 4; index += 1) ended.push(await statusOf(selectSlowly(ENDLESS)));
      return ended;
    });
    expect(statuses).to.deep.equal([503, 503, 503, 503]);
    expect(performance.now() - start).to.be.within(1_900, 3_500);
    expect(await selectSlowly('SELECT 1 AS one')).to.deep.equal([{ one: 1 }]);
  }).timeout(PATIENCE_MS);

  it('is passed by a transaction, which others may wait for', async () => {
    const attack = Promise.all(Array.from({ length: 4 }, () => statusOf(selectSlowly(ENDLESS))));
    expect(await transaction(() => selectSlowly('SELECT 1 AS one'))).to.deep.equal([{ one: 1 }]);
    await attack;
  }).timeout(PATIENCE_MS);
});

describe('requests that wait for a table', () => {
  it('hold a quarter of the connections, however many come at once', async function locked() {
    if (dialect === 'sqlite') skip(this, 'locks a table, which SQLite cannot');
    const { watchlist_id } = await makeReview();
    const locker = new Sequelize(config.DATABASE_URL.replace(/^mariadb:/, 'mysql:'), {
      logging: false,
      pool: { max: 1 },
    });
    try {
      await locker.query('LOCK TABLES reviews WRITE');
      const attack = Promise.all(
        Array.from({ length: 30 }, () => anonymous.get(`/watch/${watchlist_id}/review/?rating=5&search=a`)),
      );
      const others = await askUntil(`/watch/watchlist/${watchlist_id}/`, attack);
      for (const answer of await attack) {
        expect(answer.status).to.equal(503);
        expect(answer.headers.get('retry-after')).to.match(/^\d+$/);
      }
      expect([...others.statuses]).to.deep.equal([200]);
      expect(others.asked).to.be.above(5);
    } finally {
      await locker.query('UNLOCK TABLES');
      await locker.close();
    }
    expect((await anonymous.get(`/watch/${watchlist_id}/review/?rating=5&search=a`)).status).to.equal(200);
  }).timeout(PATIENCE_MS);

  it('hold a third of the connections where an index has the page, and are answered then', async function locked() {
    if (dialect === 'sqlite') skip(this, 'locks a table, which SQLite cannot');
    const { watchlist_id } = await makeReview();
    const locker = new Sequelize(config.DATABASE_URL.replace(/^mariadb:/, 'mysql:'), {
      logging: false,
      pool: { max: 1 },
    });
    let attack: Promise<{ status: number }[]>;
    try {
      await locker.query('LOCK TABLES reviews WRITE');
      attack = Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          anonymous.get(`/watch/${watchlist_id}/review/?page_size=${index + 1}`),
        ),
      );
      for (let asked = 0; asked < 10; asked += 1) {
        const start = performance.now();
        expect((await anonymous.get(`/watch/watchlist/${watchlist_id}/`)).status).to.equal(200);
        expect(performance.now() - start).to.be.below(5_000);
      }
    } finally {
      await locker.query('UNLOCK TABLES');
      await locker.close();
    }
    expect((await attack).map(({ status }) => status)).to.deep.equal(Array.from({ length: 30 }, () => 200));
  }).timeout(PATIENCE_MS);
});
