import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { DatabaseServer } from './database-server.js';
import { type Marquee, populate, startMarquee } from './marquee.js';
import { needServers } from './requirements.js';

const IDLE = 2_000;
const SLOW = 100;
const CLIENTS = 1_000;

describe('many clients', function crowd() {
  this.timeout(120_000);
  let database: DatabaseServer;
  let marquee: Marquee;
  const sockets: Socket[] = [];

  before(async function serversOrSkip() {
    await needServers(this);
    database = await (await DatabaseServer.create()).start();
    await populate(database, 1);
    marquee = await startMarquee({ DATABASE_URL: database.url, LOG_LEVEL: 'info' });
  });

  after(async () => {
    for (const socket of sockets) socket.destroy();
    await marquee?.stop();
    await database?.close();
  });

  /** Opens connections that each send this text and then wait. */
  async function open(howMany: number, text: string): Promise<Socket[]> {
    const port = Number(new URL(marquee.url).port);
    const opened: Socket[] = [];
    while (opened.length < howMany) {
      const some = Array.from({ length: 100 }, () => connect(port, '127.0.0.1'));
      await Promise.all(some.map((socket) => once(socket, 'connect')));
      for (const socket of some) socket.on('error', () => undefined).write(text);
      opened.push(...some);
    }
    sockets.push(...opened);
    return opened;
  }

  /** Sends a request; returns its time in milliseconds. */
  function ask(agent: Agent): Promise<number> {
    const begun = performance.now();
    return new Promise((resolve, reject) => {
      get(`${marquee.url}/watch/watchlist/1/`, { agent }, (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 200) resolve(performance.now() - begun);
          else reject(new Error(`status ${response.statusCode}`));
        });
      }).on('error', reject);
    });
  }

  async function median(): Promise<number> {
    const agent = new Agent({ keepAlive: true });
    const times: number[] = [];
    for (let index = 0; index < 60; index += 1) times.push(await ask(agent));
    agent.destroy();
    return times.toSorted((a, b) => a - b)[30] as number;
  }

  it('of which 2,000 are idle, 100 send slowly and 100 read slowly do not slow others down', async () => {
    const alone = await median();
    await open(IDLE, '');
    const writers = await open(SLOW, 'GET /watch/watchlist/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    const readers = await open(
      SLOW,
      'GET /watch/watchlist/?page_size=100 HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(20),
    );
    for (const socket of readers) socket.pause();
    const crowded = await median();
    console.log(`      median alone ${alone.toFixed(1)} ms, in the crowd ${crowded.toFixed(1)} ms`);
    expect(crowded).to.be.below(Math.max(50, 10 * alone));
    const cut = Promise.all(writers.map((socket) => once(socket.resume(), 'close')));
    await cut;
  });

  it('that send 1,000 requests at once are all answered', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
    const times = await Promise.all(Array.from({ length: CLIENTS }, () => ask(agent)));
    agent.destroy();
    console.log(`      ${CLIENTS} at once: the last after ${Math.round(Math.max(...times))} ms`);
    expect(times).to.have.length(CLIENTS);
  });
});
