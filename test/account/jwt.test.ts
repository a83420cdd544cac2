import { expect } from 'chai';
import { createHmac } from 'node:crypto';
import { User } from '../../src/models/user.js';
import { jwtSecrets } from '../../src/auth/secrets.js';
import { anonymous, asUser, Client, clientOf } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';

interface Pair {
  access: string;
  refresh: string;
}

const bearer = (jwt: string) => new Client({ Authorization: `Bearer ${jwt}` });

async function logIn(user: User): Promise<Pair> {
  const answer = await anonymous.post('/account/token/', { username: user.username, password: PASSWORD });
  expect(answer.status).to.equal(200);
  expect(answer.body).to.have.all.keys('access', 'refresh');
  return answer.body as Pair;
}

const refresh = (token: string) => anonymous.post('/account/token/refresh/', { refresh: token });

async function expectDead(pair: Pair): Promise<void> {
  expect((await bearer(pair.access).get('/account/me/')).status).to.equal(401);
  expect((await refresh(pair.refresh)).status).to.equal(401);
}

/** The token with changed claims or a changed header, signed with a key. */
function forge(jwt: string, changes: { header?: object; claims?: object; key?: string }): string {
  const [header = '', claims = ''] = jwt.split('.');
  const changed = [
    [header, changes.header],
    [claims, changes.claims],
  ].map(([part, change]) => {
    const parsed = JSON.parse(Buffer.from(part as string, 'base64url').toString()) as object;
    return Buffer.from(JSON.stringify({ ...parsed, ...(change as object) })).toString('base64url');
  });
  const signature = createHmac('sha256', changes.key ?? (jwtSecrets()[0] as string)).update(
    changed.join('.'),
  );
  return [...changed, signature.digest('base64url')].join('.');
}

describe('JWT', () => {
  let user: User;

  beforeEach(async () => {
    user = await makeUser({ password: PASSWORD });
  });

  it('opens the API with the access token', async () => {
    const { access } = await logIn(user);
    const answer = await bearer(access).get('/account/me/');
    expect(answer.body.username).to.equal(user.username);
  });

  it('refuses an unknown user, a wrong password and an inactive user with the same 401', async () => {
    await makeUser({ username: 'gone', password: PASSWORD, is_active: false });
    for (const body of [
      { username: user.username, password: 'wrong-password' },
      { username: 'nobody', password: PASSWORD },
      { username: 'gone', password: PASSWORD },
    ]) {
      const answer = await anonymous.post('/account/token/', body);
      expect(answer.status).to.equal(401);
      expect(answer.body).to.deep.equal({ detail: 'No active account found with the given credentials' });
    }
  });

  it('rotates: the new refresh token works, and reuse of the old one ends the family', async () => {
    const first = await logIn(user);
    const second = (await refresh(first.refresh)).body as Pair;
    expect((await bearer(second.access).get('/account/me/')).status).to.equal(200);
    expect((await refresh(first.refresh)).status).to.equal(401);
    await expectDead(second);
  });

  it('accepts at most one of ten concurrent refreshes', async () => {
    const first = await logIn(user);
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(first.refresh)));
    expect(answers.filter(({ status }) => status === 200)).to.have.lengthOf(1);
    expect(answers.filter(({ status }) => status === 401)).to.have.lengthOf(9);
  });

  it('ends with its logout; other logins stay', async () => {
    const [mine, other] = [await logIn(user), await logIn(user)];
    expect((await bearer(mine.access).post('/account/logout/')).status).to.equal(200);
    await expectDead(mine);
    expect((await bearer(other.access).get('/account/me/')).status).to.equal(200);
  });

  it('ends with logout-all', async () => {
    const pair = await logIn(user);
    expect((await (await clientOf(user)).post('/account/logout-all/')).status).to.equal(200);
    await expectDead(pair);
  });

  it('ends with a new password, except for the login that set it', async () => {
    const [mine, other] = [await logIn(user), await logIn(user)];
    const passwords = {
      old_password: PASSWORD,
      new_password: 'calm-lantern-52',
      new_password2: 'calm-lantern-52',
    };
    expect((await bearer(mine.access).post('/account/password/', passwords)).status).to.equal(200);
    await expectDead(other);
    expect((await bearer(mine.access).get('/account/me/')).status).to.equal(200);
  });

  it('applies a new role and is_active at once', async () => {
    await makeUser({ role: 'admin' });
    const pair = await logIn(user);
    await user.update({ role: 'admin' });
    expect((await bearer(pair.access).post('/watch/platformlist/', {})).status).to.equal(400);
    await user.update({ is_active: false });
    await expectDead(pair);
  });

  it('refuses alg none, other keys, issuers and audiences, expired tokens and refresh tokens, on public paths too', async () => {
    const { access, refresh: refreshToken } = await logIn(user);
    const past = Math.floor(Date.now() / 1_000) - 60;
    const [header, claims] = access.split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const bad = {
      none: `${none}.${claims}.`,
      'no signature': `${header}.${claims}.`,
      'another key': forge(access, { key: 'another key altogether' }),
      'another key id': forge(access, { header: { kid: 'unknown' } }),
      'another algorithm': forge(access, { header: { alg: 'HS512' } }),
      'a key of its own': forge(access, {
        header: { kid: undefined, jwk: { kty: 'oct', k: Buffer.from('mine').toString('base64url') } },
        key: 'mine',
      }),
      'a key from elsewhere': forge(access, { header: { jku: 'https://evil.example/keys' }, key: 'mine' }),
      'another issuer': forge(access, { claims: { iss: 'evil' } }),
      'another audience': forge(access, { claims: { aud: 'evil' } }),
      expired: forge(access, { claims: { exp: past } }),
      'a refresh token': refreshToken,
      'not a token': 'abc',
    };
    expect((await bearer(forge(access, {})).get('/watch/')).status, 'the forgery itself is sound').to.equal(
      200,
    );
    for (const [name, jwt] of Object.entries(bad)) {
      const answer = await bearer(jwt).get('/watch/');
      expect(answer.status, name).to.equal(401);
    }
  });

  it('requires a refresh token, and does not accept an access token as one', async () => {
    const { access } = await logIn(user);
    const missing = await anonymous.post('/account/token/refresh/', {});
    expect(missing.status).to.equal(400);
    expect(missing.body).to.deep.equal({ refresh: ['This field is required.'] });
    expect((await refresh(access)).status).to.equal(401);
  });

  it('is not listed among the opaque tokens', async () => {
    await logIn(user);
    const answer = await (await asUser()).get('/account/tokens/');
    expect(answer.body.count).to.equal(1);
  });
});
