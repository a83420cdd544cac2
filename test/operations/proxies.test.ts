import type { ClientHttp2Session } from 'node:http2';
import { expect } from 'chai';
import { issueToken } from '../../src/auth/tokens.js';
import { makeMovie, makePlatform, makeUser } from '../support/factories.js';
import { ask, PROXIES, type RunningProxy, startProxy } from '../support/proxies.js';
import { type Server, startServer } from '../support/server.js';

for (const name of Object.keys(PROXIES)) {
  describe(`behind ${name}, by TLS and HTTP/2`, function proxied() {
    this.timeout(60_000);
    let marquee: Server;
    let proxy: RunningProxy | undefined;
    let session: ClientHttp2Session;
    let base: string;
    let authorization: { authorization: string };

    before(async function startOrSkip() {
      marquee = await startServer({ TRUST_PROXY: 1, THROTTLE_LOGIN: { limit: 5, windowMs: 60_000 } });
      proxy = await startProxy(this, name, new URL(marquee.url).host);
      ({ session, base } = proxy);
    });

    after(async () => {
      await proxy?.close();
      await marquee?.close();
    });

    beforeEach(async () => {
      const admin = await makeUser({ role: 'admin' });
      authorization = { authorization: `Token ${await issueToken(admin)}` };
    });

    it('a client cannot say from where it asks, nor of which host or by what scheme', async () => {
      for (let count = 0; count < 2; count += 1) await makePlatform();
      const forged = {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': '81',
        forwarded: 'host=evil.example;proto=http',
        'x-request-id': 'forged',
      };
      const page = await ask(session, '/watch/platformlist/?page_size=1', { headers: forged });
      expect((JSON.parse(page.body.toString()) as { next: string }).next).to.match(
        new RegExp(`^${base}/watch/`),
      );
      expect(page.headers['x-request-id']).to.be.a('string').and.not.equal('forged');
      const statuses: number[] = [];
      for (let guess = 0; guess < 7; guess += 1) {
        const headers = { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${guess}` };
        const body = JSON.stringify({ username: `user${guess}`, password: 'quiet-harbour-71' });
        statuses.push((await ask(session, '/account/login/', { method: 'POST', headers, body })).status);
      }
      expect(statuses).to.deep.equal([400, 400, 400, 400, 400, 429, 429]);
    });

    it('figures and probes are hidden, in every spelling', async () => {
      for (const path of [
        '/metrics',
        '/healthz',
        '/readyz',
        '/healthz/',
        '/READYZ',
        '/%6detrics',
        '//metrics',
      ]) {
        expect((await ask(session, path)).status, path).to.equal(404);
      }
    });

    it('a poster of 10 MB passes, and what is larger is refused', async () => {
      const { id } = await makeMovie();
      const put = (bytes: number) =>
        ask(session, `/watch/watchlist/${id}/poster/`, {
          method: 'PUT',
          headers: { 'content-type': 'image/jpeg', ...authorization },
          body: Buffer.alloc(bytes),
        });
      // Read whole, and found to be no picture.
      expect((await put(10_000_000)).status).to.be.oneOf([400, 415]);
      expect((await put(12_000_000)).status).to.equal(413);
      expect((await ask(session, '/watch/genres/')).status, 'the next request').to.equal(200);
    });

    it('the tag of a compressed answer fits in If-None-Match and If-Match', async () => {
      const { id } = await makeMovie({ storyline: 'A long way. '.repeat(150) });
      const path = `/watch/watchlist/${id}/`;
      const first = await ask(session, path, { headers: { 'accept-encoding': 'gzip' } });
      expect(first.headers['content-encoding']).to.equal('gzip');
      const tag = String(first.headers.etag);
      const headers = { 'accept-encoding': 'gzip', 'if-none-match': tag };
      expect((await ask(session, path, { headers })).status).to.equal(304);
      const patch = () =>
        ask(session, path, {
          method: 'PATCH',
          headers: {
            'content-type': 'application/json',
            'if-match': tag,
            ...authorization,
          },
          body: '{"title": "Another"}',
        });
      expect((await patch()).status).to.equal(200);
      expect((await patch()).status).to.equal(412);
    });
  });
}
