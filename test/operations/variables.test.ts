import { expect } from 'chai';
import { anonymous, asUser } from '../support/clients.js';
import { makePlatform } from '../support/factories.js';
import { idsOf } from '../support/lists.js';
import { withProcess } from '../support/processes.js';
import { withServer } from '../support/server.js';

describe('variables', () => {
  it('PAGE_SIZE, MAX_PAGE_SIZE and TOKEN_TTL_DAYS take effect', async () => {
    for (let count = 0; count < 5; count += 1) await makePlatform();
    await withProcess({ PAGE_SIZE: '2', MAX_PAGE_SIZE: '3', TOKEN_TTL_DAYS: '1' }, async (server) => {
      const client = anonymous.at(server);
      for (const style of ['', 'cursor=', 'offset=0&limit=']) {
        expect(idsOf(await client.get(`/watch/platformlist/?${style}`)), style).to.have.length(2);
      }
      for (const style of ['page_size=50', 'limit=50', 'cursor=&page_size=50']) {
        expect(idsOf(await client.get(`/watch/platformlist/?${style}`)), style).to.have.length(3);
      }
      const password = 'quiet-harbour-71';
      const account = { username: 'ann', email: 'ann@example.org', password, password2: password };
      const { body } = await client.post('/account/register/', account);
      const tokens = await client.get('/account/tokens/', { Authorization: `Token ${body.token}` });
      const [token] = tokens.body.results;
      expect((Date.parse(token.expires) - Date.parse(token.created)) / 3_600_000).to.be.closeTo(24, 0.1);
    });
  });

  it('CORS_ORIGINS names the origins that may call the API', async () => {
    const user = await asUser();
    const [friend, stranger] = ['https://films.example.org', 'https://evil.example.org'];
    await withServer({ CORS_ORIGINS: [friend] }, async (server) => {
      const allowed = async (origin: string, method = 'GET') => {
        const headers = {
          Origin: origin,
          ...(method === 'OPTIONS' && { 'Access-Control-Request-Method': 'PATCH' }),
        };
        const answer = await user.at(server).send(method, '/watch/watchlist/', { headers });
        expect(answer.status).to.be.oneOf([200, 204]);
        return answer.headers.get('access-control-allow-origin');
      };
      expect(await allowed(friend)).to.equal(friend);
      expect(await allowed(friend, 'OPTIONS')).to.equal(friend);
      expect(await allowed(stranger)).not.to.be.oneOf([stranger, '*']);
      expect(await allowed(stranger, 'OPTIONS')).not.to.be.oneOf([stranger, '*']);
    });
    const { headers } = await anonymous.get('/watch/', { Origin: friend });
    expect(headers.get('access-control-allow-origin'), 'none by default').to.equal(null);
  });
});
