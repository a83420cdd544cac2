import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request as send, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../src/project-root.js';
import { eventually, freePort } from './processes.js';

const BUCKET = 'posters';

/** What happens to the store's requests. */
export interface Weather {
  /** Milliseconds until a request is passed on. */
  delay: number;
  /** The status that is answered in the store's place, for so many requests. */
  failures: { status: number; count: number };
  /** Whether connections are cut off. */
  isAway: boolean;
}

/** An S3-compatible store behind a proxy that can make it slow, failing or unreachable. */
export interface S3 {
  /** Its `MEDIA_URL`. */
  url: string;
  weather: Weather;
  /** The requests that came, as `METHOD path`. */
  requests: string[];
  /** Copies a poster's file to other names, without a request for each. */
  copy(name: string, others: string[]): void;
  /** Empties the bucket, and makes the weather fine. */
  reset(): void;
  close(): Promise<void>;
}

const FINE = (): Weather => ({ delay: 0, failures: { status: 500, count: 0 }, isAway: false });

/** s3rver's own credentials. */
const [KEY, SECRET] = ['S3RVER', 'S3RVER'];

/** Starts s3rver with an empty bucket. */
export async function startS3(): Promise<S3> {
  const directory = mkdtempSync(join(tmpdir(), 'marquee-s3-'));
  const port = await freePort();
  const script = join(ROOT, 'node_modules', 's3rver', 'bin', 's3rver.js');
  const options = ['-a', '127.0.0.1', '-p', String(port), '-d', directory, '--configure-bucket', BUCKET];
  // It signs the places in its listings by a cipher that OpenSSL 3 calls legacy.
  const child = spawn(process.execPath, ['--openssl-legacy-provider', script, ...options], {
    stdio: 'ignore',
  });
  const ended = once(child, 'close').then(([code]) => code as number);
  await eventually({ child, ended, output: () => 's3rver' }, () => fetch(`http://127.0.0.1:${port}/`));
  const weather = FINE();
  const requests: string[] = [];
  const proxy = proxyTo(port, weather, requests);
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  const { port: open } = proxy.address() as AddressInfo;
  return {
    url: `s3://${KEY}:${SECRET}@127.0.0.1:${open}/${BUCKET}?region=us-east-1`,
    weather,
    requests,
    copy(name, others) {
      const folder = join(directory, BUCKET, 'posters');
      // An object is some files: its content, its headers and its digest.
      const parts = readdirSync(folder).filter((file) => file.startsWith(`${name}._S3rver_`));
      for (const part of parts) {
        for (const other of others) copyFileSync(join(folder, part), join(folder, part.replace(name, other)));
      }
    },
    reset() {
      const bucket = join(directory, BUCKET);
      for (const name of readdirSync(bucket)) rmSync(join(bucket, name), { recursive: true });
      Object.assign(weather, FINE());
    },
    async close() {
      proxy.closeAllConnections();
      await new Promise((resolve) => {
        proxy.close(resolve);
      });
      child.kill('SIGKILL');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function proxyTo(port: number, weather: Weather, requests: string[]): Server {
  return createServer((request, response) => {
    void (async () => {
      const { method, url: path, headers } = request;
      requests.push(`${method} ${path}`);
      if (weather.isAway) {
        request.socket.destroy();
        return;
      }
      await sleep(weather.delay);
      if (!isSigned(request)) {
        request.resume();
        response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
        return;
      }
      if (weather.failures.count > 0) {
        weather.failures.count -= 1;
        request.resume();
        response
          .writeHead(weather.failures.status, { 'Content-Type': 'application/xml' })
          .end('<Error><Code>SlowDown</Code></Error>');
        return;
      }
      // The signature names the host that the client has asked.
      const onward = send({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    })();
  });
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/**
 * Whether a request's signature is right, which s3rver does not check:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
function isSigned({ method, url = '', headers }: IncomingMessage): boolean {
  const [, key, day, region, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=(.+?)\/(\d+)\/(.+?)\/s3\/aws4_request, SignedHeaders=(.+?), Signature=(.+)$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  if (key !== KEY || !day || !region || !names) return false;
  const [path = '', query = ''] = url.split('?');
  const canonical = [
    method,
    path,
    query.split('&').toSorted().join('&'),
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    headers['x-amz-content-sha256'],
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, digest].join('\n');
  const signing = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${SECRET}`);
  return hmac(signing, text).toString('hex') === signature;
}
