import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { anonymous } from '../support/clients.js';
import { type AppProcess, eventually, freePort, pause, startApp } from '../support/processes.js';
import { startRedis, stopRedis, tellRedis } from '../support/redis.js';
import { type Server, startServer } from '../support/server.js';
import { skip } from '../support/skip.js';

const NO_REDIS = 'redis-server is not installed';
const LIMIT = 40;
/** How long each client of the load waits between its requests, in milliseconds: an outage may last for seconds. */
const PAUSE_MS = 40;

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 8_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

async function status(server: Server): Promise<string> {
  return (await anonymous.at(server).get('/readyz')).body.status as string;
}

describe('limits shared through Redis', function shared() {
  this.timeout(30_000);
  let port: number;
  let redis: ChildProcess | null;
  let servers: Server[] = [];

  const allAre = (wanted: string) => async () =>
    (await Promise.all(servers.map(status))).every((answer) => answer === wanted);
  const letThrough = async (requests: number) => {
    const answers = await Promise.all(
      Array.from({ length: requests }, (_, index) =>
        anonymous.at(servers[index % 2] as Server).get('/watch/'),
      ),
    );
    expect(answers.every((answer) => answer.status === 200 || answer.status === 429)).to.equal(true);
    return answers.filter((answer) => answer.status === 200).length;
  };

  before(async function redisOrSkip() {
    port = await freePort();
    redis = await startRedis(port);
    if (!redis) skip(this, NO_REDIS);
  });

  beforeEach(async () => {
    const changes = {
      REDIS_URL: `redis://127.0.0.1:${port}`,
      THROTTLE_ANON: { limit: LIMIT, windowMs: 60_000 },
    };
    servers = [await startServer(changes), await startServer(changes)];
    await until('connected', allAre('ok'));
  });

  afterEach(() => Promise.all(servers.map((server) => server.close())));

  after(async () => {
    if (redis) await stopRedis(redis);
  });

  it('allows exactly the limit over all processes, works without Redis, and uses it again when it is back', async () => {
    expect(await letThrough(3 * LIMIT)).to.equal(LIMIT);

    await stopRedis(redis as ChildProcess);
    await until('degraded', allAre('degraded'));
    expect(await letThrough(3 * LIMIT), 'each process for itself').to.equal(2 * LIMIT);

    redis = await startRedis(port);
    await until('back', allAre('ok'));
    expect(await letThrough(3 * LIMIT)).to.equal(LIMIT);
  });
});

describe('Redis in the middle of load', function midway() {
  this.timeout(60_000);
  /** How Redis fails, and how it comes back. */
  const outages: Record<
    string,
    (redis: ChildProcess, port: number) => Promise<() => Promise<ChildProcess | null>>
  > = {
    killed: async (redis, port) => {
      await stopRedis(redis);
      return () => startRedis(port);
    },
    hanging: async (redis) => {
      await pause(redis);
      return async () => {
        redis.kill('SIGCONT');
        return redis;
      };
    },
    full: async (redis, port) => {
      await tellRedis(port, ['CONFIG', 'SET', 'maxmemory', '1']);
      return async () => {
        await tellRedis(port, ['CONFIG', 'SET', 'maxmemory', '0']);
        return redis;
      };
    },
    'made a replica': async (redis, port) => {
      await tellRedis(port, ['REPLICAOF', '127.0.0.1', '1']);
      return async () => {
        await tellRedis(port, ['REPLICAOF', 'NO', 'ONE']);
        return redis;
      };
    },
    'restarted with much to load': async (redis, port) => {
      const folder = await mkdtemp(join(tmpdir(), 'marquee-redis-'));
      const own = await freePort();
      const filled = (await startRedis(own, undefined, ['--dir', folder])) as ChildProcess;
      const keys = "for i = 1, 400 do redis.call('SET', 'key' .. i, i) end";
      await tellRedis(own, ['EVAL', keys, '0'], ['SAVE']);
      await stopRedis(filled);
      await stopRedis(redis);
      // Five milliseconds a key, during which it refuses commands.
      const slow = [
        '--dir',
        folder,
        '--key-load-delay',
        '5000',
        '--loading-process-events-interval-bytes',
        '1024',
      ];
      const loaded = startRedis(port, undefined, slow);
      return async () => {
        const back = await loaded;
        await rm(folder, { recursive: true });
        return back;
      };
    },
  };

  let port: number;
  let redis: ChildProcess | null;
  let server: AppProcess;

  before(async function redisOrSkip() {
    port = await freePort();
    redis = await startRedis(port);
    if (!redis) return skip(this, NO_REDIS);
    server = await startApp({
      REDIS_URL: `redis://127.0.0.1:${port}`,
      THROTTLE_ANON: '1000000/minute',
      LOG_LEVEL: 'info',
    });
  });
  after(async () => {
    await server?.kill();
    if (redis) await stopRedis(redis);
  });

  for (const [how, goAway] of Object.entries(outages)) {
    it(`${how}: no request fails, it is logged once, and Redis is used again`, async () => {
      const { started } = server;
      const client = anonymous.at(server);
      const begun = started.output().length;
      const load = new AbortController();
      try {
        const becomes = (wanted: string) =>
          eventually(started, async () =>
            (await client.get('/readyz')).body.status === wanted ? wanted : undefined,
          );
        await becomes('ok');
        const statuses = new Map<number, number>();
        const ask = async () => {
          while (!load.signal.aborted) {
            const { status } = await client.get('/watch/');
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            await sleep(PAUSE_MS);
          }
        };
        const loading = Promise.all(Array.from({ length: 8 }, ask));
        const answered = () => [...statuses.values()].reduce((sum, count) => sum + count, 0);
        const more = async () => {
          const before = answered();
          await eventually(started, () => (answered() > before + 50 ? true : undefined));
        };
        await more();
        const comeBack = await goAway(redis as ChildProcess, port);
        await becomes('degraded');
        await more();
        redis = await comeBack();
        await becomes('ok');
        await more();
        load.abort();
        await loading;
        expect([...statuses.keys()]).to.deep.equal([200]);
        const said = started.output().slice(begun);
        expect(said.match(/Redis is away/g), said.slice(0, 3_000)).to.have.length(1);
        expect(said.match(/Redis is back/g)).to.have.length(1);
      } finally {
        load.abort();
      }
    });
  }
});
