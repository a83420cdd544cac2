import { type ChildProcess, spawn } from 'node:child_process';
import { expect } from 'chai';
import { anonymous } from '../support/agents.js';
import { freePort } from '../support/processes.js';
import { type Server, startServer } from '../support/server.js';

const LIMIT = 40;

/** Starts a Redis of the test's own; null where none is installed. */
async function startRedis(port: number): Promise<ChildProcess | null> {
  const redis = spawn('redis-server', [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ]);
  return new Promise((resolve) => {
    redis.once('error', () => resolve(null));
    redis.stdout.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) resolve(redis);
    });
  });
}

async function stop(redis: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => {
    redis.once('exit', resolve);
  });
  redis.kill('SIGKILL');
  await ended;
}

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
    if (!redis) this.skip();
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
    if (redis) await stop(redis);
  });

  it('lets exactly the limit through, whichever process is asked; goes on without Redis, and picks it up again', async () => {
    expect(await letThrough(3 * LIMIT)).to.equal(LIMIT);

    await stop(redis as ChildProcess);
    await until('degraded', allAre('degraded'));
    expect(await letThrough(3 * LIMIT), 'each process for itself').to.equal(2 * LIMIT);

    redis = await startRedis(port);
    await until('back', allAre('ok'));
    expect(await letThrough(3 * LIMIT)).to.equal(LIMIT);
  });
});
