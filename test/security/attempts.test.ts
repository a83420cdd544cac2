import { expect } from 'chai';
import { makeMember, PanelClient, startPanel } from '../support/panel.js';
import { anonymous } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import type { Server } from '../support/server.js';

const LIMIT = 3;
const WRONG = 'wrong-harbour-71';
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const MULTIPART = { 'Content-Type': 'multipart/form-data; boundary=x' };

const part = (name: string, value: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** Ways to write an attempt at one account that a limiter could read as another one. `n` differs each time. */
const SPELLINGS: Record<string, (n: number) => { body: string; headers: Record<string, string> }> = {
  'a field repeated in a form': (n) => ({
    body: `username=q${n}&username=admin&password=${WRONG}`,
    headers: FORM,
  }),
  'an escaped name': (n) => ({ body: `username=q${n}&user%6eame=admin&password=${WRONG}`, headers: FORM }),
  'a name in brackets': (n) => ({ body: `username[${n}]=q&username=ADMIN&password=${WRONG}`, headers: FORM }),
  'an e-mail beside it': (n) => ({ body: `email=q${n}&username=admin&password=${WRONG}`, headers: FORM }),
  'a field repeated in JSON': (n) => ({
    body: `{"username": "q${n}", "username": "admin", "password": "${WRONG}"}`,
    headers: { 'Content-Type': 'application/json' },
  }),
  'a field repeated in a multipart form': (n) => ({
    body: `${part('username', `q${n}`)}${part('username', 'admin')}${part('password', WRONG)}--x--\r\n`,
    headers: MULTIPART,
  }),
  'white space': (n) => ({
    body: `username=${'+'.repeat(n)}admin${'%09'.repeat(n)}&password=${WRONG}`,
    headers: FORM,
  }),
};

describe('the limit of attempts at an account', () => {
  let panel: Server;

  beforeEach(async () => {
    const perMinute = { limit: LIMIT, windowMs: 60_000 };
    panel = await startPanel({ THROTTLE_LOGIN: perMinute, TRUST_PROXY: 1 });
    await makeUser({ username: 'admin', password: PASSWORD });
  });
  afterEach(() => panel.close());

  let addresses = 0;
  const elsewhere = () => {
    addresses += 1;
    return { 'X-Forwarded-For': `198.18.${addresses >> 8}.${addresses & 255}` };
  };

  for (const path of ['/account/login/', '/account/token/']) {
    for (const [spelling, attempt] of Object.entries(SPELLINGS)) {
      it(`holds at ${path} against ${spelling}`, async () => {
        const statuses: number[] = [];
        for (let n = 0; n < LIMIT + 2; n += 1) {
          const { body, headers } = attempt(n);
          const client = anonymous.at(panel, { ...elsewhere(), ...headers });
          statuses.push((await client.send('POST', path, { body })).status);
        }
        expect(statuses.slice(LIMIT), spelling).to.deep.equal([429, 429]);
      });
    }
  }

  it('holds at the panel, whatever stands beside the name, and takes nothing from the address', async () => {
    const member = await makeMember('admin');
    const statuses: number[] = [];
    for (let n = 0; n < LIMIT + 2; n += 1) {
      const body = `username=q${n}&email=q${n}&email=${member.username}&password=${WRONG}`;
      const headers = { ...elsewhere(), ...FORM };
      statuses.push(
        (await new PanelClient(panel).fetch('/admin/login', { method: 'POST', headers, body })).status,
      );
    }
    expect(statuses.slice(LIMIT)).to.deep.equal([429, 429]);
    const query = `email=${member.username}&password=${PASSWORD}`;
    const other = { method: 'POST', headers: { ...elsewhere(), ...FORM }, body: '' };
    expect((await new PanelClient(panel).fetch(`/admin/login?${query}`, other)).status).to.equal(401);
  });

  it('holds for mailed resets, whose address counts as it is used', async () => {
    const { email } = await makeUser();
    const spellings = [email, email.toUpperCase(), email.replace(/\.([^.]*)$/, '\u3002$1')];
    const statuses: number[] = [];
    for (let n = 0; n < LIMIT + 2; n += 1) {
      const body = `email=q${n}@example.org&email=${encodeURIComponent(spellings[n % 3] as string)}`;
      const client = anonymous.at(panel, { ...elsewhere(), ...FORM });
      statuses.push((await client.send('POST', '/account/password-reset/', { body })).status);
    }
    expect(statuses.slice(LIMIT)).to.deep.equal([429, 429]);
  });

  for (const header of ['203.0.113.9:PORT', '[2001:db8::9]:PORT', 'client-PORT', '999.1.1.PORT', '']) {
    it(`counts ${header || 'an empty address'} as one client, whatever the port`, async () => {
      const statuses: number[] = [];
      for (let n = 0; n < LIMIT + 1; n += 1) {
        const headers = { 'X-Forwarded-For': header.replace('PORT', String(2_000 + n)) };
        const body = { username: `someone-${n}`, password: WRONG };
        statuses.push((await anonymous.at(panel, headers).post('/account/login/', body)).status);
      }
      expect(statuses.at(-1)).to.equal(429);
    });
  }
});
