import { MemoryStore } from 'express-rate-limit';
import { expect } from 'chai';
import { ThrottleStore } from '../../src/http/request/throttle-store.js';
import { anonymous } from '../support/clients.js';
import { withServer } from '../support/server.js';

const HOUR_MS = 3_600_000;

describe('a clock that is set back', () => {
  const { now } = Date;
  afterEach(() => {
    Date.now = now;
  });

  it('locks nobody out for longer than a window', async () => {
    const limit = { THROTTLE_ANON: { limit: 1, windowMs: 60_000 } };
    await withServer(limit, async (server) => {
      const ask = () => anonymous.at(server).get('/watch/');
      expect((await ask()).status).to.equal(200);
      expect((await ask()).status).to.equal(429);
      Date.now = () => now() - 2 * HOUR_MS;
      expect((await ask()).status).to.equal(200);
      const refused = await ask();
      expect(refused.status).to.equal(429);
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    });
  });

  it('is told by the store, which begins a new window', async () => {
    const store = new ThrottleStore(null, 'test');
    store.init({ windowMs: 60_000 } as Parameters<MemoryStore['init']>[0]);
    await store.increment('a');
    expect((await store.increment('a')).totalHits).to.equal(2);
    Date.now = () => now() - HOUR_MS;
    expect((await store.increment('a')).totalHits).to.equal(1);
    store.shutdown();
  });
});
