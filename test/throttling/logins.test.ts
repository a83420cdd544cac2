import { expect } from 'chai';
import { anonymous } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { expectDetail } from '../support/refusals.js';
import { type Server, withServer } from '../support/server.js';

const LOGIN = { THROTTLE_LOGIN: { limit: 3, windowMs: 60_000 } };

/** Tries to log in from an address that the app believes, as it trusts one proxy. */
async function attempt(
  server: Server,
  address: string,
  username: string,
  password = 'wrong',
): Promise<number> {
  const client = anonymous.at(server, { 'X-Forwarded-For': address });
  const answer = await client.post('/account/login/', { username, password });
  if (answer.status === 429) {
    expectDetail(answer, 429);
    expect(Number(answer.headers.get('retry-after'))).to.be.within(1, 60);
  }
  return answer.status;
}

describe('THROTTLE_LOGIN', () => {
  it('limits the attempts of an address, whatever the username', async () => {
    await withServer({ ...LOGIN, TRUST_PROXY: 1 }, async (server) => {
      for (const username of ['a', 'b', 'c']) {
        expect(await attempt(server, '192.0.2.1', username)).to.equal(400);
      }
      expect(await attempt(server, '192.0.2.1', 'd')).to.equal(429);
      expect(await attempt(server, '192.0.2.2', 'd')).to.equal(400);
    });
  });

  it('limits the attempts at a username, in any letter case, whatever the address', async () => {
    await withServer({ ...LOGIN, TRUST_PROXY: 1 }, async (server) => {
      for (const [index, username] of ['ann', 'ANN', 'Ann'].entries()) {
        expect(await attempt(server, `192.0.2.${index}`, username)).to.equal(400);
      }
      expect(await attempt(server, '192.0.2.9', 'aNN')).to.equal(429);
      expect(await attempt(server, '192.0.2.9', 'ben')).to.equal(400);
    });
  });

  it('counts each attempt, those that succeed too', async () => {
    await makeUser({ username: 'ann', password: PASSWORD });
    await withServer(LOGIN, async (server) => {
      for (const expected of [200, 200, 200, 429]) {
        expect(await attempt(server, '', 'ann', PASSWORD)).to.equal(expected);
      }
    });
  });

  it('counts attempts that come at once', async () => {
    await withServer(LOGIN, async (server) => {
      const statuses = await Promise.all(Array.from({ length: 9 }, () => attempt(server, '', 'ann')));
      expect(statuses.filter((status) => status === 400)).to.have.length(3);
      expect(statuses.filter((status) => status === 429)).to.have.length(6);
    });
  });

  it('counts registrations with the logins', async () => {
    await withServer(LOGIN, async (server) => {
      const client = anonymous.at(server);
      for (let number = 0; number < 3; number += 1) {
        expect((await client.post('/account/register/', {})).status).to.equal(400);
      }
      expectDetail(await client.post('/account/register/', {}), 429);
      expect(await attempt(server, '', 'ann')).to.equal(429);
    });
  });

  it('limits nothing else', async () => {
    await withServer(LOGIN, async (server) => {
      for (let number = 0; number < 5; number += 1) await attempt(server, '', 'ann');
      expect((await anonymous.at(server).get('/watch/watchlist/')).status).to.equal(200);
    });
  });
});
