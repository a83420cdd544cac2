import { expect } from 'chai';
import { AuthToken } from '../../src/models/auth-token.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { withServer } from '../support/server.js';
import { getPage, pageText, postForm, sessionOf } from '../support/site.js';

describe('a session of the site', () => {
  it('has a cookie that scripts cannot read, and behind TLS one that needs TLS', async () => {
    await makeUser({ username: 'ann', password: PASSWORD });
    const fields = { username: 'ann', password: PASSWORD };
    await withServer({ TRUST_PROXY: 1 }, async ({ url }) => {
      const origin = url.replace('http:', 'https:');
      const headers = { 'X-Forwarded-Proto': 'https', Origin: origin };
      const [behindTls] = (await postForm('/login', fields, { url, headers })).headers.getSetCookie();
      expect(behindTls).to.match(
        /^marquee\.session=[\w-]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/,
      );
      const [without] = (await postForm('/login', fields, { url })).headers.getSetCookie();
      expect(without).to.match(/; HttpOnly; SameSite=Lax$/);
    });
  });

  it('does nothing for the forms of other sites, by either header', async () => {
    const cookie = await sessionOf(await makeUser({ password: PASSWORD }));
    const foreign: Record<string, string>[] = [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none' },
    ];
    const forms: [string, Record<string, string>][] = [
      ['/logout', {}],
      ['/settings', { form: 'everywhere' }],
      ['/settings', { form: 'delete', password: PASSWORD }],
      ['/login', { username: 'eve', password: PASSWORD }],
    ];
    for (const headers of foreign)
      for (const [path, fields] of forms)
        expect((await postForm(path, fields, { cookie, headers })).status, path).to.equal(403);
    expect(await AuthToken.count()).to.equal(1);
  });

  it('has pages that no frame shows', async () => {
    const cookie = await sessionOf(await makeUser());
    for (const path of ['/settings', '/logout', '/login', '/register']) {
      const { headers } = await getPage(path, { cookie });
      if (path === '/settings' || path === '/logout')
        expect(headers.get('content-security-policy')).to.include("frame-ancestors 'none'");
      expect(headers.get('x-frame-options')).to.match(/^(DENY|SAMEORIGIN)$/);
    }
  });

  it('ends with the account’s being active, and by no broken cookie', async () => {
    const user = await makeUser({ username: 'ann' });
    const cookie = await sessionOf(user);
    const [name, value = ''] = cookie.split('=');
    for (const broken of [
      '',
      'x',
      value.slice(1),
      `${value}AAAA`,
      value.toUpperCase(),
      'A'.repeat(5_000),
      '%00',
    ])
      expect(await pageText('/', { cookie: `${name}=${broken}` })).to.include('Sign in');
    await user.update({ is_active: false });
    expect((await getPage('/settings', { cookie })).headers.get('location')).to.equal(
      '/login?next=%2Fsettings',
    );
  });
});
