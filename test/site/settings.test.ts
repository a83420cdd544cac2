import { expect } from 'chai';
import { deviceOf } from '../../site/devices.js';
import { SESSION_COOKIE } from '../../site/http/session.js';
import { issueToken } from '../../src/auth/tokens.js';
import { AuthToken } from '../../src/models/auth-token.js';
import { EmailChange } from '../../src/models/email-change.js';
import { Review } from '../../src/models/review.js';
import { User } from '../../src/models/user.js';
import { WatchList } from '../../src/models/watch-list.js';
import { asUser } from '../support/clients.js';
import { makeReview, makeUser, PASSWORD } from '../support/factories.js';
import { withServer } from '../support/server.js';
import { cookiesOf, getPage, pageText, postForm, sessionOf } from '../support/site.js';

const PATH = '/settings';
const NEW = 'louder-lantern-29';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

describe('/settings', () => {
  it('are for members', async () => {
    const page = await getPage(PATH);
    expect([page.status, page.headers.get('location')]).to.deep.equal([303, '/login?next=%2Fsettings']);
    const sent = await postForm(PATH, { form: 'delete', password: PASSWORD });
    expect(sent.headers.get('location')).to.equal('/login?next=%2Fsettings');
  });

  it('change the address, once it is confirmed, with the password', async () => {
    const user = await makeUser({ email: 'ann@example.org', password: PASSWORD });
    const cookie = await sessionOf(user);
    const change = (password: string) =>
      postForm(PATH, { form: 'email', email: 'new@example.org', password }, { cookie });
    const refused = await change('wrong');
    expect(refused.status).to.equal(400);
    const text = await refused.text();
    expect(text).to.include('Your password was entered incorrectly.').and.include('value="new@example.org"');
    expect(text.match(/aria-invalid/g), 'only in the form that was sent').to.have.length(1);
    const answer = await change(PASSWORD);
    expect(cookiesOf(answer)['marquee.notice']).to.equal('emailPending');
    expect(await EmailChange.count()).to.equal(1);
    const same = await postForm(PATH, { form: 'email', email: 'ann@example.org' }, { cookie });
    expect(cookiesOf(same)['marquee.notice']).to.equal('saved');
    expect(await EmailChange.count()).to.equal(0);
  });

  it('change the password, and keep this session alone', async () => {
    const user = await makeUser({ username: 'ann', password: PASSWORD });
    const [cookie, other] = [await sessionOf(user), await sessionOf(user)];
    const change = (fields: Record<string, string>, language = 'en') =>
      postForm(PATH, { form: 'password', ...fields }, { cookie, language });
    const refused = await change({ old_password: 'no', new_password: '12345678', new_password2: '1' }, 'de');
    const text = await refused.text();
    for (const german of ['Ihr Passwort ist nicht richtig.', 'nur aus Ziffern', 'sind nicht gleich'])
      expect(text).to.include(german);
    expect(text).to.not.include('12345678');
    const answer = await change({ old_password: PASSWORD, new_password: NEW, new_password2: NEW });
    expect(answer.headers.get('location')).to.equal(PATH);
    expect(await pageText('/', { cookie })).to.include('ann</span>');
    expect(await pageText('/', { cookie: other })).to.include('Sign in');
  });

  it('list the devices, and end them', async () => {
    const user = await makeUser();
    const cookie = await sessionOf(user);
    await issueToken(user, PHONE);
    const text = await pageText(PATH, { cookie });
    expect(text).to.include('Safari on iPhone').and.include('This device');
    const phone = (await AuthToken.findOne({ where: { client: PHONE } })) as AuthToken;
    const end = () => postForm(PATH, { form: `device-${phone.id}`, id: String(phone.id) }, { cookie });
    expect(cookiesOf(await end())['marquee.notice']).to.equal('deviceEnded');
    expect(await AuthToken.findByPk(phone.id)).to.equal(null);
    expect((await end()).status, 'twice').to.equal(303);
    expect(await pageText(PATH, { cookie })).to.not.include('iPhone');
  });

  it('end no device of another member', async () => {
    const cookie = await sessionOf(await makeUser());
    const { key } = await asUser();
    const [own, others] = await AuthToken.findAll({ order: ['id'] });
    expect(own?.user_id).to.not.equal(others?.user_id);
    for (const id of [String(others?.id), '../me', '0', 'x', '', '%2e%2e'])
      expect((await postForm(PATH, { form: 'device-1', id }, { cookie })).status).to.equal(303);
    expect(await AuthToken.count()).to.equal(2);
    expect(key).to.have.length(64);
  });

  it('show a page of devices', async () => {
    const user = await makeUser();
    const cookie = await sessionOf(user);
    for (let count = 0; count < 21; count += 1) await issueToken(user, `App${count}/1.0`);
    expect(await pageText(PATH, { cookie }))
      .to.include('Page 1 of 2')
      .and.not.include('App20');
    expect(await pageText(`${PATH}?page=2`, { cookie })).to.include('App20');
    expect((await getPage(`${PATH}?page=9`, { cookie })).status).to.equal(404);
  });

  it('sign out everywhere', async () => {
    const client = await asUser();
    const cookie = await sessionOf(client.user);
    const answer = await postForm(PATH, { form: 'everywhere' }, { cookie });
    expect(answer.headers.get('location')).to.equal('/');
    expect(cookiesOf(answer)[SESSION_COOKIE]).to.equal('');
    expect((await client.get('/account/me/')).status).to.equal(401);
    expect(await AuthToken.count()).to.equal(0);
  });

  it('delete the account and what was its member’s', async () => {
    const user = await makeUser({ username: 'ann', password: PASSWORD });
    const { watchlist_id } = await makeReview({ user_id: user.id, rating: 5 });
    const cookie = await sessionOf(user);
    const refused = await postForm(PATH, { form: 'delete', password: 'wrong' }, { cookie });
    expect(refused.status).to.equal(400);
    expect(await refused.text()).to.include('Your password was entered incorrectly.');
    const answer = await postForm(PATH, { form: 'delete', password: PASSWORD }, { cookie });
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, '/']);
    expect([await User.count(), await Review.count()]).to.deep.equal([0, 0]);
    expect((await WatchList.findByPk(watchlist_id))?.number_rating).to.equal(0);
    const notice = `marquee.notice=${cookiesOf(answer)['marquee.notice'] ?? ''}`;
    expect(await pageText('/', { cookie: `${cookie}; ${notice}` })).to.include('Your account is deleted');
  });

  it('keep the last admin', async () => {
    const cookie = await sessionOf(await makeUser({ role: 'admin', password: PASSWORD }));
    const answer = await postForm(PATH, { form: 'delete', password: PASSWORD }, { cookie, language: 'de' });
    expect(answer.status).to.equal(400);
    expect(await answer.text()).to.include('Der letzte aktive Admin lässt sich nicht löschen.');
  });

  it('count guesses of the password', async () => {
    const cookie = await sessionOf(await makeUser({ password: PASSWORD }));
    await withServer({ THROTTLE_LOGIN: { limit: 2, windowMs: 60_000 } }, async ({ url }) => {
      const guess = () => postForm(PATH, { form: 'delete', password: 'wrong' }, { cookie, url });
      expect([(await guess()).status, (await guess()).status]).to.deep.equal([400, 400]);
      const refused = await guess();
      expect(refused.status).to.equal(429);
      expect(await refused.text())
        .to.include('Request was throttled.')
        .and.include('Delete account');
    });
  });

  it('refuse forms that they do not have, and forms of other sites', async () => {
    const cookie = await sessionOf(await makeUser({ password: PASSWORD }));
    for (const form of ['', 'nothing', '__proto__', 'constructor', 'device-x'])
      expect((await postForm(PATH, { form }, { cookie })).status).to.equal(404);
    const headers = { Origin: 'https://evil.example' };
    const forged = await postForm(PATH, { form: 'everywhere' }, { cookie, headers });
    expect(forged.status).to.equal(403);
    expect(await AuthToken.count()).to.equal(1);
  });

  it('show two members at once each their own', async () => {
    const names = ['ann', 'bob'];
    const cookies = await Promise.all(names.map(async (username) => sessionOf(await makeUser({ username, email: `${username}@example.org` })))); // prettier-ignore
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, at) => pageText(PATH, { cookie: cookies[at % 2] ?? '' })),
    );
    for (const [at, text] of pages.entries()) {
      expect(text).to.include(`value="${names[at % 2]}@example.org"`);
      expect(text).to.not.include(`${names[(at + 1) % 2]}@example.org`);
    }
  });
});

describe('the name of a device', () => {
  const known: [string, ReturnType<typeof deviceOf>][] = [
    [PHONE, { program: 'Safari', system: 'iPhone' }],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', { program: 'Firefox', system: 'Linux' }],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0', { program: 'Edge', system: 'Windows' }],
    ['Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36', { program: 'Samsung Internet', system: 'Android' }],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36', { program: 'Chrome', system: 'macOS' }],
    ['MarqueeForPhones/2.1', { program: 'MarqueeForPhones', system: null }],
    ['Mozilla/5.0', { program: null, system: null }],
    ['<script>alert(1)</script>', { program: null, system: null }],
    ['', { program: null, system: null }],
  ]; // prettier-ignore
  for (const [client, device] of known)
    it(`of "${client.slice(0, 50)}" is ${device.program ?? 'not known'}`, () => {
      expect(deviceOf(client)).to.deep.equal(device);
    });
});
