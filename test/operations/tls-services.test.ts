import { expect } from 'chai';
import { Certificates } from '../support/certificates.js';
import { mailbox } from '../support/mailbox.js';
import { eventually, freePort, start, type Started } from '../support/processes.js';
import { startRedis, stopRedis } from '../support/redis.js';
import { skip } from '../support/skip.js';
import { makeUser } from '../support/factories.js';

/** An API in a process of its own, which trusts one CA besides the usual ones. */
interface Api {
  url: string;
  started: Started;
}

describe('TLS to Redis and the mail server', function tls() {
  this.timeout(60_000);
  let certificates: Certificates;
  const running: Started[] = [];

  const api = async (ca: string, env: Record<string, string>): Promise<Api> => {
    const trusted = { NODE_EXTRA_CA_CERTS: certificates.file(`${ca}.pem`), LOG_LEVEL: 'info' };
    const started = start('test/support/api-process.js', { ...trusted, ...env });
    running.push(started);
    const url = await eventually(started, () => /^http:\/\/127\.0\.0\.1:\d+/m.exec(started.output())?.[0]);
    return { url, started };
  };

  before(async function certificatesOrSkip() {
    certificates = await Certificates.create(this);
    await Promise.all([certificates.authority('ca'), certificates.authority('other')]);
    await certificates.signed('right', 'ca', 'localhost');
    await certificates.signed('elsewhere', 'ca', 'mail.example.org');
  });
  afterEach(async () => {
    for (const { child, ended } of running.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
  });
  after(() => certificates?.remove());

  it('rediss:// shares limits over TLS, and a server that is not trusted counts as away', async function rediss() {
    const port = await freePort();
    const [cert, key, ca] = ['right.pem', 'right.key', 'ca.pem'].map((name) => certificates.file(name)) as [
      string,
      string,
      string,
    ];
    const redis = await startRedis(port, { cert, key, ca });
    if (!redis) skip(this, 'redis-server is not installed');
    try {
      const env = { REDIS_URL: `rediss://localhost:${port}`, THROTTLE_ANON: '100/minute' };
      const [one, two] = [await api('ca', env), await api('ca', env)];
      const left = async ({ url }: Api) =>
        Number(/r=(\d+)/.exec((await fetch(`${url}/watch/`)).headers.get('ratelimit') ?? '')?.[1]);
      const before = await eventually(one.started, async () => {
        await left(one);
        const [mine, theirs] = [await left(one), await left(two)];
        return theirs === mine - 1 ? theirs : undefined;
      });
      expect(before).to.be.below(100);
      const stranger = await api('other', env);
      await eventually(
        stranger.started,
        () => stranger.started.output().includes('Redis is away') || undefined,
      );
      expect(stranger.started.output()).to.match(/certificate/i);
      expect((await fetch(`${stranger.url}/watch/`)).status).to.equal(200);
    } finally {
      await stopRedis(redis);
    }
  });

  it('smtps:// sends over TLS, and not to a server that is not trusted or has another name', async () => {
    const user = await makeUser();
    const ask = async ({ url }: Api) => {
      const body = new URLSearchParams({ email: user.email });
      const answer = await fetch(`${url}/account/password-reset/`, { method: 'POST', body });
      expect(answer.status).to.equal(200);
    };
    const right = await mailbox(certificates.read('right'));
    const elsewhere = await mailbox(certificates.read('elsewhere'));
    try {
      await ask(await api('ca', { SMTP_URL: right.url }));
      expect(await right.mail(user.email)).to.include('Subject: ');
      for (const [ca, { url }, said] of [
        ['other', right, /certificate/i],
        ['ca', elsewhere, /altnames|does not match/i],
      ] as const) {
        const refused = await api(ca, { SMTP_URL: url });
        await ask(refused);
        const { started } = refused;
        await eventually(started, () => started.output().includes('could not be sent') || undefined);
        expect(started.output()).to.match(said);
      }
    } finally {
      right.close();
      elsewhere.close();
    }
  });
});
