import type { ChildProcess } from 'node:child_process';
import { expect } from 'chai';
import { createClient } from 'redis';
import { transaction } from '../../src/database/transactions.js';
import { noteChange } from '../../src/database/changes.js';
import { anonymous, asAdmin } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { renamePastTheModels } from '../support/raw-writes.js';
import { eventually, freePort, pause, start, type Started } from '../support/processes.js';
import { startRedis, stopRedis } from '../support/redis.js';
import { type Server, startServer } from '../support/server.js';
import { skip } from '../support/skip.js';
import { storm } from './storm.js';

const titleAt = async (server: { url: string }, id: number) => {
  const { status, body } = await anonymous.at(server).get(`/watch/watchlist/${id}/`);
  expect(status).to.equal(200);
  return body.title as string;
};
describe('several processes that share their changes through Redis', function shared() {
  this.timeout(30_000);
  let port: number;
  let redis: ChildProcess | null;
  let here: Server;
  let other: Started;
  let there: { url: string };

  before(async function redisOrSkip() {
    port = await freePort();
    redis = await startRedis(port);
    if (!redis) return skip(this, 'redis-server is not installed');
    const REDIS_URL = `redis://127.0.0.1:${port}`;
    other = start('test/support/api-process.js', {
      REDIS_URL,
      CACHE_SECONDS: '3600',
      LOG_LEVEL: 'info',
      THROTTLE_ANON: 'off',
    });
    here = await startServer({ REDIS_URL, CACHE_SECONDS: 3_600 });
    there = {
      url: await eventually(other, () => /http:\/\/127\.0\.0\.1:\d+/.exec(other.output())?.[0]),
    };
  });
  after(async () => {
    await here?.close();
    other?.child.kill('SIGKILL');
    await other?.ended;
    if (redis) await stopRedis(redis);
  });

  const each = async (work: (server: { url: string }) => Promise<unknown>) => {
    for (const server of [here, there]) await work(server);
  };
  let renamed = 0;
  /** Whether a server answers from its response cache. */
  const keeps = async (server: { url: string }, id: number) => {
    const before = await titleAt(server, id);
    renamed += 1;
    await renamePastTheModels(id, `Past the models ${renamed}`);
    return (await titleAt(server, id)) === before;
  };
  const becomes = (wanted: boolean, server: { url: string }, id: number) =>
    eventually(other, async () => ((await keeps(server, id)) === wanted ? true : undefined));

  it('use the response cache, and show the writes of another process within a second', async () => {
    const { id } = await makeMovie();
    for (const server of [here, there]) await becomes(true, server, id);
    const answers = await Promise.all([
      storm(here, [
        { server: here, behind: 0 },
        { server: there, behind: 500 },
      ]),
      storm(there, [
        { server: there, behind: 0 },
        { server: here, behind: 500 },
      ]),
    ]);
    for (const count of answers) expect(count).to.be.above(10);
    expect(await keeps(there, id), 'still').to.equal(true);
  });

  it('log a cached answer like any other', async () => {
    const { id } = await makeMovie();
    await becomes(true, there, id);
    const lines = [];
    // Of one length: the bytes of an answer include its headers.
    for (const name of ['fresh', 'again']) {
      if (name === 'fresh') await transaction(async () => noteChange([id]));
      await anonymous.at(there).get(`/watch/watchlist/${id}/`, { 'X-Request-Id': name });
      const line = await eventually(other, () =>
        other
          .output()
          .split('\n')
          .find((text) => text.includes(`"id":"${name}"`)),
      );
      lines.push(JSON.parse(line.replace(`"${name}"`, '"ID"')) as Record<string, unknown>);
    }
    const [fresh, kept] = lines.map((line) => ({ ...line, time: 0, responseTime: 0 }));
    expect(kept).to.deep.equal(fresh);
  });

  it('listen to processes on their own database only, and drop all entries at an unknown message', async () => {
    const { id } = await makeMovie();
    const client = createClient({ url: `redis://127.0.0.1:${port}` });
    await client.connect();
    try {
      const channels = await client.pubSubChannels('marquee:changes:*');
      const [common = ''] = channels.toSorted((a, b) => a.length - b.length);
      expect(
        channels.filter((name) => name.startsWith(common)),
        'one, and one for each process',
      ).to.have.length(3);
      await becomes(true, there, id);
      const before = await titleAt(there, id);
      await renamePastTheModels(id, 'Renamed');
      await client.publish(`${common}0`, JSON.stringify({ from: 'x', change: 'everything' }));
      await client.publish(common, JSON.stringify({ from: 'x', change: [id + 1] }));
      expect(await titleAt(there, id)).to.equal(before);
      await client.publish(common, '{"from":"x","change":{"from a later version":1}}');
      await eventually(other, async () => ((await titleAt(there, id)) === 'Renamed' ? true : undefined));
    } finally {
      client.destroy();
    }
  });

  it('show a write everywhere once it is answered, also when Redis begins to hang', async () => {
    const client = await asAdmin();
    const { id } = await makeMovie({ title: 'Title 0' });
    const path = `/watch/watchlist/${id}/`;
    for (let round = 1; round <= 6; round += 1) {
      await each((server) => becomes(true, server, id));
      await each((server) => titleAt(server, id));
      if (round % 2 === 0) await pause(redis as ChildProcess);
      try {
        for (const title of [`Title ${round}`, `Title ${round} again`]) {
          expect((await client.at(here).patch(path, { title })).status).to.equal(200);
          expect(await titleAt(there, id)).to.equal(title);
        }
      } finally {
        redis?.kill('SIGCONT');
      }
    }
  });

  it('cache nothing while Redis is down, start over when it is back, and fail no request', async () => {
    const { id } = await makeMovie();
    const old = await makeMovie({ title: 'Before' });
    const outages: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
      ['hangs', async () => redis && pause(redis), async () => redis?.kill('SIGCONT')],
      ['dies', () => stopRedis(redis as ChildProcess), async () => (redis = await startRedis(port))],
    ];
    for (const [how, goAway, comeBack] of outages) {
      await each((server) => becomes(true, server, id));
      await each((server) => titleAt(server, old.id));
      await goAway();
      await each((server) => becomes(false, server, id));
      await renamePastTheModels(old.id, how);
      await comeBack();
      await each((server) => becomes(true, server, id));
      await each(async (server) => expect(await titleAt(server, old.id)).to.equal(how));
    }
  });
});
