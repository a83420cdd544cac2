import { expect } from 'chai';
import { beginFamily } from '../../src/auth/jwt-families.js';
import { signPair } from '../../src/auth/jwt.js';
import { makeMember, PanelClient, startPanel } from '../support/panel.js';
import { anonymous, clientOf, Client } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { expectDetail } from '../support/refusals.js';
import type { Server } from '../support/server.js';

const LIMIT = 4;
const perMinute = { limit: LIMIT, windowMs: 60_000 };

describe('attackers on the limits', () => {
  let panel: Server;

  beforeEach(async () => {
    // The app trusts a proxy, so that a test can use any client address.
    panel = await startPanel({ THROTTLE_LOGIN: perMinute, TRUST_PROXY: 1 });
  });
  afterEach(() => panel.close());

  const from = (address: string, client: Client = anonymous) =>
    client.at(panel, { 'X-Forwarded-For': address });
  const guess = async (address: string, username: string, path = '/account/login/') =>
    (await from(address).post(path, { username, password: 'wrong-harbour-71' })).status;
  const askReset = async (address: string, email: string) =>
    (await from(address).post('/account/password-reset/', { email })).status;
  const panelGuess = async (address: string, email: string) => {
    const headers = { 'X-Forwarded-For': address };
    const body = new URLSearchParams({ email, password: 'wrong-harbour-71' });
    return (await new PanelClient(panel).fetch('/admin/login', { method: 'POST', headers, body })).status;
  };

  it('from many addresses cannot try one account, through any login', async () => {
    await makeUser({ username: 'ann', password: PASSWORD });
    const statuses: number[] = [];
    for (let number = 0; number < 12; number += 1) {
      const address = `192.0.2.${number}`;
      if (number % 3 === 0) statuses.push(await guess(address, 'ann'));
      if (number % 3 === 1) statuses.push(await guess(address, 'ANN', '/account/token/'));
      if (number % 3 === 2) statuses.push(await panelGuess(address, 'Ann'));
    }
    expect(statuses.slice(0, LIMIT)).to.deep.equal([400, 401, 401, 400]);
    expect(statuses.slice(LIMIT)).to.deep.equal(Array.from({ length: 12 - LIMIT }, () => 429));
  });

  it('from one address cannot try many accounts, through any login', async () => {
    const statuses: number[] = [];
    for (let number = 0; number < LIMIT; number += 1) {
      statuses.push(await guess('192.0.2.1', `user-${number}`));
    }
    statuses.push(await guess('192.0.2.1', 'user-a'));
    statuses.push(await guess('192.0.2.1', 'user-b', '/account/token/'));
    statuses.push(await panelGuess('192.0.2.1', 'user-c'));
    expect(statuses).to.deep.equal([400, 400, 400, 400, 429, 429, 429]);
  });

  it('do not lock out the holder of a token, a JWT or a session', async () => {
    const user = await makeMember('moderator');
    const session = await PanelClient.loggedIn(panel, user);
    const token = from('198.51.100.1', await clientOf(user));
    const pair = await signPair(await beginFamily(user));
    const access = from('198.51.100.1', new Client({ Authorization: `Bearer ${pair.access}` }));

    for (let number = 0; number < 2 * LIMIT; number += 1) await guess(`192.0.2.${number}`, user.username);
    expect(await guess('198.51.100.1', user.username), 'the username is throttled').to.equal(429);

    expect((await token.get('/account/me/')).status).to.equal(200);
    expect((await access.get('/account/me/')).status).to.equal(200);
    expect((await session.fetch('/admin')).status).to.equal(200);
    expect((await session.read('reviews/actions/list')).status).to.equal(200);
    const refreshed = await from('198.51.100.1').post('/account/token/refresh/', { refresh: pair.refresh });
    expect(refreshed.status).to.equal(200);
    expect((await token.post('/account/logout-all/')).status).to.equal(200);
  });

  it('do not lock out other users at other addresses', async () => {
    await makeUser({ username: 'ben', password: PASSWORD });
    for (let number = 0; number < 2 * LIMIT; number += 1) await guess('192.0.2.1', 'ann');
    const login = await from('198.51.100.1').post('/account/login/', { username: 'ben', password: PASSWORD });
    expect(login.status).to.equal(200);
  });

  it('cannot guess a password with a stolen token', async () => {
    const user = await makeUser({ password: PASSWORD });
    const thief = from('192.0.2.1', await clientOf(user));
    const passwords = { new_password: 'louder-lantern-29', new_password2: 'louder-lantern-29' };
    for (let number = 0; number < LIMIT; number += 1) {
      const answer =
        number % 2
          ? await thief.delete('/account/me/', { password: 'x' })
          : await thief.post('/account/password/', { old_password: 'x', ...passwords });
      expect(answer.status).to.equal(400);
    }
    expectDetail(await thief.post('/account/password/', { old_password: PASSWORD, ...passwords }), 429);
    expectDetail(await thief.delete('/account/me/', { password: PASSWORD }), 429);
    expect((await thief.get('/account/me/')).status).to.equal(200);
  });

  it('cannot flood a mailbox, known or unknown, nor many of them', async () => {
    await makeUser({ email: 'ann@example.org' });
    for (const email of ['ann@example.org', 'nobody@example.org']) {
      const statuses: number[] = [];
      for (let number = 0; number < LIMIT + 2; number += 1) {
        statuses.push(await askReset(`192.0.2.${number + 1}`, number % 2 ? email : email.toUpperCase()));
      }
      expect(statuses, email).to.deep.equal([200, 200, 200, 200, 429, 429]);
    }
    const many: number[] = [];
    for (let number = 0; number < LIMIT + 1; number += 1) {
      many.push(await askReset('203.0.113.1', `user-${number}@example.org`));
    }
    expect(many).to.deep.equal([200, 200, 200, 200, 429]);
  });
});
