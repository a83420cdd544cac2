import { expect } from 'chai';
import { SESSION_COOKIE } from '../../site/http/session.js';
import { AuthToken } from '../../src/models/auth-token.js';
import { User } from '../../src/models/user.js';
import { anonymous } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { withServer } from '../support/server.js';
import { cookiesOf, getPage, pageText, postForm, sessionOf } from '../support/site.js';

const NEW = 'louder-lantern-29';

/** The `Cookie` header of the session that an answer starts. */
function cookieOf(answer: Response): string {
  return `${SESSION_COOKIE}=${cookiesOf(answer)[SESSION_COOKIE] ?? ''}`;
}

describe('/login', () => {
  it('signs in, and leads to where one was', async () => {
    await makeUser({ username: 'ann', password: PASSWORD });
    const path = '/login?next=%2Fmovies%3Fgenre%3DDrama%26page%3D2';
    const answer = await postForm(path, { username: 'ANN', password: PASSWORD });
    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal('/movies?genre=Drama&page=2');
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie)
      .to.match(/; HttpOnly; SameSite=Lax$/)
      .and.include('Path=/');
    expect(await pageText('/', { cookie: cookieOf(answer) })).to.include('>ann</span>');
    const [token] = await AuthToken.findAll();
    expect(token?.client).to.include('node');
  });

  it('leads to no other site', async () => {
    await makeUser({ username: 'ann', password: PASSWORD });
    const elsewhere = [
      'https://evil.example/', '//evil.example/', '/\\evil.example', '\\/evil.example', '/\t/evil.example', '/%5Cevil.example/..//evil.example',
      'javascript:alert(1)', '', '/logout', ' /movies',
    ]; // prettier-ignore
    for (const next of elsewhere) {
      const path = `/login?next=${encodeURIComponent(next)}`;
      const answer = await postForm(path, { username: 'ann', password: PASSWORD });
      const location = answer.headers.get('location') ?? '';
      expect(new URL(location, 'https://own.example').origin, next).to.equal('https://own.example');
      expect(location, next).to.match(/^\/(?!\/)/);
    }
  });

  it('keeps where one was through faults and on the way to /register', async () => {
    const text = await (await postForm('/login?next=%2Fplatforms', { username: 'ann' })).text();
    expect(text).to.include('href="/register?next=%2Fplatforms"').and.not.include('action="/login"');
    expect(await pageText('/register?next=%2Fplatforms')).to.include('href="/login?next=%2Fplatforms"');
  });

  it('shows the faults, the username and no password', async () => {
    await makeUser({ username: 'ann', password: PASSWORD });
    const wrong = await postForm('/login', { form: 'sign-in', username: 'ann"<', password: 'wrong-one-1' });
    expect(wrong.status).to.equal(400);
    expect(wrong.headers.getSetCookie()).to.deep.equal([]);
    const text = await wrong.text();
    expect(text).to.include('Unable to log in with provided credentials.').and.include('role="alert"');
    expect(text).to.include('value="ann&quot;&lt;"').and.not.include('wrong-one-1');
    const empty = await postForm('/login', { form: 'sign-in' }, { language: 'de' });
    expect(await empty.text())
      .to.include('Dieses Feld ist nötig.')
      .and.include('Benutzername');
    const german = await postForm(
      '/login',
      { form: 'sign-in', username: 'ann', password: 'x' },
      { language: 'de' },
    );
    expect(await german.text()).to.include('Benutzername oder Passwort ist falsch.');
  });

  it('opens no inactive account', async () => {
    await makeUser({ username: 'ann', password: PASSWORD, is_active: false });
    expect((await postForm('/login', { username: 'ann', password: PASSWORD })).status).to.equal(400);
  });

  it('counts with the logins of the API, per address and per username', async () => {
    await makeUser({ username: 'ann', password: PASSWORD });
    await withServer({ THROTTLE_LOGIN: { limit: 11, windowMs: 60_000 }, TRUST_PROXY: 1 }, async (server) => {
      const from = (address: string) => ({ url: server.url, headers: { 'X-Forwarded-For': address } });
      const api = (address: string, username: string) =>
        anonymous
          .at(server, { 'X-Forwarded-For': address })
          .post('/account/login/', { username, password: 'wrong' });
      for (let number = 0; number < 10; number += 1) {
        const tried = { form: 'sign-in', username: `nobody${number}`, password: 'wrong' };
        expect((await postForm('/login', tried, from('192.0.2.1'))).status).to.equal(400);
      }
      expect((await api('192.0.2.1', 'nobody')).status).to.equal(400);
      expect((await api('192.0.2.1', 'nobody')).status).to.equal(429);
      const right = { form: 'sign-in', username: 'ann', password: PASSWORD };
      const refused = await postForm('/login', right, from('192.0.2.1'));
      expect(refused.status).to.equal(429);
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
      expect(await refused.text())
        .to.match(/Expected available in \d+ seconds/)
        .and.include('value="ann"');
      for (let number = 0; number < 10; number += 1) {
        const tried = { form: 'sign-in', username: 'ANN', password: 'wrong' };
        expect((await postForm('/login', tried, from(`198.51.100.${number}`))).status).to.equal(400);
      }
      expect((await api('203.0.113.1', 'Ann')).status).to.equal(400);
      expect((await postForm('/login', right, from('203.0.113.2'))).status).to.equal(429);
      expect((await api('203.0.113.3', 'ann')).status).to.equal(429);
    });
  });

  it('leads a member away, and replaces a session by another', async () => {
    const ann = await makeUser({ username: 'ann' });
    await makeUser({ username: 'bob', password: PASSWORD });
    const cookie = await sessionOf(ann);
    const away = await getPage('/login?next=%2Fplatforms', { cookie });
    expect([away.status, away.headers.get('location')]).to.deep.equal([303, '/platforms']);
    const failed = await postForm('/login', { form: 'sign-in', username: 'bob', password: 'no' }, { cookie });
    expect(await failed.text()).to.include('Unable to log in');
    const answer = await postForm('/login', { username: 'bob', password: PASSWORD }, { cookie });
    expect(answer.headers.getSetCookie().filter((each) => each.startsWith(SESSION_COOKIE))).to.have.length(1);
    expect(await pageText('/', { cookie: cookieOf(answer) })).to.include('bob</span>');
    expect(await pageText('/', { cookie })).to.include('Sign in');
    expect(await AuthToken.count({ where: { user_id: ann.id } })).to.equal(0);
  });

  it('gives a new session at each login, whatever cookie came', async () => {
    await makeUser({ username: 'ann', password: PASSWORD });
    const planted = await sessionOf(await makeUser({ username: 'eve' }));
    const answer = await postForm('/login', { username: 'ann', password: PASSWORD }, { cookie: planted });
    expect(cookieOf(answer)).to.not.equal(planted);
    expect(await pageText('/', { cookie: planted })).to.not.include('ann</span>');
  });
});

describe('/register', () => {
  const fields = {
    form: 'sign-up',
    username: 'ann',
    email: 'ann@example.org',
    password: NEW,
    password2: NEW,
  };

  it('makes an account, and signs its member in', async () => {
    const answer = await postForm('/register?next=%2Fplatforms', fields);
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, '/platforms']);
    const notice = `marquee.notice=${cookiesOf(answer)['marquee.notice'] ?? ''}`;
    const text = await pageText('/', { cookie: `${cookieOf(answer)}; ${notice}` });
    expect(text).to.include('ann</span>').and.include('Welcome! Your account is ready.');
  });

  it('shows each fault at its field, in the visitor’s language', async () => {
    await makeUser({ username: 'taken', email: 'taken@example.org' });
    const sent = {
      form: 'sign-up',
      username: 'Taken',
      email: 'TAKEN@example.org',
      password: '1234',
      password2: 'x',
    };
    const answer = await postForm('/register', sent, { language: 'de' });
    expect(answer.status).to.equal(400);
    const text = await answer.text();
    for (const german of [
      'Dieser Benutzername ist vergeben.',
      'Diese E-Mail-Adresse ist vergeben.',
      'mindestens 8 Zeichen',
      'Die beiden Passwörter sind nicht gleich.',
    ])
      expect(text).to.include(german);
    expect(text).to.include('value="TAKEN@example.org"').and.not.include('1234');
    expect(text.match(/aria-invalid/g)).to.have.length(4);
  });

  it('refuses what fills in the field that people do not see', async () => {
    const answer = await postForm('/register', { ...fields, company_fax: '12' });
    expect(answer.status).to.equal(400);
    expect(await answer.text()).to.include('A field that nobody sees was filled in.');
    expect(await User.count()).to.equal(0);
  });

  it('counts forms that ask nothing of the API', async () => {
    await withServer({ THROTTLE_ANON: { limit: 2, windowMs: 60_000 } }, async ({ url }) => {
      const send = () => postForm('/register', { form: 'sign-up', company_fax: '1' }, { url });
      expect([(await send()).status, (await send()).status]).to.deep.equal([400, 400]);
      const refused = await send();
      expect(refused.status).to.equal(429);
      expect(await refused.text()).to.include('Request was throttled.');
    });
  });

  it('counts with the logins', async () => {
    await withServer({ THROTTLE_LOGIN: { limit: 2, windowMs: 60_000 } }, async ({ url }) => {
      for (const status of [400, 400, 429])
        expect((await postForm('/register', { form: 'sign-up' }, { url })).status).to.equal(status);
    });
  });

  it('makes one account of thirty forms at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => postForm('/register', fields)));
    expect(answers.filter(({ status }) => status === 303)).to.have.length(1);
    expect(answers.filter(({ status }) => status === 400)).to.have.length(29);
  });
});

describe('/logout', () => {
  it('ends the session, in the API too', async () => {
    const cookie = await sessionOf(await makeUser({ username: 'ann' }));
    const asked = await getPage('/logout', { cookie });
    expect(await asked.text()).to.include('You are signed in as ann.');
    expect(await AuthToken.count()).to.equal(1);
    const answer = await postForm('/logout', {}, { cookie });
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, '/']);
    expect(cookiesOf(answer)[SESSION_COOKIE]).to.equal('');
    expect(answer.headers.get('clear-site-data')).to.equal('"cache"');
    expect(await AuthToken.count()).to.equal(0);
    expect(await pageText('/', { cookie })).to.include('Sign in');
  });

  it('does nothing to visitors, and is not for other sites', async () => {
    expect((await getPage('/logout')).headers.get('location')).to.equal('/');
    expect((await postForm('/logout', {})).status).to.equal(303);
    const cookie = await sessionOf(await makeUser());
    const forged = await postForm('/logout', {}, { cookie, headers: { Origin: 'https://evil.example' } });
    expect(forged.status).to.equal(403);
    expect(await AuthToken.count()).to.equal(1);
  });
});
