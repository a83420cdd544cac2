import { expect } from 'chai';
import { PanelClient, staffClient } from '../support/panel.js';

describe('admin pages', () => {
  const client = staffClient('admin');

  it('load nothing from another host and run no script without the nonce', async () => {
    for (const path of ['/admin', '/admin/resources/watch_lists', '/admin/login']) {
      const response = await new PanelClient(client.panel).fetch(
        path === '/admin/login' ? path : '/admin/login',
      );
      const own = path === '/admin/login' ? response : await client.fetch(path);
      const page = await own.text();
      expect(page).to.not.match(/(src|href)="(https?:)?\/\//);
      const policy = own.headers.get('content-security-policy') as string;
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] as string;
      const scripts = policy.split(';').find((part) => part.trim().startsWith('script-src'));
      expect(scripts).to.not.include('unsafe');
      for (const [script] of page.matchAll(/<script[^>]*>/g)) {
        if (!script.startsWith('<script src="/admin/frontend/assets/'))
          expect(script).to.equal(`<script nonce="${nonce}">`);
      }
      expect(own.headers.get('cache-control')).to.equal('no-store');
    }
  });

  it('compress pages', async () => {
    const response = await client.fetch('/admin', { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).to.equal('gzip');
  });

  it('use assets that browsers cache for ever, compressed', async () => {
    const page = await (await client.fetch('/admin')).text();
    const addresses = [...page.matchAll(/"(\/admin\/frontend\/assets\/[^"]+)"/g)].map(
      ([, address]) => address as string,
    );
    expect(addresses.length).to.be.at.least(6);
    for (const address of addresses) {
      const response = await new PanelClient(client.panel).fetch(address, {
        headers: { 'accept-encoding': 'br' },
      });
      expect(response.status, address).to.equal(200);
      expect(response.headers.get('content-encoding')).to.equal('br');
      expect(response.headers.get('cache-control')).to.include('immutable');
      const etag = response.headers.get('etag') as string;
      const again = await new PanelClient(client.panel).fetch(address, {
        headers: { 'if-none-match': etag },
      });
      expect([200, 304]).to.include(again.status);
    }
  });

  it('serve AdminJS’s own asset names, and no others', async () => {
    const response = await client.fetch('/admin/frontend/assets/components.bundle.js');
    expect(response.headers.get('content-type')).to.include('text/javascript');
    expect(response.headers.get('cache-control')).to.equal('no-cache');
    for (const name of ['nothing.js', '..%2fmanifest.json', 'manifest.json', 'icomoon.css']) {
      expect((await client.fetch(`/admin/frontend/assets/${name}`)).status, name).to.equal(404);
    }
  });
});
