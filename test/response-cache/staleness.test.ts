import { expect } from 'chai';
import { untilAlone } from '../support/raw-writes.js';
import { withServer } from '../support/server.js';
import { storm } from './storm.js';

describe('cached answers while ratings change', () => {
  it('show at least the writes that were acknowledged before the request', async () => {
    await withServer({ CACHE_SECONDS: 3_600 }, async (server) => {
      await untilAlone();
      expect(
        await storm(
          server,
          Array.from({ length: 3 }, () => ({ server, behind: 0 })),
        ),
      ).to.be.above(10);
    });
  });
});
