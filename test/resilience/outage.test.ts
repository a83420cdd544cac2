import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { expectFiguresExact } from '../ratings-integrity/support/figures.js';
import { eventually } from '../support/processes.js';
import { DatabaseServer } from './database-server.js';
import { ADMIN, type Marquee, populate, startApi } from './marquee.js';
import { needServers } from './requirements.js';
import { tally, Traffic } from './traffic.js';
import { authorization } from '../support/scratch-rows.js';

const SECONDS = 2;
const POOL = 2;
/** How many requests the pool lets wait for each connection. */
const WAITING = 100 * POOL;
/** Half of them are pages of lists, which have a queue of their own; the others share statements. */
const SENT = 6 * WAITING;
const MOVIES = [1, 2, 3, 4, 5, 6];

describe('a database that fails under load', function outage() {
  this.timeout(60_000);
  let database: DatabaseServer;
  let marquee: Marquee;
  let users: number[];

  before(async function serversOrSkip() {
    await needServers(this);
    database = await (await DatabaseServer.create()).start();
    users = await populate(database, 600);
    marquee = await startApi({
      DATABASE_URL: database.url,
      DATABASE_POOL_MAX: String(POOL),
      DATABASE_TIMEOUT_SECONDS: String(SECONDS),
      // Every request must reach the database.
      CACHE_SECONDS: '0',
    });
  });

  after(async () => {
    await marquee?.stop();
    await database?.close();
  });

  const ready = async () => (await fetch(`${marquee.url}/readyz`)).status;
  const becomesReady = () =>
    eventually(marquee.started, async () => ((await ready()) === 200 ? true : undefined));

  /** The metric of the pool's connections in a state. */
  async function connections(state: string): Promise<number> {
    const text = await (await fetch(`${marquee.url}/metrics`)).text();
    return Number(new RegExp(`database_pool_connections\\{state="${state}"\\} (\\d+)`).exec(text)?.[1]);
  }

  /** Sends more requests than the pool has connections; all must succeed, and then every connection must be free. */
  async function expectPoolSound(): Promise<void> {
    const answers = await Promise.all(
      Array.from({ length: 5 * POOL }, () => fetch(`${marquee.url}/watch/watchlist/`)),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(5 * POOL).fill(200));
    await eventually(marquee.started, async () => ((await connections('using')) === 0 ? true : undefined));
    expect(await connections('waiting')).to.equal(0);
    expect(await connections('size')).to.equal(await connections('available'));
  }

  it('stopped for ten seconds: 503 with Retry-After, then recovery; no acknowledged write is lost', async () => {
    const traffic = new Traffic([marquee.url], users.slice(0, 500), MOVIES).begin({ writers: 6, readers: 4 });
    await eventually(marquee.started, () => traffic.acknowledged.length > 50 || undefined);
    await database.kill();
    const stopped = traffic.outcomes.length;
    await sleep(10_000);
    expect(await ready()).to.equal(503);
    const meanwhile = traffic.since(stopped);
    // Requests in flight when the database stopped may have been answered before.
    const refused = meanwhile.filter(({ status }) => status === 503);
    expect(refused.length)
      .to.be.above(meanwhile.length - 20)
      .and.above(50);
    expect(new Set(refused.map(({ retryAfter }) => retryAfter))).to.deep.equal(new Set(['5']));
    expect(Math.max(...meanwhile.map(({ milliseconds }) => milliseconds))).to.be.below(5_000);

    await database.start();
    await becomesReady();
    const back = traffic.outcomes.length;
    await eventually(marquee.started, () => traffic.since(back).length > 200 || undefined);
    await traffic.end();
    const after = traffic.since(back + 10).filter(({ status }) => status >= 500 || status === 0);
    expect(tally(after)).to.deep.equal({});
    console.log(`      stopped: ${JSON.stringify(tally(traffic.outcomes))}`);

    await expectPoolSound();
    const kept = new Set((await database.rows<{ id: number }>('SELECT id FROM reviews')).map(({ id }) => id));
    expect(traffic.acknowledged.filter(({ id }) => !kept.has(id))).to.deep.equal([]);
    await expectFiguresExact(database);
  });

  it('hanging: waiting requests time out, and requests beyond the queue are refused at once; then recovery', async () => {
    await becomesReady();
    await database.pause();
    try {
      const taken: number[] = [];
      const soon = async (path: string) => {
        const asked = performance.now();
        const { status } = await fetch(marquee.url + path);
        taken.push(performance.now() - asked);
        return status;
      };
      await eventually(marquee.started, async () => (await soon('/readyz')) === 503 || undefined);
      expect(await soon('/healthz')).to.equal(200);
      // A second, and what a busy machine adds.
      expect(Math.max(...taken)).to.be.below(1_500);
      const traffic = new Traffic([marquee.url], users, MOVIES);
      await Promise.all(Array.from({ length: SENT }, () => traffic.read()));
      expect(tally(traffic.outcomes)).to.deep.equal({ 503: SENT });
      const times = traffic.outcomes.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
      console.log(
        `      hanging: median ${Math.round(times[times.length >> 1] ?? 0)} ms, longest ${Math.round(times.at(-1) ?? 0)} ms`,
      );
      expect(times.at(-1)).to.be.below(30_000);
      const shed = marquee.started.output().split('too many requests wait for').length - 1;
      expect(shed).to.be.above(WAITING);
    } finally {
      database.resume();
    }
    await becomesReady();
    await expectPoolSound();
  });

  it('slow: no statement and no lock wait takes longer than DATABASE_TIMEOUT_SECONDS', async () => {
    const held = database.query('USE marquee; LOCK TABLES watch_lists WRITE; SELECT SLEEP(6)');
    await sleep(200);
    const begun = performance.now();
    const read = await fetch(`${marquee.url}/watch/watchlist/1/`);
    expect(read.status).to.equal(503);
    expect(performance.now() - begun).to.be.within(SECONDS * 900, SECONDS * 1_000 + 2_500);
    await held;

    const locked = database.query(
      'USE marquee; START TRANSACTION; SELECT id FROM watch_lists WHERE id = 2 FOR UPDATE; SELECT SLEEP(5)',
    );
    await sleep(200);
    const review = (movie: number) =>
      fetch(`${marquee.url}/watch/${movie}/review-create/`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...authorization(ADMIN) },
        body: '{"rating": 4}',
      });
    const waiting = review(2);
    expect((await review(3)).status, 'another movie is free').to.equal(201);
    const answer = await waiting;
    expect(answer.status).to.equal(503);
    expect(answer.headers.get('retry-after')).to.equal('5');
    await locked;
    expect((await review(2)).status, 'nothing of it was left').to.equal(201);
    await expectPoolSound();
    await expectFiguresExact(database);
  });
});
