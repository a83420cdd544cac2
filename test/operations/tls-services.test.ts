import type { ChildProcess } from 'node:child_process';
import { expect } from 'chai';
import { Certificates } from '../support/certificates.js';
import { type Mailbox, mailbox } from '../support/mailbox.js';
import { eventually, freePort, start, type Started } from '../support/processes.js';
import { startRedis, stopRedis } from '../support/redis.js';
import { skip } from '../support/skip.js';
import { makeUser } from '../support/factories.js';

/** An API in a process of its own, which trusts one CA besides the usual ones. */
interface Api {
  url: string;
  started: Started;
}

/** How many requests an API still allows, by its answer to one. */
async function left({ url }: Api): Promise<number> {
  return Number(/r=(\d+)/.exec((await fetch(`${url}/watch/`)).headers.get('ratelimit') ?? '')?.[1]);
}

describe('TLS to Redis and the mail server', function tls() {
  this.timeout(60_000);
  let certificates: Certificates;
  let redis: ChildProcess | null = null;
  let right: Mailbox;
  let elsewhere: Mailbox;
  /** Two that trust the servers, of which the second sends mail to a server of another name, and one that does not. */
  let one: Api;
  let two: Api;
  let stranger: Api;
  const running: Started[] = [];

  const api = async (ca: string, port: number, mail: Mailbox): Promise<Api> => {
    const started = start('test/support/api-process.js', {
      NODE_EXTRA_CA_CERTS: certificates.file(`${ca}.pem`),
      LOG_LEVEL: 'info',
      SMTP_URL: mail.url,
      ...(redis && { REDIS_URL: `rediss://localhost:${port}`, THROTTLE_ANON: '100/minute' }),
    });
    running.push(started);
    const url = await eventually(started, () => /^http:\/\/127\.0\.0\.1:\d+/m.exec(started.output())?.[0]);
    return { url, started };
  };

  before(async function certificatesOrSkip() {
    certificates = await Certificates.create(this);
    await Promise.all([certificates.authority('ca'), certificates.authority('other')]);
    await certificates.signed('right', 'ca', 'localhost');
    await certificates.signed('elsewhere', 'ca', 'mail.example.org');
    right = await mailbox(certificates.read('right'));
    elsewhere = await mailbox(certificates.read('elsewhere'));
    const port = await freePort();
    const [cert, key, ca] = ['right.pem', 'right.key', 'ca.pem'].map((name) => certificates.file(name)) as [
      string,
      string,
      string,
    ];
    redis = await startRedis(port, { cert, key, ca });
    // One after the other: where all load at once, a connection may fail for its time before it fails for its certificate.
    one = await api('ca', port, right);
    two = await api('ca', port, elsewhere);
    stranger = await api('other', port, right);
  });
  after(async () => {
    for (const { child, ended } of running) {
      child.kill('SIGKILL');
      await ended;
    }
    right?.close();
    elsewhere?.close();
    if (redis) await stopRedis(redis);
    await certificates?.remove();
  });

  it('rediss:// shares limits over TLS, and a server that is not trusted counts as away', async function rediss() {
    if (!redis) skip(this, 'redis-server is not installed');
    const before = await eventually(one.started, async () => {
      await left(one);
      const [mine, theirs] = [await left(one), await left(two)];
      return theirs === mine - 1 ? theirs : undefined;
    });
    expect(before).to.be.below(100);
    const away = await eventually(stranger.started, () =>
      stranger.started
        .output()
        .split('\n')
        .find((line) => line.includes('Redis is away')),
    );
    expect(away).to.match(/certificate/i);
    expect((await fetch(`${stranger.url}/watch/`)).status).to.equal(200);
  });

  it('smtps:// sends over TLS, and not to a server that is not trusted or has another name', async () => {
    const user = await makeUser();
    const ask = async ({ url }: Api) => {
      const body = new URLSearchParams({ email: user.email });
      const answer = await fetch(`${url}/account/password-reset/`, { method: 'POST', body });
      expect(answer.status).to.equal(200);
    };
    await ask(one);
    expect(await right.mail(user.email)).to.include('Subject: ');
    for (const [refused, said] of [
      [stranger, /certificate/i],
      [two, /altnames|does not match/i],
    ] as const) {
      await ask(refused);
      const { started } = refused;
      const unsent = await eventually(started, () =>
        started
          .output()
          .split('\n')
          .find((line) => line.includes('could not be sent')),
      );
      expect(unsent).to.match(said);
    }
  });
});
