import { expect } from 'chai';
import { rewritePage } from '../../admin/http/rewrite-html.js';
import { withoutForeignParameters } from '../../admin/page-query.js';
import { PASSWORD } from '../support/factories.js';
import type { Server } from '../support/server.js';
import { makeMember, PanelClient, sharedPanel } from '../support/panel.js';

const FORM = '/admin/resources/users/actions/new';

describe('the address of a page of the panel', () => {
  let panel: Server;
  let client: PanelClient;
  before(async () => {
    panel = await sharedPanel();
  });
  beforeEach(async () => {
    client = await PanelClient.loggedIn(panel, await makeMember('admin'));
  });

  /** Where a page leads, or null if it is shown. */
  const leadsTo = async (path: string, visitor = client) => {
    const { status, headers } = await visitor.fetch(path);
    expect(status, path).to.be.oneOf([200, 303]);
    return status === 200 ? null : headers.get('location');
  };

  it('holds no way out and no filled form', async () => {
    for (const [query, rest] of [
      ['redirectUrl=http://elsewhere.example/', ''],
      ['redirectUrl=javascript:alert(1)', ''],
      ['username=m&role=admin&password=quiet-harbour-71&is_active=true', ''],
      ['params.role=admin&role[]=admin&%72ole=admin', ''],
      ['page=2&role=admin&sortBy=id', '?page=2&sortBy=id'],
      ['ROLE=admin&filters.role=user', '?filters.role=user'],
    ]) {
      expect(await leadsTo(`${FORM}?${query}`), query).to.equal(FORM + rest);
    }
    expect(await leadsTo('/admin?redirectUrl=//elsewhere.example')).to.equal('/admin/');
    expect(await leadsTo('/admin/Resources/users/actions/new?role=admin')).to.equal(
      '/admin/Resources/users/actions/new',
    );
  });

  it('keeps what AdminJS’s own pages put there', async () => {
    for (const query of [
      'page=2&sortBy=title&direction=desc&perPage=50',
      'filters.title=a%20b&filters.created~~from=2020-01-01',
      'tab=x&refresh=true&from=record',
      'recordIds=1,2,3',
      '',
    ]) {
      expect(await leadsTo(`/admin/resources/watch_lists?${query}`), query).to.equal(null);
      expect(withoutForeignParameters(`?${query}`)).to.equal(null);
    }
  });

  it('is cleaned before a login, too', async () => {
    const stranger = new PanelClient(panel);
    expect(await leadsTo(`${FORM}?role=admin`, stranger)).to.equal(FORM);
    const page = await stranger.fetch(`/admin/login?next=${encodeURIComponent(`${FORM}?role=admin&page=2`)}`);
    expect(await page.text()).to.include(`next=${encodeURIComponent(`${FORM}?page=2`)}`);
  });

  it('leads from the login to a page, and neither to the login nor out of the panel', async () => {
    const user = await makeMember('admin');
    for (const [next, page] of [
      ['/admin/resources/users?page=2', '/admin/resources/users?page=2'],
      ['/admin/logout', '/admin'],
      ['/admin/LOGOUT', '/admin'],
      ['/admin/logout/', '/admin'],
      ['/admin/./logout?x=1', '/admin'],
      ['/admin/%6cogout', '/admin'],
      ['/admin/login', '/admin'],
      ['/admin/login?next=/admin/login', '/admin'],
      ['/admin/resources/../logout', '/admin'],
      ['/admin/api/resources/users/actions/list', '/admin'],
      ['/admin/export/users/csv', '/admin'],
    ] as const) {
      const visitor = new PanelClient(panel);
      const body = new URLSearchParams({ email: user.username, password: PASSWORD });
      const path = `/admin/login?next=${encodeURIComponent(next)}`;
      const response = await visitor.fetch(path, { method: 'POST', body });
      expect(response.headers.get('location'), next).to.equal(page);
      expect((await visitor.fetch('/admin')).status, next).to.equal(200);
      // One who is logged in already is sent there at once.
      expect(await leadsTo(path, visitor), next).to.equal(page);
      expect((await visitor.fetch('/admin')).status, next).to.equal(200);
    }
  });

  it('cannot break out of the login page’s script', async () => {
    for (const next of [
      `/admin/resources/a'-alert(1)-'`,
      `/admin/resources/a');alert(1);('`,
      '/admin/resources/</script><script>',
    ]) {
      const response = await new PanelClient(panel).fetch(`/admin/login?next=${encodeURIComponent(next)}`);
      const page = await response.text();
      const [, state = ''] = /window\.__APP_STATE__ = (.*);\n/.exec(page) ?? [];
      const { action } = JSON.parse(state) as { action: string };
      expect(decodeURIComponent(action)).to.include('/admin/resources/');
      expect(page).not.to.match(/<script>/);
    }
  });
});

/** AdminJS's template, with a text of others in every place that has one. */
const template = (text: string) => `
    <!DOCTYPE html>
    <html lang=en>
    <head>
      <script>
        window.REDUX_STATE = ${JSON.stringify({ text, nested: [`<head>${text}`] })};
        window.THEME = ${JSON.stringify({ text })};
      </script>
      <title>${text}</title>
      <script src="/admin/frontend/assets/app.bundle.js"></script>
      <script>
        try {
          window.__APP_STATE__ = JSON.parse('${JSON.stringify({ action: text })}');
        } catch (e) {}
      </script>
    </head>
    <body>
      <p>${text} <script>alert(2)</script>${text}</p>
      <script>
        var app = document.getElementById('app');
      </script>
    </body>`;

describe('a page of the panel', () => {
  const NONCE = 'abc';
  const attack = '</script><script>alert(1)</script>\u2028<script>\u2028';
  const rewritten = (text: string) => rewritePage(template(text), { theme: 'theme()', nonce: NONCE });

  it('gives the nonce to the scripts of the template, and to no other', () => {
    const page = rewritten('<script>alert(3)</script>\u2028<script>\u2028alert(4)\r<script>\r');
    expect(page.match(/<script nonce="abc">/g)).to.have.length(4);
    expect(page).to.include('<head><script nonce="abc">theme()</script>');
    expect(page).to.include('<script>alert(2)</script>').and.to.include('<title><script>alert(3)</script>');
    expect(page).not.to.match(/nonce="abc">alert/);
  });

  it('has values that are the same, and cannot leave their script', () => {
    for (const text of [
      attack,
      "it's",
      `');alert(1);('`,
      '\\',
      '\\\'"',
      '<!--<script>',
      'a\nb',
      '$&$1',
      '<head>',
    ]) {
      const page = rewritten(text);
      const value = (name: string) =>
        JSON.parse(new RegExp(`window\\.${name} = ([^\n]*);\n`).exec(page)?.[1] ?? '') as unknown;
      expect(value('REDUX_STATE')).to.deep.equal({ text, nested: [`<head>${text}`] });
      expect(value('THEME')).to.deep.equal({ text });
      expect(value('__APP_STATE__')).to.deep.equal({ action: text });
      const [states = ''] = /window\.REDUX_STATE = [^\n]*\n/.exec(page) ?? [];
      expect(states).not.to.match(/[<>\u2028]/);
    }
  });

  it('has the nonce at the scripts without an address, each once, and no other value of others', async () => {
    const panel = await sharedPanel();
    const client = await PanelClient.loggedIn(panel, await makeMember('admin', 'a+b.c_d-e'));
    for (const [path, scripts] of [
      ['/admin', 3],
      ['/admin/resources/users?filters.username=%3Cscript%3E', 3],
      ['/admin/resources/%3Cscript%3Ealert(1)%3C%2Fscript%3E', 3],
    ] as const) {
      const headers = { 'accept-language': '<script>alert(1)</script>' };
      const response = await client.fetch(path, { headers });
      const [, nonce] = /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '') ?? [];
      const page = await response.text();
      const tags = page.match(/<script[^>]*>/g) ?? [];
      expect(tags.filter((tag) => tag === `<script nonce="${nonce}">`)).to.have.length(scripts);
      const others = tags.filter((tag) => !tag.includes('nonce'));
      for (const tag of others) expect(tag).to.match(/^<script src="\/admin\/frontend\/assets\/[\w.-]+">$/);
      expect(page).not.to.include('alert(1)');
    }
  });
});
