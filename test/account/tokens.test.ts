import { expect } from 'chai';
import { findToken } from '../../src/auth/tokens.js';
import { AuthToken } from '../../src/models/auth-token.js';
import { anonymous, asUser, Client, clientOf } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { expectDetail } from '../support/refusals.js';

const PATH = '/account/tokens/';

interface Token {
  id: number;
  client: string;
  current: boolean;
}

async function idOf(key: string): Promise<number> {
  return ((await findToken(key)) as AuthToken).id;
}

describe('GET /account/tokens/', () => {
  it("lists the caller's tokens and marks the current one", async () => {
    const user = await makeUser();
    const clients = [await clientOf(user), await clientOf(user)];
    await asUser();
    const { status, body } = await (clients[1] as Client).get(PATH);
    expect(status).to.equal(200);
    expect(body.count).to.equal(2);
    for (const token of body.results) {
      expect(token).to.have.all.keys('id', 'created', 'last_used', 'expires', 'client', 'current');
    }
    const current = (body.results as Token[]).filter((token) => token.current);
    expect(current.map((token) => token.id)).to.deep.equal([await idOf(clients[1]?.key ?? '')]);
  });

  it('never shows a key, nor its hash', async () => {
    const client = await asUser();
    const stored = await AuthToken.findOne({ where: { user_id: client.user.id } });
    const { text } = await client.get(PATH);
    expect(text).not.to.include(client.key);
    expect(text).not.to.include(stored?.key_hash);
  });

  it('lists keys with 256 random bits', async () => {
    const keys = [(await asUser()).key, (await asUser()).key];
    for (const key of keys) expect(key).to.match(/^[0-9a-f]{64}$/);
    expect(keys[0]).not.to.equal(keys[1]);
  });

  it('tells the lifetime and the client that logged in', async () => {
    const user = await makeUser({ password: PASSWORD });
    const login = await anonymous.post(
      '/account/login/',
      { username: user.username, password: PASSWORD },
      { 'User-Agent': 'Marquee for Toasters/2.1' },
    );
    const { body } = await new Client({ Authorization: `Token ${login.body.token}` }).get(PATH);
    const [token] = body.results;
    expect(token.client).to.include('Marquee for Toasters/2.1');
    const days = (Date.parse(token.expires) - Date.parse(token.created)) / 86_400_000;
    expect(days).to.be.closeTo(30, 0.01);
  });

  it('refuses without a token', async () => {
    expectDetail(await anonymous.get(PATH), 401);
    expectDetail(await anonymous.delete(`${PATH}1/`), 401);
  });
});

describe('DELETE /account/tokens/<id>/', () => {
  it('revokes that token', async () => {
    const user = await makeUser();
    const here = await clientOf(user);
    const there = await clientOf(user);
    const id = await idOf(there.key);
    const answer = await here.delete(`${PATH}${id}/`);
    expect(answer.status, answer.text).to.equal(204);
    expectDetail(await there.get('/account/me/'), 401);
    expect((await here.get(PATH)).body.count).to.equal(1);
    expectDetail(await here.delete(`${PATH}${id}/`), 404);
  });

  it('revokes the current token', async () => {
    const here = await asUser();
    expect((await here.delete(`${PATH}${await idOf(here.key)}/`)).status).to.equal(204);
    expectDetail(await here.get('/account/me/'), 401);
  });

  it("answers 404 for another user's token and keeps it, for an admin too", async () => {
    const other = await asUser();
    const id = await idOf(other.key);
    for (const role of ['user', 'moderator', 'admin'] as const) {
      expectDetail(await (await asUser({ role })).delete(`${PATH}${id}/`), 404);
    }
    expect((await other.get('/account/me/')).status).to.equal(200);
  });
});
