import { expect } from 'chai';
import { AuthToken } from '../../src/models/auth-token.js';
import type { User } from '../../src/models/user.js';
import { Authenticator, setUpOtp } from '../support/authenticator.js';
import { clientOf } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { withServer } from '../support/server.js';
import { cookiesOf, getPage, pageText, postForm, sessionOf } from '../support/site.js';

const LOGIN_COOKIE = 'marquee.login';
const SETUP_COOKIE = 'marquee.factor';

const location = (answer: Response) => [answer.status, answer.headers.get('location')];

const passwordAt = (path = '/login', url?: string) =>
  postForm(path, { form: 'sign-in', username: 'ann', password: PASSWORD }, url === undefined ? {} : { url });
/** The cookie of a login whose password was right. */
const pending = async () => `${LOGIN_COOKIE}=${cookiesOf(await passwordAt())[LOGIN_COOKIE]}`;

describe('signing in with a second factor', () => {
  let user: User;
  let app: Authenticator;

  beforeEach(async () => {
    user = await makeUser({ username: 'ann', password: PASSWORD });
    app = await setUpOtp(await clientOf(user));
    await app.fresh();
    await AuthToken.destroy({ where: {} });
  });

  it('asks for the code on a page of its own, keeps what is next, and holds no password', async () => {
    const asked = await passwordAt('/login?next=%2Fwatchlist');
    expect(location(asked)).to.deep.equal([303, '/login/code?next=%2Fwatchlist']);
    expect(asked.headers.getSetCookie()[0]).to.match(/Max-Age=300; HttpOnly; SameSite=Lax/);
    const cookie = `${LOGIN_COOKIE}=${cookiesOf(asked)[LOGIN_COOKIE]}`;
    expect(cookie).not.to.include(PASSWORD);
    const page = await getPage('/login/code?next=%2Fwatchlist', { cookie });
    const text = await page.text();
    expect(text).to.include('autocomplete="one-time-code"').and.not.include(PASSWORD);
    expect(page.headers.get('cache-control')).to.equal('private, no-cache');
    expect(await AuthToken.count(), 'nobody is signed in yet').to.equal(0);

    const wrong = await postForm(
      '/login/code?next=%2Fwatchlist',
      { form: 'code', otp: '1' },
      { cookie, language: 'de' },
    );
    expect(wrong.status).to.equal(400);
    expect(await wrong.text()).to.include('Der Code ist falsch, abgelaufen oder schon benutzt.');
    const done = await postForm(
      '/login/code?next=%2Fwatchlist',
      { form: 'code', otp: app.code() },
      { cookie },
    );
    expect(location(done)).to.deep.equal([303, '/watchlist']);
    expect(cookiesOf(done)[LOGIN_COOKIE]).to.equal('');
    const session = `marquee.session=${cookiesOf(done)['marquee.session']}`;
    expect(await pageText('/settings', { cookie: session })).to.include('Second factor');
    // The cookie alone, sent again, opens nothing.
    expect((await postForm('/login/code', { form: 'code', otp: app.code() }, { cookie })).status).to.equal(
      400,
    );
  });

  it('begins anew without the cookie, with a forged one, and after a new password', async () => {
    for (const cookie of [
      '',
      `${LOGIN_COOKIE}=x`,
      `${LOGIN_COOKIE}=${Buffer.alloc(60).toString('base64url')}`,
    ]) {
      expect(location(await getPage('/login/code?next=%2Fmovies', { cookie }))).to.deep.equal([
        303,
        '/login?next=%2Fmovies',
      ]);
      const sent = await postForm('/login/code', { form: 'code', otp: app.code() }, { cookie });
      expect(location(sent)).to.deep.equal([303, '/login']);
    }
    const cookie = await pending();
    await user.update({ password: null });
    const answer = await postForm('/login/code', { form: 'code', otp: app.code() }, { cookie });
    expect(answer.status).to.equal(400);
    expect(await answer.text()).to.include('Unable to log in with provided credentials.');
  });

  it('counts with the attempts on the account', async () => {
    await withServer({ THROTTLE_LOGIN: { limit: 3, windowMs: 60_000 } }, async ({ url }) => {
      const cookie = `${LOGIN_COOKIE}=${cookiesOf(await passwordAt('/login', url))[LOGIN_COOKIE]}`;
      const guess = async () =>
        (await postForm('/login/code', { form: 'code', otp: '1' }, { cookie, url })).status;
      expect([await guess(), await guess(), await guess()]).to.deep.equal([400, 400, 429]);
    });
  });

  it('goes on with a recovery code, once of thirty forms at once', async () => {
    const cookie = await pending();
    const fields = { form: 'code', otp: app.recoveryCodes[0] as string };
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => postForm('/login/code', fields, { cookie })),
    );
    expect(answers.filter(({ status }) => status === 303)).to.have.length(1);
    expect(await AuthToken.count()).to.equal(1);
  });
});

describe('the second factor in the settings', () => {
  it('is set up, shows recovery codes once, and is switched off', async () => {
    const user = await makeUser({ username: 'ann', password: PASSWORD });
    const session = await sessionOf(user);
    const other = await sessionOf(await makeUser());
    const send = (path: string, fields: Record<string, string>, cookie = session) =>
      postForm(path, fields, { cookie });

    const refused = await send('/settings', { form: 'factor', password: 'x' });
    expect(refused.status).to.equal(400);
    const begun = await send('/settings', { form: 'factor', password: PASSWORD });
    expect(location(begun)).to.deep.equal([303, '/settings/second-factor']);
    const cookie = `${session}; ${SETUP_COOKIE}=${cookiesOf(begun)[SETUP_COOKIE]}`;
    const secret = await getPage('/settings/second-factor', { cookie });
    expect(secret.headers.get('cache-control')).to.equal('no-store');
    const page = await secret.text();
    const [, grouped = ''] = /<code class="secret">([^<]+)</.exec(page) ?? [];
    expect(page).to.match(/<svg class="qr" viewBox="0 0 (\d+) \1"/);
    expect(page).not.to.match(/ style=/);
    // Nobody else sees it, with the same cookie.
    const stolen = `${other}; ${SETUP_COOKIE}=${cookiesOf(begun)[SETUP_COOKIE]}`;
    expect((await getPage('/settings/second-factor', { cookie: stolen })).status).to.equal(303);

    const app = new Authenticator(user.id, grouped.replaceAll(' ', ''));
    const wrong = await send('/settings/second-factor', { form: 'factor-confirm', otp: '1' }, cookie);
    expect(wrong.status).to.equal(400);
    const on = await send('/settings/second-factor', { form: 'factor-confirm', otp: app.code() }, cookie);
    expect(location(on)).to.deep.equal([303, '/settings/second-factor']);
    const shown = `${session}; ${SETUP_COOKIE}=${cookiesOf(on)[SETUP_COOKIE]}`;
    const saved = await getPage('/settings/second-factor', { cookie: shown });
    expect(saved.headers.get('cache-control')).to.equal('no-store');
    const codes = (await saved.text()).match(/<code>[a-z2-7-]{19}<\/code>/g);
    expect(codes).to.have.length(10);
    const kept = await send('/settings/second-factor', { form: 'factor-done' }, shown);
    expect(location(kept)).to.deep.equal([303, '/settings#second-factor']);
    expect(cookiesOf(kept)[SETUP_COOKIE]).to.equal('');
    expect(location(await getPage('/settings/second-factor', { cookie: session }))[0]).to.equal(303);

    expect((await send('/settings', { form: 'factor-off', password: PASSWORD, otp: '1' })).status).to.equal(
      400,
    );
    const off = { form: 'factor-off', password: PASSWORD, otp: await app.fresh() };
    expect(location(await send('/settings', off))).to.deep.equal([303, '/settings']);
    expect(await pageText('/settings', { cookie: session })).to.include('It is off.');
    // From another tab, again.
    expect(location(await send('/settings', off))).to.deep.equal([303, '/settings']);
    for (const leave of ['/logout', '/logout']) {
      expect(cookiesOf(await send(leave, {}, shown))[SETUP_COOKIE], 'also of an ended session').to.equal('');
    }
  });
});
