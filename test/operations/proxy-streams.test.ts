import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ClientHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { BODY_PROGRESS, createLimitedServer } from '../../src/http/server.js';
import { config } from '../../src/config.js';
import { ask, PROXIES, read, type RunningProxy, startProxy } from '../support/proxies.js';

const KIB = 1_024;

/** What is sent at a time. */
const PART = Buffer.alloc(64 * KIB, 'x');

/** Ends a body that stands still soon, and none that makes progress. */
const PROGRESS = { bytes: 1, ms: 3_000 };

/** The uploads of which the server behind the proxy has some: the bytes that have come. */
let received = 0;

/** Lets the answers end that have begun. */
let release: () => void;
let isReleased: Promise<void>;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') {
    if (!request.url?.includes('export')) return void response.end('{}');
    response.setHeader('content-type', request.url.startsWith('/admin') ? 'text/csv' : 'application/zip');
    response.write(PART);
    await isReleased;
    response.end(PART);
    return;
  }
  for await (const chunk of request) received += (chunk as Buffer).length;
  response.end(String(received));
}

for (const name of Object.keys(PROXIES)) {
  describe(`behind ${name}, what takes long`, function streamed() {
    this.timeout(60_000);
    const server = createLimitedServer(
      (request, response) => void answer(request, response).catch(() => undefined),
      {} as never,
      PROGRESS,
    );
    let proxy: RunningProxy | undefined;
    let session: ClientHttp2Session;

    before(async function startOrSkip() {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      proxy = await startProxy(this, name, `127.0.0.1:${(server.address() as AddressInfo).port}`);
      ({ session } = proxy);
    });
    after(async () => {
      await proxy?.close();
      server.closeAllConnections();
      server.close();
    });
    beforeEach(() => {
      received = 0;
      isReleased = new Promise((resolve) => (release = resolve));
    });

    for (const path of ['/admin/api/resources/movies/export', '/account/export/'])
      it(`is passed on while it is made: ${path}`, async () => {
        const headers = { 'accept-encoding': 'gzip, br, zstd' };
        const stream = session.request({ ':path': path, ...headers });
        let bytes = 0;
        const all = new Promise<void>((resolve) => {
          stream.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
            if (bytes >= PART.length) resolve();
          });
        });
        // The server sends the rest only when the first part has come.
        await all;
        release();
        await once(stream, 'end');
        expect(bytes).to.equal(2 * PART.length);
      });

    for (const [method, path] of [
      ['POST', '/admin/api/import/check'],
      ['POST', '/account/import/?dry_run=true'],
      ['PUT', '/watch/watchlist/7/poster/'],
    ] as const) {
      it(`is taken as it comes: ${method} ${path}`, async () => {
        const parts = 40;
        const stream = session.request({
          ':path': path,
          ':method': method,
          'content-length': String(parts * PART.length),
        });
        const answered = once(stream, 'response') as Promise<[Record<string, unknown>]>;
        for (let part = 1; part <= parts; part += 1) {
          stream.write(PART);
          // Each part is sent when the server has the one before: nothing gathers them.
          while (received < (part - 1) * PART.length) await new Promise((resolve) => setImmediate(resolve));
        }
        stream.end();
        expect((await answered)[0][':status']).to.equal(200);
        expect(String(await once(stream, 'data'))).to.equal(String(parts * PART.length));
      });
    }

    it('is refused by Marquee’s own words where it stands still', async () => {
      const stream = session.request({
        ':path': '/admin/api/import/check',
        ':method': 'POST',
        'content-length': '2000000',
      });
      stream.on('error', () => undefined);
      const answered = once(stream, 'response') as Promise<[Record<string, unknown>]>;
      stream.write(PART);
      const [headers] = await answered;
      expect(headers[':status']).to.equal(408);
      expect(JSON.parse(String(await once(stream, 'data')))).to.deep.equal({
        detail: 'The request did not arrive in time: the connection is too slow.',
      });
      stream.close();
      expect((await ask(session, '/watch/genres/')).status, 'the next request').to.equal(200);
    });
  });
}

/** The time of a directive, in milliseconds. */
const timeOf = (text: string, directive: string) =>
  Number(new RegExp(`^\\s*${directive} (\\d+)s;?$`, 'm').exec(text)?.[1]) * 1_000;

describe('the timeouts of the proxies', () => {
  const nginx = read('nginx', 'marquee.conf');
  const caddy = read('compose', 'Caddyfile');
  const ours = createLimitedServer(() => undefined, {} as never);

  it('exceed Marquee’s own, so that it is Marquee that answers', () => {
    for (const directive of ['proxy_read_timeout', 'proxy_send_timeout'])
      expect(timeOf(nginx, directive), directive).to.be.above(ours.timeout);
    expect(timeOf(caddy, 'response_header_timeout')).to.be.above(ours.timeout);
    expect(timeOf(nginx, 'client_body_timeout')).to.be.above(BODY_PROGRESS.ms);
    expect(timeOf(nginx, 'client_header_timeout')).to.be.at.least(ours.headersTimeout);
    // A statement, and the wait for a connection and for a lock before it.
    const longest = (2 * config.DATABASE_TIMEOUT_SECONDS + config.DATABASE_LOCK_SECONDS) * 1_000;
    expect(ours.timeout).to.be.above(longest);
  });

  it('of idle connections are shorter, so that none is closed while a request is on its way', () => {
    for (const time of [timeOf(nginx, 'keepalive_timeout'), timeOf(caddy, 'keepalive')])
      expect(time).to.be.below(ours.keepAliveTimeout);
  });
});
