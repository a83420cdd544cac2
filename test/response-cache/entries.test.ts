import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import express from 'express';
import { z } from 'zod';
import { config } from '../../src/config.js';
import { transaction } from '../../src/database/transactions.js';
import { ok } from '../../src/http/response/answers.js';
import { serve } from '../../src/http/routing/dispatch.js';
import { createFastPath } from '../../src/http/routing/fast-path.js';
import { ResponseCache, type CacheOptions } from '../../src/http/response/response-cache.js';
import { createMessageClasses } from '../../src/http/express-messages.js';
import { route } from '../../src/http/routing/route.js';
import { createThrottles } from '../../src/http/request/throttle.js';
import { noteChange } from '../../src/database/changes.js';

/** A server with one route. Its handler reads `state`, and can be delayed between the read and the answer. */
class Slow {
  state = 'old';
  reads = 0;
  requests = 0;
  /** What the handler awaits between its read and its answer. */
  gate: Promise<unknown> = Promise.resolve();
  url = '';
  private readonly cache: ResponseCache;
  private readonly throttles = createThrottles({ ...config, THROTTLE_ANON: null, THROTTLE_USER: null }, null);
  private readonly server;

  constructor(options: Partial<CacheOptions> = {}) {
    this.cache = new ResponseCache({ seconds: 3_600, completeSince: () => 0, replicas: false, ...options });
    const line = route('GET', '/thing/:id/', {
      policy: ['movie', 'read'],
      answers: ok(z.object({ state: z.string() })),
      shows: (_answer, { id }) => (id === 1 ? null : [id]),
      handle: async () => {
        const body = { state: this.state };
        this.reads += 1;
        await this.gate;
        return { status: 200, body };
      },
    });
    const shared = { cache: this.cache, throttles: this.throttles };
    const app = express()
      .set('query parser', 'simple')
      .use(serve([line], shared));
    this.server = createServer(
      createMessageClasses(app),
      createFastPath(app, { routes: [line], shared, observe: () => undefined, cors: [], site: null }),
    );
    this.server.on('request', () => (this.requests += 1));
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async get(id: number): Promise<string> {
    return ((await (await fetch(`${this.url}/thing/${id}/`)).json()) as { state: string }).state;
  }

  async status(id: number): Promise<number> {
    return (await fetch(`${this.url}/thing/${id}/`)).status;
  }

  /** Waits until so many requests have come, and had the time to be handled. */
  async arrived(count: number): Promise<void> {
    while (this.requests < count) await setTimeout(5);
    await setTimeout(50);
  }

  /** How many reads of the handler `work` caused. */
  async readsOf(work: () => Promise<unknown>): Promise<number> {
    const before = this.reads;
    await work();
    return this.reads - before;
  }

  close(): void {
    this.cache.close();
    this.throttles.close();
    this.server.close();
    this.server.closeAllConnections();
  }
}

describe('an entry of the response cache', () => {
  let slow: Slow;
  const started = async (options: Partial<CacheOptions> = {}) => {
    slow = await new Slow(options).start();
  };
  afterEach(() => slow.close());

  it('is not made of a read before a commit that is answered after it', async () => {
    await started();
    const gate = new EventEmitter();
    slow.gate = once(gate, 'open');
    const early = slow.get(2);
    while (slow.reads === 0) await new Promise(setImmediate);
    await transaction(async () => {
      noteChange([2]);
      slow.state = 'new';
    });
    gate.emit('open');
    expect(await early).to.equal('old');
    expect(await slow.get(2)).to.equal('new');
    expect(await slow.readsOf(() => slow.get(2)), 'and that is kept').to.equal(0);
  });

  it('is read once for concurrent requests, and again for requests after a change', async () => {
    await started();
    const gate = new EventEmitter();
    slow.gate = once(gate, 'open');
    const early = Array.from({ length: 5 }, () => slow.get(2));
    await slow.arrived(5);
    expect(slow.reads).to.equal(1);
    await transaction(async () => {
      noteChange([2]);
      slow.state = 'new';
    });
    const late = Array.from({ length: 5 }, () => slow.get(2));
    await slow.arrived(10);
    expect(slow.reads).to.equal(2);
    gate.emit('open');
    expect(await Promise.all(early)).to.deep.equal(Array.from({ length: 5 }, () => 'old'));
    expect(await Promise.all(late)).to.deep.equal(Array.from({ length: 5 }, () => 'new'));
  });

  it('is read separately by the requests that waited for a failed one', async () => {
    await started();
    const gate = new EventEmitter();
    slow.gate = once(gate, 'open').then(() => {
      if (slow.reads === 1) throw new Error('no');
    });
    const statuses = Promise.all([2, 2, 2].map((id) => slow.status(id)));
    await slow.arrived(3);
    slow.gate = Promise.resolve();
    gate.emit('open');
    expect((await statuses).toSorted((a, b) => a - b)).to.deep.equal([200, 200, 500]);
  });

  it('stays after a rollback, and after changes to other movies', async () => {
    await started();
    await slow.get(2);
    const failing = transaction(async () => {
      noteChange([2]);
      throw new Error('no');
    });
    await failing.catch(() => undefined);
    await transaction(async () => noteChange([3]));
    expect(await slow.readsOf(() => slow.get(2))).to.equal(0);
  });

  it('is invalidated with each movie that a transaction changes, and by every movie if it shows any', async () => {
    await started();
    const all = [1, 2, 3, 4];
    const readAll = async () => {
      for (const id of all) await slow.get(id);
    };
    await readAll();
    await transaction(async () => {
      noteChange([2]);
      noteChange([3]);
    });
    expect(await slow.readsOf(readAll)).to.equal(3);
    await transaction(async () => noteChange('everything'));
    expect(await slow.readsOf(readAll)).to.equal(4);
  });

  it('is not used while changes may have been missed, nor after that', async () => {
    let since: number | null = 0;
    await started({ completeSince: () => since });
    const read = () => slow.get(2);
    await read();
    since = null;
    expect(await slow.readsOf(read)).to.equal(1);
    since = performance.now();
    expect(await slow.readsOf(read), 'what was kept before').to.equal(1);
    expect(await slow.readsOf(read)).to.equal(0);
  });

  it('is made at the second request if there are replicas', async () => {
    await started({ replicas: true });
    const read = () => slow.get(2);
    expect(await slow.readsOf(read), 'from a replica').to.equal(1);
    expect(await slow.readsOf(read), 'from the primary').to.equal(1);
    expect(await slow.readsOf(read)).to.equal(0);
  });

  it('expires', async () => {
    await started({ seconds: 0.05 });
    await slow.get(2);
    await setTimeout(60);
    expect(await slow.readsOf(() => slow.get(2))).to.equal(1);
  });
});
