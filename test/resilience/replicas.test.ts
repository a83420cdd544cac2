import { expect } from 'chai';
import { eventually, freePort } from '../support/processes.js';
import { startRedis, stopRedis } from '../support/redis.js';
import { skip } from '../support/skip.js';
import { DatabaseServer } from './database-server.js';
import { type Marquee, populate, startApi } from './marquee.js';
import { needServers } from './requirements.js';
import { tally, Traffic } from './traffic.js';
import { authorization } from '../support/scratch-rows.js';

/** The delay of the second replica, in seconds: longer than the tests run. */
const DELAY = 600;
const MOVIES = [1, 2, 3, 4, 5, 6];

/** A server that can replicate: with a binary log and its own id. */
function createServer(id: number): Promise<DatabaseServer> {
  return DatabaseServer.create(() => [`--server-id=${id}`, '--log-bin=log', '--gtid-strict-mode=1']);
}

/** Makes a server replicate another from the start of its log. */
async function follow(replica: DatabaseServer, primary: DatabaseServer, delay = 0): Promise<void> {
  await replica.query(
    `SET GLOBAL gtid_slave_pos = '';
    CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = ${primary.port}, MASTER_USER = 'root',
      MASTER_USE_GTID = slave_pos, MASTER_DELAY = ${delay};
    START SLAVE`,
  );
}

/** Sends a request, with the user's credentials where one is given. */
const ask = (path: string, user?: number, body?: object) =>
  fetch(path, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'Content-Type': 'application/json', ...(user !== undefined && authorization(user)) },
  });

/** How many SELECTs a server has run. */
const selects = async (server: DatabaseServer) => {
  const [row] = await server.query<{ Value: string }>("SHOW GLOBAL STATUS LIKE 'Com_select'");
  return Number(row?.Value);
};

describe('a primary and two read replicas', function replicas() {
  this.timeout(120_000);
  let primary: DatabaseServer;
  let swift: DatabaseServer;
  let late: DatabaseServer;
  let marquees: Marquee[] = [];
  let users: number[];

  const [one, other] = [() => marquees[0] as Marquee, () => marquees[1] as Marquee];
  const says = (text: string) => one().started.output().split(text).length - 1;
  const untilSaid = (text: string, times: number) =>
    eventually(one().started, () => says(text) >= times || undefined);
  before(async function serversOrSkip() {
    await needServers(this, 'MariaDB');
    [primary, swift, late] = await Promise.all([createServer(1), createServer(2), createServer(3)]);
    await Promise.all([primary, swift, late].map((server) => server.start()));
    for (const server of [primary, swift, late]) await server.query('RESET MASTER');
    await follow(swift, primary);
    await follow(late, primary);
    users = await populate(primary, 300);
    const [position] = await primary.query<{ gtid: string }>('SELECT @@gtid_binlog_pos AS gtid');
    for (const server of [swift, late])
      await server.query(`SELECT MASTER_GTID_WAIT('${position?.gtid}', 30) AS done`);
    // It stays behind from here on.
    await late.query(`STOP SLAVE; CHANGE MASTER TO MASTER_DELAY = ${DELAY}; START SLAVE`);
    const env = {
      DATABASE_URL: primary.url,
      DATABASE_REPLICA_URLS: `${swift.url},${late.url}`,
      JWT_SECRET: 'the-secret-of-all-processes',
      CACHE_SECONDS: '0',
    };
    marquees = [await startApi(env), await startApi(env)];
  });

  after(async () => {
    await Promise.all(marquees.map((marquee) => marquee.stop()));
    await Promise.all([primary, swift, late].map((server) => server?.close()));
  });

  it('lets a client read its own writes at once, in every process, however stale a replica is', async () => {
    for (const [index, user] of users.slice(0, 40).entries()) {
      const movie = MOVIES[index % MOVIES.length] as number;
      const posted = await ask(`${one().url}/watch/${movie}/review-create/`, user, { rating: 4 });
      expect(posted.status).to.equal(201);
      const { id } = (await posted.json()) as { id: number };
      for (const { url } of marquees) {
        const review = await ask(`${url}/watch/review/${id}/`, user);
        expect(review.status, 'the review').to.equal(200);
        const list = await ask(`${url}/watch/reviews/?username=u${user}`, user);
        expect(((await list.json()) as { count: number }).count, 'the list').to.equal(1);
      }
    }
    const movies = await ask(`${other().url}/watch/watchlist/?ordering=id`, users[0]);
    const { results } = (await movies.json()) as { results: { number_rating: number }[] };
    expect(
      results.reduce((sum, movie) => sum + movie.number_rating, 0),
      'the ratings',
    ).to.equal(40);
  });

  it('answers anonymous reads from the replicas, stale ones too, and never from the primary', async () => {
    const before = await Promise.all([primary, swift, late].map(selects));
    const counts: number[] = [];
    for (let index = 0; index < 40; index += 1) {
      const answer = await ask(`${one().url}/watch/reviews/?username=u${users[0] as number}`);
      counts.push(((await answer.json()) as { count: number }).count);
    }
    const after = await Promise.all([primary, swift, late].map(selects));
    const [atPrimary = 0, atSwift = 0, atLate = 0] = after.map(
      (count, index) => count - (before[index] ?? 0),
    );
    expect(atSwift).to.be.above(30);
    expect(atLate).to.be.above(30);
    expect(atPrimary, 'but for what asked this').to.be.below(5);
    expect(
      counts.filter((count) => count === 0),
      'from the late one',
    ).to.have.length(20);
  });

  it('caches repeated answers from the primary, and never from a stale replica', async function kept() {
    const port = await freePort();
    const redis = await startRedis(port);
    if (!redis) return skip(this, 'redis-server is not installed');
    const cached = await startApi({
      DATABASE_URL: primary.url,
      DATABASE_REPLICA_URLS: late.url,
      REDIS_URL: `redis://127.0.0.1:${port}`,
      CACHE_SECONDS: '3600',
      JWT_SECRET: 'the-secret-of-all-processes',
    });
    try {
      const url = `${cached.url}/watch/watchlist/${MOVIES[0] as number}/`;
      const read = async () => ((await (await ask(url)).json()) as { number_rating: number }).number_rating;
      const [row] = await primary.rows<{ total: number }>(
        `SELECT COUNT(*) AS total FROM reviews WHERE watchlist_id = ${MOVIES[0] as number}`,
      );
      const right = row?.total ?? 0;
      expect(right).to.be.above(0);
      await eventually(cached.started, async () => ((await read()) === right ? true : undefined));
      const before = await Promise.all([primary, late].map(selects));
      for (let index = 0; index < 10; index += 1) expect(await read()).to.equal(right);
      const after = await Promise.all([primary, late].map(selects));
      expect(after.map((count, index) => count - (before[index] ?? 0) < 5)).to.deep.equal([true, true]);

      for (const [index, user] of users.slice(100, 110).entries()) {
        await ask(`${cached.url}/watch/${MOVIES[0] as number}/review-create/`, user, { rating: 4 });
        expect(await read()).to.equal(right + 1 + index);
      }
    } finally {
      await cached.stop();
      await stopRedis(redis);
    }
  });

  it('uses the others when a replica is killed under load, logs it once, and takes it back by itself', async () => {
    const traffic = new Traffic([one().url], users.slice(40), MOVIES).begin({ writers: 4, readers: 8 });
    await eventually(one().started, () => traffic.outcomes.length > 200 || undefined);
    await swift.kill();
    await untilSaid('a read replica is away', 1);
    const gone = traffic.outcomes.length;
    await eventually(one().started, () => traffic.since(gone).length > 200 || undefined);
    await swift.start();
    await untilSaid('a read replica is back', 1);
    const before = await selects(swift);
    await eventually(one().started, async () => (await selects(swift)) > before + 50 || undefined);

    await Promise.all([swift.kill(), late.kill()]);
    await untilSaid('a read replica is away', 3);
    const alone = traffic.outcomes.length;
    await eventually(one().started, () => traffic.since(alone).length > 100 || undefined);
    await traffic.end();
    expect(tally(traffic.outcomes.filter(({ status }) => status !== 200 && status !== 201))).to.deep.equal(
      {},
    );
    console.log(`      ${JSON.stringify(tally(traffic.outcomes))}`);
    expect(says('a read replica is away'), 'once each time').to.equal(3);
    const kept = new Set((await primary.rows<{ id: number }>('SELECT id FROM reviews')).map(({ id }) => id));
    expect(traffic.acknowledged.filter(({ id }) => !kept.has(id))).to.deep.equal([]);
  });

  it('asks the primary what a replica that hangs does not answer', async () => {
    await Promise.all([swift.start(), late.start()]);
    await untilSaid('a read replica is back', 3);
    await Promise.all([swift.pause(), late.pause()]);
    try {
      const begun = performance.now();
      const reads = Array.from({ length: 12 }, (_, index) =>
        ask(`${one().url}/watch/watchlist/${MOVIES[index % MOVIES.length] as number}/?x=${index}`),
      );
      for (const { status } of await Promise.all(reads)) expect(status).to.equal(200);
      expect(performance.now() - begun).to.be.below(8_000);
    } finally {
      swift.resume();
      late.resume();
    }
    await untilSaid('a read replica is back', 5);
  });
});
