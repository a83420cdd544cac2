import { expect } from 'chai';
import { anonymous, asUser } from '../support/clients.js';
import { expectDetail } from '../support/refusals.js';
import { withServer } from '../support/server.js';

const LIMIT = 3;

describe('wrong tokens', () => {
  it('are limited by address, of whichever kind, and shut nobody else out', async () => {
    const limit = { THROTTLE_TOKEN: { limit: LIMIT, windowMs: 60_000 }, TRUST_PROXY: 1 };
    const user = await asUser();
    await withServer(limit, async (server) => {
      const from = (address: string) => anonymous.at(server, { 'X-Forwarded-For': address });
      const wrong = ['Token wrong', 'Bearer wrong', `Token ${'0'.repeat(64)}`];
      for (const credentials of wrong) {
        const headers = { Authorization: credentials };
        expectDetail(await from('192.0.2.1').get('/watch/watchlist/', headers), 401);
      }
      const refused = await from('192.0.2.1').get('/watch/watchlist/', { Authorization: 'Token wrong' });
      expectDetail(refused, 429);
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
      expectDetail(await from('192.0.2.1').post('/account/token/refresh/', { refresh: 'wrong' }), 429);
      expectDetail(await from('192.0.2.2').get('/watch/watchlist/', { Authorization: 'Token wrong' }), 401);
      const right = { 'X-Forwarded-For': '192.0.2.1' };
      expect((await user.at(server, right).get('/account/me/')).status).to.equal(200);
      expect((await from('192.0.2.1').get('/watch/watchlist/')).status).to.equal(200);
    });
  });
});
