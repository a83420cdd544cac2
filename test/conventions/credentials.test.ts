import { expect } from 'chai';
import { issueToken } from '../../src/auth/tokens.js';
import { AuthToken } from '../../src/models/auth-token.js';
import { anonymous, asUser, Client } from '../support/clients.js';
import { makeUser } from '../support/factories.js';
import { expectDetail } from '../support/refusals.js';

function as(authorization: string): Client {
  return new Client({ Authorization: authorization });
}

describe('credentials', () => {
  for (const scheme of ['Token', 'token', 'TOKEN', 'tOkEn']) {
    it(`takes the scheme ${scheme}`, async () => {
      const { user, key } = await asUser();
      const answer = await as(`${scheme} ${key}`).get('/account/me/');
      expect(answer.status, answer.text).to.equal(200);
      expect(answer.body.id).to.equal(user.id);
    });
  }

  it('asks for them with WWW-Authenticate: Token', async () => {
    const answer = await anonymous.get('/account/me/');
    expectDetail(answer, 401, 'Authentication credentials were not provided.');
    expect(answer.headers.get('www-authenticate')).to.equal('Token');
  });

  for (const other of ['Basic dXNlcjpwYXNz', 'Digest username="x"', 'Negotiate abc', 'Tokens abc', 'abc']) {
    it(`counts "${other}" as none`, async () => {
      expect((await as(other).get('/watch/watchlist/')).status).to.equal(200);
      const answer = await as(other).get('/account/me/');
      expectDetail(answer, 401);
      expect(answer.headers.get('www-authenticate')).to.equal('Token');
    });
  }

  const wrong: [string, string][] = [
    ['an unknown key', `Token ${'0'.repeat(64)}`],
    ['no key', 'Token'],
    ['a key in two parts', 'Token abc def'],
    ['a key of odd characters', "Token '; DROP TABLE users; --"],
    ['a very long key', `Token ${'a'.repeat(4_000)}`],
    ['what is no JWT', 'Bearer nonsense'],
    ['an unsigned JWT', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.'],
    ['no JWT', 'bearer'],
  ];
  for (const [what, header] of wrong) {
    it(`refuses ${what} with 401, on public paths too`, async () => {
      for (const path of ['/account/me/', '/watch/watchlist/', '/watch/']) {
        expectDetail(await as(header).get(path), 401);
      }
      expectDetail(await as(header).post('/account/login/', { username: 'a', password: 'b' }), 401);
    });
  }

  it('refuses an opaque token as a Bearer and with a changed letter', async () => {
    const { key } = await asUser();
    expectDetail(await as(`Bearer ${key}`).get('/account/me/'), 401);
    expectDetail(await as(`Token ${key}0`).get('/account/me/'), 401);
    expectDetail(await as(`Token ${key.slice(1)}`).get('/account/me/'), 401);
  });

  it('refuses an expired token, on public paths too', async () => {
    const { user, key } = await asUser();
    await AuthToken.update({ expires: new Date(Date.now() - 1_000) }, { where: { user_id: user.id } });
    expectDetail(await as(`Token ${key}`).get('/account/me/'), 401);
    expectDetail(await as(`Token ${key}`).get('/watch/watchlist/'), 401);
  });

  it('refuses the token of an inactive user at once, on public paths too', async () => {
    const { user, key } = await asUser();
    expect((await as(`Token ${key}`).get('/account/me/')).status).to.equal(200);
    await user.update({ is_active: false });
    expectDetail(await as(`Token ${key}`).get('/account/me/'), 401);
    expectDetail(await as(`Token ${key}`).get('/watch/platformlist/'), 401);
  });

  it("uses the user's current role", async () => {
    await makeUser({ role: 'admin' });
    const client = await asUser();
    expectDetail(await client.post('/watch/platformlist/', {}), 403);
    await client.user.update({ role: 'admin' });
    expect((await client.post('/watch/platformlist/', {})).status).to.equal(400);
    await client.user.update({ role: 'moderator' });
    expectDetail(await client.post('/watch/platformlist/', {}), 403);
  });

  it('refuses the token of a deleted user', async () => {
    const user = await makeUser();
    const key = await issueToken(user);
    await user.destroy();
    expectDetail(await as(`Token ${key}`).get('/watch/'), 401);
  });
});
