import { expect } from 'chai';
import { makeMember, PanelClient, startPanel } from '../support/panel.js';
import type { Config } from '../../src/config.js';
import { PASSWORD } from '../support/factories.js';
import type { Server } from '../support/server.js';

const FRIEND = 'https://films.example.org';

async function withPanel(changes: Partial<Config>, work: (panel: Server) => Promise<void>): Promise<void> {
  const panel = await startPanel(changes);
  try {
    await work(panel);
  } finally {
    await panel.close();
  }
}

/** The sources that a policy allows for a directive, or by default. */
function sources(policy: string, directive: string): string[] {
  const directives = new Map(
    policy.split(';').map((part) => {
      const [name = '', ...values] = part.trim().split(/\s+/);
      return [name, values];
    }),
  );
  return directives.get(directive) ?? directives.get('default-src') ?? ['*'];
}

/** The origin that an answer's CORS header allows. */
const allowedOrigin = async (panel: Server, path: string, method: string) => {
  const headers = { Origin: FRIEND, 'Access-Control-Request-Method': 'POST' };
  const response = await fetch(`${panel.url}${path}`, { method, headers, redirect: 'manual' });
  return response.headers.get('access-control-allow-origin');
};
const PANEL = ['/admin', '/admin/', '/admin/login', '/admin/api/resources/users/actions/list', '/admin/nope'];

/** Logs in with the headers that a proxy would add; returns the cookie. */
const cookieFor = async (panel: Server, forwarded: Record<string, string>) => {
  const user = await makeMember('admin');
  const body = new URLSearchParams({ email: user.username, password: PASSWORD });
  const init = { method: 'POST', body, headers: forwarded };
  const response = await new PanelClient(panel).fetch('/admin/login', init);
  expect(response.status).to.equal(303);
  expect(response.headers.getSetCookie()).to.have.length(1);
  return response.headers.getSetCookie()[0] as string;
};
const HTTPS = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '192.0.2.1' };

describe('security headers', () => {
  it('are on every answer: of the API, of health checks, of the panel and its assets, on refusals too', async () => {
    await withPanel({}, async (panel) => {
      const client = await PanelClient.loggedIn(panel, await makeMember('admin'));
      const page = await (await client.fetch('/admin')).text();
      const [asset] = /\/admin\/frontend\/assets\/[^"]+/.exec(page) ?? [];
      const paths = [
        '/watch/', '/watch/nope/', '/account/me/', '/account/login/', '/healthz', '/readyz', '/nope',
        '/admin', '/admin/login', '/admin/resources/users', '/admin/api/resources/users/actions/list',
        '/admin/api/nope', '/admin/frontend/assets/nope.js', asset as string,
      ]; // prettier-ignore
      for (const path of paths) {
        const { headers, status } = await client.fetch(path);
        const told = `${path} ${status}`;
        expect(headers.get('x-content-type-options'), told).to.equal('nosniff');
        expect(headers.get('referrer-policy'), told).to.be.oneOf(['no-referrer', 'same-origin']);
        expect(headers.get('x-powered-by'), told).to.equal(null);
        const transport = /max-age=(\d+); includeSubDomains/.exec(
          headers.get('strict-transport-security') ?? '',
        );
        expect(Number(transport?.[1]), told).to.be.at.least(31_536_000);
        const policy = headers.get('content-security-policy') ?? '';
        expect(sources(policy, 'frame-ancestors'), told).to.deep.equal(["'none'"]);
        expect(sources(policy, 'base-uri'), told).to.deep.equal(["'none'"]);
        expect(sources(policy, 'object-src'), told).to.deep.equal(["'none'"]);
        expect(sources(policy, 'script-src').join(' '), told).not.to.match(/unsafe|https?:|\*|data:/);
      }
      const forged = await client.fetch('/admin/login', { headers: { 'sec-fetch-site': 'cross-site' } });
      expect(forged.status).to.equal(403);
      expect(forged.headers.get('x-content-type-options')).to.equal('nosniff');
    });
  });

  it('allow the panel inline styles, and inline scripts only by nonce, a new one each time', async () => {
    await withPanel({}, async (panel) => {
      const nonces = new Set<string>();
      for (let count = 0; count < 3; count += 1) {
        const { headers } = await new PanelClient(panel).fetch('/admin/login');
        const policy = headers.get('content-security-policy') as string;
        const [self, nonce, ...rest] = sources(policy, 'script-src');
        expect([self, ...rest]).to.deep.equal(["'self'"]);
        expect(nonce).to.match(/^'nonce-[\w+/]{22}=='$/);
        nonces.add(nonce as string);
        expect(sources(policy, 'default-src')).to.deep.equal(["'none'"]);
        expect(sources(policy, 'style-src')).to.deep.equal(["'self'", "'unsafe-inline'"]);
      }
      expect(nonces.size).to.equal(3);
    });
  });
});

describe('CORS', () => {
  it('is off by default', async () => {
    await withPanel({}, async (panel) => {
      for (const path of ['/watch/', '/account/login/', ...PANEL]) {
        for (const method of ['GET', 'POST', 'OPTIONS']) {
          expect(await allowedOrigin(panel, path, method), `${method} ${path}`).to.equal(null);
        }
      }
    });
  });

  it('opens the API to CORS_ORIGINS, and never the panel', async () => {
    await withPanel({ CORS_ORIGINS: [FRIEND] }, async (panel) => {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        expect(await allowedOrigin(panel, '/account/login/', method), method).to.equal(FRIEND);
        for (const path of PANEL)
          expect(await allowedOrigin(panel, path, method), `${method} ${path}`).to.equal(null);
      }
      const response = await fetch(`${panel.url}/watch/`, { headers: { Origin: FRIEND } });
      expect(response.headers.get('access-control-allow-credentials'), 'no cookies').to.equal(null);
    });
  });
});

describe("the panel's cookie", () => {
  it('is HttpOnly and SameSite=Strict, and Secure behind TLS', async () => {
    await withPanel({ TRUST_PROXY: 1 }, async (panel) => {
      const cookie = await cookieFor(panel, HTTPS);
      for (const flag of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/admin']) {
        expect(cookie.split('; ')).to.include(flag);
      }
      expect(await cookieFor(panel, {}), 'without TLS it must come back').not.to.include('Secure');
    });
  });

  it('has at least 128 random bits, and does not open the API', async () => {
    await withPanel({}, async (panel) => {
      const [name, value = ''] = (await cookieFor(panel, {})).split(/[=;]/);
      const [, id] = /^s:([\w-]+)\./.exec(decodeURIComponent(value)) ?? [];
      // Each character holds six bits.
      expect((id?.length ?? 0) * 6).to.be.at.least(128);
      const answer = await fetch(`${panel.url}/account/me/`, { headers: { Cookie: `${name}=${value}` } });
      expect(answer.status).to.equal(401);
    });
  });

  it('ignores an untrusted proxy', async () => {
    await withPanel({}, async (panel) => {
      expect(await cookieFor(panel, HTTPS)).not.to.include('Secure');
    });
  });

  it('has an id that a client cannot choose', async () => {
    await withPanel({}, async (panel) => {
      const client = new PanelClient(panel);
      const chosen = 'marquee.sid=s%3Achosen-by-an-attacker.abc';
      client.cookie = chosen;
      await client.logIn((await makeMember('admin')).username);
      expect(client.cookie).not.to.include('chosen');
      expect((await client.fetch('/admin')).status).to.equal(200);
      client.cookie = chosen;
      expect((await client.fetch('/admin')).status).to.equal(303);
    });
  });
});
