import { expect } from 'chai';
import { anonymous } from '../support/clients.js';
import { sharedUrl } from '../support/server.js';

describe('GET /watch/', () => {
  it('names the lists and returns their absolute addresses', async () => {
    const { status, body } = await anonymous.get('/watch/');
    expect(status).to.equal(200);
    const addresses = Object.values(body as Record<string, string>);
    expect(addresses).to.include(`${sharedUrl()}/watch/platformlist/`);
    expect(addresses).to.include(`${sharedUrl()}/watch/watchlist/`);
    for (const address of addresses) expect(address).to.match(/^http:\/\/127\.0\.0\.1:\d+\/watch\//);
  });
});
