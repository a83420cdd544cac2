import { expect } from 'chai';
import { AuditEntry } from '../../src/audit/audit-entry.js';
import { hasSecondFactor } from '../../src/auth/otp/second-factor.js';
import { Session } from '../../src/models/session.js';
import type { User } from '../../src/models/user.js';
import { Authenticator, setUpOtp } from '../support/authenticator.js';
import { clientOf } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { makeMember, PanelClient, sharedPanel, staffClient, startPanel } from '../support/panel.js';
import { location, send, stateOf } from '../support/panel-pages.js';
import type { Server } from '../support/server.js';

const COOKIE = 'marquee.panel-login';

describe('a login to the panel with a second factor', () => {
  let panel: Server;
  let user: User;
  let app: Authenticator;
  let client: PanelClient;

  before(async function load() {
    this.timeout(60_000);
    panel = await sharedPanel();
  });
  beforeEach(async () => {
    user = await makeMember('admin');
    app = await setUpOtp(await clientOf(user));
    await app.fresh();
    client = new PanelClient(panel);
  });

  const passwordAt = (path = '/admin/login') =>
    send(client, path, { email: user.username, password: PASSWORD });
  const code = (otp: string, path = '/admin/login/code') => send(client, path, { otp });

  it('asks for the code on a page of its own, and keeps what is next', async () => {
    const next = '?next=%2Fadmin%2Fresources%2Freviews';
    const asked = await passwordAt(`/admin/login${next}`);
    expect(location(asked)).to.deep.equal([303, `/admin/login/code${next}`]);
    expect(asked.headers.get('set-cookie')).to.match(
      /^marquee\.panel-login=.*Path=\/admin;.*HttpOnly; SameSite=Strict/,
    );
    expect(await Session.count({ where: { user_id: user.id } }), 'nobody is logged in yet').to.equal(0);
    const page = await client.fetch(`/admin/login/code${next}`);
    const text = await page.text();
    expect(text).to.include('"page":"code"').and.not.include(PASSWORD);
    for (const otp of ['', '1', app.recoveryCodes[0]?.slice(1) ?? '']) {
      const refused = await code(otp);
      expect(refused.status).to.equal(401);
      expect(await refused.text()).to.match(/The code is wrong|This field is required/);
    }
    const done = await code(app.code(), `/admin/login/code${next}`);
    expect(location(done)).to.deep.equal([303, '/admin/resources/reviews']);
    const cookies = done.headers.getSetCookie();
    expect(cookies.find((text) => text.startsWith(COOKIE))).to.match(/^marquee\.panel-login=;/);
    client.cookie = cookies.find((text) => text.startsWith('marquee.sid'))?.split(';')[0] ?? '';
    expect((await client.fetch('/admin')).status).to.equal(200);
    const actions = (await AuditEntry.findAll({ order: [['id', 'ASC']] })).map(({ action }) => action);
    expect(actions).to.include('login').and.include('login_failed');
  });

  it('takes the code with the password too, and leads back without the cookie', async () => {
    const fields = { email: user.username, password: PASSWORD };
    expect((await send(client, '/admin/login', { ...fields, otp: '1' })).status).to.equal(401);
    expect((await send(client, '/admin/login', { ...fields, otp: app.code() })).status).to.equal(303);
    const fresh = new PanelClient(panel);
    expect(location(await fresh.fetch('/admin/login/code'))).to.deep.equal([303, '/admin/login']);
    fresh.cookie = `${COOKIE}=${Buffer.alloc(60).toString('base64url')}`;
    expect(location(await send(fresh, '/admin/login/code', { otp: app.code() }))).to.deep.equal([
      303,
      '/admin/login',
    ]);
  });

  it('begins anew after a new password, and asks nobody who may not enter', async () => {
    await passwordAt();
    await user.update({ password: null });
    expect(location(await code(app.code()))).to.deep.equal([303, '/admin/login']);
    const member = await makeUser({ password: PASSWORD });
    await setUpOtp(await clientOf(member));
    const refused = await send(client, '/admin/login', { email: member.username, password: PASSWORD });
    expect(refused.status).to.equal(401);
  });

  it('lets one of thirty forms in with one recovery code', async () => {
    await passwordAt();
    const cookie = client.cookie;
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => {
        const one = new PanelClient(panel);
        one.cookie = cookie;
        return send(one, '/admin/login/code', { otp: app.recoveryCodes[1] as string });
      }),
    );
    expect(answers.filter(({ status }) => status === 303)).to.have.length(1);
  });

  it('counts with the attempts on the account', async () => {
    const limited = await startPanel({ THROTTLE_LOGIN: { limit: 3, windowMs: 60_000 } });
    try {
      client = new PanelClient(limited);
      await passwordAt();
      const statuses = [await code('1'), await code('2'), await code('3')].map(({ status }) => status);
      expect(statuses).to.deep.equal([401, 401, 429]);
    } finally {
      await limited.close();
    }
  });
});

describe('STAFF_2FA=required', function required() {
  this.timeout(60_000);
  let panel: Server;

  before(async () => {
    panel = await startPanel({ STAFF_2FA: 'required' });
  });
  after(() => panel.close());

  it('opens nothing but one’s own account until there is a second factor', async () => {
    const user = await makeMember('admin');
    const client = await PanelClient.loggedIn(panel, user);
    for (const path of ['/admin', '/admin/', '/admin/resources/users'])
      expect(location(await client.fetch(path)), path).to.deep.equal([303, '/admin/account']);
    const calls: [string, RequestInit?][] = [
      ['/admin/api/dashboard'],
      ['/admin/api/resources/users/actions/list'],
      ['/admin/API/resources/users/actions/list'],
      ['/admin/api/resources/users/actions/new', { method: 'POST', body: new FormData() }],
      ['/admin/export/users.csv'],
      ['/admin/resources/users', { method: 'POST' }],
    ];
    for (const [path, init] of calls) expect((await client.fetch(path, init)).status, path).to.equal(403);
    const shut = await stateOf(await client.fetch('/admin/account'));
    expect(shut).to.include({ isShut: true }).and.deep.include({ sessions: [], tokens: [] });

    const setup = (
      await stateOf(await send(client, '/admin/account', { form: 'factor', password: PASSWORD }))
    ).setup as { secret: string; sealed: string };
    const app = new Authenticator(user.id, setup.secret);
    await send(client, '/admin/account', { form: 'factor-confirm', otp: app.code(), setup: setup.sealed });
    expect(await hasSecondFactor(user.id)).to.equal(true);
    expect((await client.fetch('/admin')).status).to.equal(200);
    expect((await client.fetch('/admin/api/resources/users/actions/list')).status).to.equal(200);
    // Off again, by any door: the panel shuts at once.
    await (
      await clientOf(await user.reload())
    ).delete('/account/otp/', { password: PASSWORD, otp: await app.fresh() });
    expect((await new PanelClient(panel).fetch('/admin')).status).to.equal(303);
  });
});

describe('a lost second factor', () => {
  const admin = staffClient('admin');

  it('is reset by an admin with the own password, which is in the audit log', async () => {
    const user = await makeUser({ password: PASSWORD });
    const client = await clientOf(user);
    await setUpOtp(client);
    const reset = (fields: Record<string, string>) => admin.send(`users/records/${user.id}/resetOtp`, fields);
    for (const fields of [{}, { own_password: 'x' }] as Record<string, string>[])
      expect((await reset(fields)).body.record?.errors).to.have.all.keys('own_password');
    await admin.read(`users/records/${user.id}/resetOtp`);
    expect(await hasSecondFactor(user.id)).to.equal(true);
    const { body } = await reset({ own_password: PASSWORD });
    expect(body.notice).to.include({ type: 'success', message: 'otpReset' });
    expect(await hasSecondFactor(user.id)).to.equal(false);
    expect((await client.get('/account/me/')).status).to.equal(401);
    const [entry] = await AuditEntry.findAll({ where: { action: 'otp_off' } });
    expect(entry).to.include({ actor_id: admin.user.id, record_id: user.id, door: 'panel' });
    expect((await reset({ own_password: PASSWORD })).body.notice).to.include({ message: 'noOtp' });
    await admin.become(await makeMember('moderator'));
    expect((await reset({ own_password: PASSWORD })).status).to.equal(403);
  });

  it('is not told by an export, which is in the audit log', async () => {
    const answer = await admin.fetch('/admin/export/users/csv?filters.role=admin');
    expect(await answer.text()).to.include(admin.user.username);
    const entries = await AuditEntry.findAll({ where: { action: 'export' } });
    expect(entries.map((entry) => entry.record_title)).to.deep.equal(['CSV role=admin']);
  });
});
