import { expect } from 'chai';
import { anonymous } from '../support/clients.js';
import { withServer } from '../support/server.js';

describe('a page of another origin', () => {
  it('may read the headers that it needs to wait, revalidate, page and report', async () => {
    const limit = {
      CORS_ORIGINS: ['https://app.example.org'],
      THROTTLE_ANON: { limit: 1, windowMs: 60_000 },
    };
    await withServer(limit, async (server) => {
      const ask = () => anonymous.at(server).get('/watch/watchlist/', { Origin: 'https://app.example.org' });
      await ask();
      const refused = await ask();
      expect(refused.status).to.equal(429);
      const exposed = refused.headers.get('access-control-expose-headers')?.toLowerCase().split(/,\s*/);
      expect(exposed).to.have.members([
        'etag', 'idempotency-replayed', 'link', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id',
      ]); // prettier-ignore
    });
  });
});

describe('the address of the site in answers', () => {
  it('has http or https as its scheme, whatever a proxy passes on', async () => {
    await withServer({ TRUST_PROXY: 1 }, async (server) => {
      const root = async (scheme: string) =>
        (await anonymous.at(server).get('/watch/', { 'X-Forwarded-Proto': scheme })).text;
      expect(await root('javascript')).not.to.include('javascript:');
      expect(await root('https')).to.include('https://');
    });
  });
});
