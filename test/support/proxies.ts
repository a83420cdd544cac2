import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import http2, { type ClientHttp2Session } from 'node:http2';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { ROOT } from '../../src/project-root.js';
import { Certificates } from './certificates.js';
import { freePorts } from './processes.js';
import { skip } from './skip.js';

/** A file of `deploy/`. */
export const read = (...path: string[]) => readFileSync(join(ROOT, 'deploy', ...path), 'utf8');

/** A proxy with the configuration that is shipped. */
export interface Proxy {
  program: string;
  version: string;
  package: string;
  /** Writes its configuration, from the file that is shipped, and starts it. */
  start: (options: { folder: string; port: number; upstream: string }) => ChildProcess;
}

const QUIET = { stdio: 'ignore' } as const;

export const PROXIES: Record<string, Proxy> = {
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

/** An answer by HTTP/2. */
export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: Buffer;
}

/** Sends a request by HTTP/2. */
export async function ask(
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

/** A running proxy, and a connection to it. */
export interface RunningProxy {
  session: ClientHttp2Session;
  /** Its address, without a slash at its end. */
  base: string;
  close(): Promise<void>;
}

/**
 * Starts a proxy in front of a server that answers `/watch/genres/`, or skips the tests where it is not installed.
 * @param upstream the server's host and port
 */
export async function startProxy(
  context: Mocha.Context,
  name: string,
  upstream: string,
): Promise<RunningProxy> {
  const proxy = PROXIES[name] as Proxy;
  try {
    execFileSync(proxy.program, [proxy.version], { stdio: 'ignore' });
  } catch {
    skip(context, `${name} is not installed: Debian’s package ${proxy.package} has it`);
  }
  const certificates = await Certificates.create(context);
  await certificates.authority('authority');
  await certificates.signed('site', 'authority', 'localhost');
  const port = await freePorts(2);
  const child = proxy.start({ folder: certificates.folder, port, upstream });
  const base = `https://localhost:${port}`;
  const close = async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    await certificates.remove();
  };
  for (let tries = 0; tries < 400; tries += 1) {
    const session = http2.connect(base, { rejectUnauthorized: false });
    const isOpen = await Promise.race([
      once(session, 'connect').then(
        () => true,
        () => false,
      ),
      once(session, 'close').then(() => false),
    ]);
    // Caddy waits for its first probe.
    if (isOpen && (await ask(session, '/watch/genres/')).status === 200) {
      return {
        session,
        base,
        close: () => {
          session.destroy();
          return close();
        },
      };
    }
    session.destroy();
    expect(child.exitCode, `${name} has ended`).to.equal(null);
    await sleep(50);
  }
  await close();
  throw new Error(`${name} does not answer`);
}
