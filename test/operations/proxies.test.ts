import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import http2, { type ClientHttp2Session } from 'node:http2';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { issueToken } from '../../src/auth/tokens.js';
import { ROOT } from '../../src/project-root.js';
import { Certificates } from '../support/certificates.js';
import { makeMovie, makePlatform, makeUser } from '../support/factories.js';
import { freePorts } from '../support/processes.js';
import { type Server, startServer } from '../support/server.js';
import { skip } from '../support/skip.js';

const read = (...path: string[]) => readFileSync(join(ROOT, 'deploy', ...path), 'utf8');

interface Proxy {
  program: string;
  version: string;
  package: string;
  /** Writes its configuration, from the file that is shipped, and starts it. */
  start: (options: { folder: string; port: number; upstream: string }) => ChildProcess;
}

const QUIET = { stdio: 'ignore' } as const;

const PROXIES: Record<string, Proxy> = {
  nginx: {
    program: process.env.NGINX || '/usr/sbin/nginx',
    version: '-v',
    package: 'nginx',
    start: ({ folder, port, upstream }) => {
      const site = read('nginx', 'marquee.conf')
        .replace('127.0.0.1:3000', upstream)
        .replace('listen 80;', `listen 127.0.0.1:${port + 1};`)
        .replace('listen 443 ssl http2', `listen 127.0.0.1:${port} ssl http2`)
        .replaceAll('movies.example.org;', 'localhost;')
        .replace(/\/etc\S+fullchain.pem/, join(folder, 'site.pem'))
        .replace(/\/etc\S+privkey.pem/, join(folder, 'site.key'));
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
        .join(' ');
      const user = process.getuid?.() === 0 ? 'user root;' : '';
      const main = `${user} daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
        events {} http { access_log off; ${temporary} ${site} }`;
      writeFileSync(join(folder, 'nginx.conf'), main);
      return spawn(PROXIES.nginx?.program as string, ['-p', folder, '-c', join(folder, 'nginx.conf')], QUIET);
    },
  },
  Caddy: {
    program: process.env.CADDY || 'caddy',
    version: 'version',
    package: 'caddy',
    start: ({ folder, port, upstream }) => {
      const options = `{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\thttps_port ${port}\n\thttp_port ${port + 1}\n}\n`;
      writeFileSync(join(folder, 'Caddyfile'), options + read('compose', 'Caddyfile'));
      const args = ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
      const env = { ...process.env, SITE_ADDRESS: 'localhost', UPSTREAMS: upstream, XDG_DATA_HOME: folder };
      return spawn(PROXIES.Caddy?.program as string, args, {
        ...QUIET,
        env: { ...env, XDG_CONFIG_HOME: folder },
      });
    },
  },
};

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: Buffer;
}

/** Sends a request by HTTP/2. */
async function ask(
  session: ClientHttp2Session,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  const stream = session.request({ ':path': path, ':method': method, ...headers });
  stream.on('error', () => undefined).end(body);
  const [answered] = (await once(stream, 'response')) as [Record<string, unknown>];
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(stream, 'close');
  return { status: Number(answered[':status']), headers: answered, body: Buffer.concat(chunks) };
}

for (const [name, proxy] of Object.entries(PROXIES)) {
  describe(`behind ${name}, by TLS and HTTP/2`, function proxied() {
    this.timeout(60_000);
    let certificates: Certificates;
    let marquee: Server;
    let child: ChildProcess;
    let session: ClientHttp2Session;
    let base: string;
    let authorization: { authorization: string };

    before(async function startOrSkip() {
      try {
        execFileSync(proxy.program, [proxy.version], { stdio: 'ignore' });
      } catch {
        skip(this, `${name} is not installed: Debian’s package ${proxy.package} has it`);
      }
      certificates = await Certificates.create(this);
      await certificates.authority('authority');
      await certificates.signed('site', 'authority', 'localhost');
      marquee = await startServer({ TRUST_PROXY: 1, THROTTLE_LOGIN: { limit: 5, windowMs: 60_000 } });
      const port = await freePorts(2);
      child = proxy.start({ folder: certificates.folder, port, upstream: new URL(marquee.url).host });
      base = `https://localhost:${port}`;
      for (let tries = 0; tries < 200; tries += 1) {
        session = http2.connect(base, { rejectUnauthorized: false });
        const isOpen = await Promise.race([
          once(session, 'connect').then(
            () => true,
            () => false,
          ),
          once(session, 'close').then(() => false),
        ]);
        // Caddy waits for its first probe.
        if (isOpen && (await ask(session, '/watch/genres/')).status === 200) break;
        session.destroy();
        expect(child.exitCode, `${name} has ended`).to.equal(null);
        await sleep(50);
      }
    });

    after(async () => {
      session?.destroy();
      if (child) {
        child.kill('SIGKILL');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      }
      await marquee?.close();
      await certificates?.remove();
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
