import { request } from 'node:http';
import { expect } from 'chai';
import { endLogins } from '../../src/auth/end-logins.js';
import { Session } from '../../src/models/session.js';
import { User } from '../../src/models/user.js';
import { PASSWORD } from '../support/factories.js';
import type { Server } from '../support/server.js';
import { makeMember, PanelClient, sharedPanel, staffClient, startPanel } from '../support/panel.js';

describe('admin login', () => {
  let panel: Server;
  before(async () => {
    panel = await sharedPanel();
  });

  it('redirects to the login page, and after the login back', async () => {
    const user = await makeMember('admin');
    const client = new PanelClient(panel);
    const response = await client.fetch('/admin/resources/reviews?page=2');
    expect(response.status).to.equal(303);
    const login = response.headers.get('location') as string;
    expect(login).to.equal('/admin/login?next=%2Fadmin%2Fresources%2Freviews%3Fpage%3D2');
    const page = await (await client.fetch(login)).text();
    expect(page).to.include(login.replaceAll('/', '/'));
    const body = new URLSearchParams({ email: user.username, password: PASSWORD });
    const after = await client.fetch(login, { method: 'POST', body });
    expect(after.headers.get('location')).to.equal('/admin/resources/reviews?page=2');
  });

  it('redirects to no other site', async () => {
    const user = await makeMember('admin');
    for (const next of [
      'https://evil.example/admin/',
      '//evil.example/admin/',
      '/\\evil.example/admin/',
      '/other',
    ]) {
      const body = new URLSearchParams({ email: user.username, password: PASSWORD });
      const path = `/admin/login?next=${encodeURIComponent(next)}`;
      const response = await new PanelClient(panel).fetch(path, { method: 'POST', body });
      expect(response.headers.get('location'), next).to.equal('/admin');
    }
  });

  it('lets moderators and admins in, with the username in any letter case', async () => {
    for (const role of ['moderator', 'admin'] as const) {
      const user = await makeMember(role);
      const client = new PanelClient(panel);
      const response = await client.logIn(user.username.toUpperCase());
      expect(response.status).to.equal(303);
      expect(response.headers.get('set-cookie'))
        .to.match(/HttpOnly/)
        .and.match(/SameSite=Strict/)
        .and.match(/Path=\/admin/);
      expect((await client.fetch('/admin')).status).to.equal(200);
      expect((await client.fetch('/admin/')).status).to.equal(200);
    }
  });

  it('answers 401 with an error message to everyone else', async () => {
    const user = await makeMember('user');
    const inactive = await makeMember('admin');
    const admin = await makeMember('admin');
    await inactive.update({ is_active: false });
    const attempts = [
      [user.username],
      [inactive.username],
      ['nobody'],
      [admin.username, 'wrong'],
      ['', ''],
    ] as const;
    for (const [username, password] of attempts) {
      const client = new PanelClient(panel);
      const response = await client.logIn(username, password);
      expect(response.status, username).to.equal(401);
      expect(await response.text()).to.include('Please enter the username and password');
      expect((await client.fetch('/admin')).status).to.equal(303);
    }
  });

  it('sets a new session id at login, and none before', async () => {
    const user = await makeMember('admin');
    const client = new PanelClient(panel);
    await client.fetch('/admin/login');
    expect(client.cookie).to.equal('');
    await client.logIn(user.username);
    const first = client.cookie;
    await client.logIn(user.username);
    expect(client.cookie).not.to.equal(first);
    const old = new PanelClient(panel);
    old.cookie = first;
    expect((await old.fetch('/admin')).status).to.equal(303);
  });

  it('stores the session by a hash of its id, with its user', async () => {
    const user = await makeMember('admin');
    const client = await PanelClient.loggedIn(panel, user);
    const [session] = await Session.findAll({ where: { user_id: user.id } });
    expect(session?.sid).to.match(/^[0-9a-f]{64}$/);
    expect(decodeURIComponent(client.cookie)).not.to.include(session?.sid);
  });

  it('ends a session that has expired', async () => {
    const user = await makeMember('admin');
    const client = await PanelClient.loggedIn(panel, user);
    await Session.update({ expires: new Date(Date.now() - 1_000) }, { where: { user_id: user.id } });
    expect((await client.fetch('/admin')).status).to.equal(303);
  });

  it('prolongs a session at each use, up to its maximum age', async () => {
    const user = await makeMember('admin');
    const client = await PanelClient.loggedIn(panel, user);
    // The session is stored before the response ends, not before it begins.
    const use = async () => (await client.fetch('/admin')).text();
    const soon = new Date(Date.now() + 60_000);
    await Session.update({ expires: soon }, { where: { user_id: user.id } });
    await use();
    const prolonged = (await Session.findOne({ where: { user_id: user.id } })) as Session;
    expect(prolonged.expires.getTime()).to.be.greaterThan(soon.getTime() + 3_600_000);
    const created = new Date(Date.now() - 7 * 86_400_000 + 120_000);
    await Session.update({ created, expires: soon }, { where: { user_id: user.id } });
    await use();
    const last = (await Session.findOne({ where: { user_id: user.id } })) as Session;
    expect(last.expires.getTime()).to.be.at.most(Date.now() + 120_000);
  });

  it('logs out by GET and POST, and deletes the session', async () => {
    const user = await makeMember('admin');
    for (const method of ['GET', 'POST']) {
      const client = await PanelClient.loggedIn(panel, user);
      const kept = client.cookie;
      const sessions = await Session.count();
      const response = await client.fetch('/admin/logout', { method });
      expect(response.status).to.equal(303);
      expect(response.headers.get('location')).to.equal('/admin/login');
      expect(await Session.count()).to.equal(sessions - 1);
      client.cookie = kept;
      expect((await client.fetch('/admin')).status).to.equal(303);
    }
  });

  it('refuses the next request of a user who was demoted, deactivated or logged out everywhere', async () => {
    await makeMember('admin');
    for (const end of [
      (id: number) => User.update({ role: 'user' }, { where: { id } }),
      (id: number) => User.update({ is_active: false }, { where: { id } }),
      (id: number) => endLogins(id),
    ]) {
      const user = await makeMember('admin');
      const client = await PanelClient.loggedIn(panel, user);
      expect((await client.read('watch_lists/actions/list')).status).to.equal(200);
      await end(user.id);
      const { status, location } = await client.read('watch_lists/actions/list');
      expect([status, location]).to.deep.equal([303, '/admin/login']);
    }
  });

  it("gives a demoted admin only a moderator's rights from the next request on", async () => {
    await makeMember('admin');
    const user = await makeMember('admin');
    const client = await PanelClient.loggedIn(panel, user);
    expect((await client.read('users/actions/list')).status).to.equal(200);
    await user.update({ role: 'moderator' });
    expect((await client.read('users/actions/list')).status).to.equal(403);
  });

  it('shows on the login page that attempts are throttled', async () => {
    const throttled = await startPanel({ THROTTLE_LOGIN: { limit: 1, windowMs: 60_000 } });
    try {
      const client = new PanelClient(throttled);
      expect((await client.logIn('nobody')).status).to.equal(401);
      const response = await client.logIn('nobody');
      expect(response.status).to.equal(429);
      expect(response.headers.get('retry-after')).to.match(/^\d+$/);
      expect(await response.text()).to.match(/^<!DOCTYPE html>[^]*Request was throttled/);
    } finally {
      await throttled.close();
    }
  });

  it('accepts a login by form only', async () => {
    const body = JSON.stringify({ email: { a: 1 }, password: ['x'] });
    const headers = { 'content-type': 'application/json' };
    const response = await new PanelClient(panel).fetch('/admin/login', { method: 'POST', body, headers });
    expect(response.status).to.equal(401);
  });
});

describe('CSRF protection of the panel', () => {
  const client = staffClient('admin');

  // Not fetch, which sets Sec-Fetch-Mode itself.
  const status = (path: string, headers: Record<string, string>, method = 'GET') =>
    new Promise<number | undefined>((resolve, reject) => {
      const all = { cookie: client.cookie, ...headers };
      request(client.panel.url + path, { method, headers: all }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

  it('refuses requests from other sites', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { 'sec-fetch-site': site };
      expect(await status('/admin/api/resources/watch_lists/actions/list', headers)).to.equal(403);
      expect(await status('/admin/api/resources/watch_lists/actions/new', headers, 'POST')).to.equal(403);
      expect(await status('/admin/login', headers, 'POST')).to.equal(403);
      const link = { ...headers, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
      expect(await status('/admin/logout', link)).to.equal(403);
      expect(await status('/admin/api/resources/watch_lists/records/1/delete', link)).to.equal(403);
    }
    expect(await status('/admin/login', { 'sec-fetch-site': 'none' }, 'POST')).to.equal(403);
  });

  it('checks Origin if the browser sends no Sec-Fetch-Site', async () => {
    const post = async (origin: string) => {
      const response = await fetch(`${client.panel.url}/admin/login`, {
        method: 'POST',
        headers: { origin },
      });
      return response.status;
    };
    expect(await post('https://evil.example')).to.equal(403);
    expect(await post('null')).to.equal(403);
    expect(await post(client.panel.url)).to.equal(401);
  });

  it('allows links to its pages', async () => {
    const link = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect(await status('/admin/resources/watch_lists', link)).to.equal(200);
    expect(await status('/admin/resources/watch_lists', { ...link, 'sec-fetch-dest': 'iframe' })).to.equal(
      403,
    );
    expect(await status('/admin', { 'sec-fetch-site': 'none' })).to.equal(200);
  });

  it('kept the session through all that', async () => {
    expect((await client.fetch('/admin')).status).to.equal(200);
  });
});
