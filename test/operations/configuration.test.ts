import { expect } from 'chai';
import { ConfigError, loadConfig } from '../../src/config.js';
import { clientOptions, parseMysqlUrl } from '../../src/addresses/database.js';
import { start } from '../support/processes.js';

/** The exit code and the output of a start with these variables. */
async function startWith(env: Record<string, string>): Promise<{ code: number | string; text: string }> {
  const started = start('src/main.js', { LOG_LEVEL: 'info', ...env });
  const code = await started.ended;
  return { code, text: started.output() };
}

describe('a start with invalid variables', () => {
  it('stops with exit code 1 and names every one', async () => {
    const bad = {
      PORT: '99999',
      DATABASE_POOL_MAX: 'many',
      RATING_PRIOR_MEAN: '9',
      RATING_PRIOR_VOTES: '-1',
      PAGE_SIZE: '0',
      MAX_PAGE_SIZE: 'abc',
      THROTTLE_ANON: '10',
      THROTTLE_LOGIN: '0/minute',
      THROTTLE_REVIEW_CREATE: '5/fortnight',
      TOKEN_TTL_DAYS: '1.5',
      CORS_ORIGINS: 'example.org',
      SMTP_URL: 'http://mail.example.org',
      WEB_CONCURRENCY: 'two',
      LOG_LEVEL: 'loud',
      REDIS_URL: 'localhost',
    };
    const { code, text } = await startWith(bad);
    expect(code).to.equal(1);
    for (const variable of Object.keys(bad)) expect(text).to.include(variable);
    expect(text, 'one message, no stack').not.to.match(/^\s+at /m);
    expect(text).not.to.include('TRUST_PROXY');
  });

  it('refuses MySQL in production without secrets', async () => {
    const mysql = 'mysql://marquee:marquee@127.0.0.1:1/marquee';
    const { code, text } = await startWith({ NODE_ENV: 'production', DATABASE_URL: mysql });
    expect(code).to.equal(1);
    expect(text).to.include('SESSION_SECRET').and.include('JWT_SECRET');
  });
});

describe('the address of a MySQL database', () => {
  it('is read in its parts: escapes, IPv6 in brackets, TLS and a socket', () => {
    expect(parseMysqlUrl('mysql://us%40er:p%25w%2F@[::1]:3307/na%20me')).to.deep.equal({
      host: '::1',
      port: 3307,
      database: 'na me',
      username: 'us@er',
      password: 'p%w/',
    });
    const { ssl, socketPath } = parseMysqlUrl('mariadb://u@h/n?ssl-mode=verify_identity&socket=/run/db.sock');
    expect(ssl).to.include({ rejectUnauthorized: true, verifyIdentity: true });
    expect(socketPath).to.equal('/run/db.sock');
    expect(parseMysqlUrl('mysql://u@h/n?ssl-mode=DISABLED').ssl).to.equal(undefined);
  });

  it('is printed as options of its clients, with all that it says of TLS', () => {
    expect(clientOptions('mysql://us%40er:secret@[::1]/name')).to.deep.equal([
      '--host=::1',
      '--port=3306',
      '--user=us@er',
    ]);
    expect(clientOptions('mysql://u@h:7/n?ssl-mode=REQUIRED&socket=/run/my.sock')).to.deep.equal([
      '--ssl-mode=REQUIRED',
      '--socket=/run/my.sock',
      '--user=u',
    ]);
  });
});

describe('the configuration', () => {
  const refused: [string, Record<string, string>][] = [
    ['DATABASE_URL', { DATABASE_URL: 'postgres://localhost/x' }],
    ['DATABASE_URL', { DATABASE_URL: 'sqlite:' }],
    ['DATABASE_URL', { DATABASE_URL: 'nonsense' }],
    ['DATABASE_URL has a % in its password', { DATABASE_URL: 'mysql://root:a%b@localhost/name' }],
    ['DATABASE_URL must name a database', { DATABASE_URL: 'mysql://root@localhost:3306' }],
    ['DATABASE_URL must name a database', { DATABASE_URL: 'mysql://root@localhost/' }],
    ['DATABASE_URL has the parameter ssl', { DATABASE_URL: 'mysql://root@localhost/name?ssl=true' }],
    ['must be one of DISABLED, REQUIRED', { DATABASE_URL: 'mysql://root@localhost/name?ssl-mode=PREFERRED' }],
    ['without encryption', { DATABASE_URL: 'mysql://root@localhost/name?ssl-ca=/etc/ca.pem' }],
    [
      'cannot be read',
      { DATABASE_URL: 'mysql://root@localhost/name?ssl-mode=VERIFY_CA&ssl-ca=/nowhere/ca.pem' },
    ],
    [
      'needs both',
      { DATABASE_URL: 'mysql://root@localhost/name?ssl-mode=REQUIRED&ssl-key=/nowhere/key.pem' },
    ],
    ['an IP address as host', { DATABASE_URL: 'mysql://root@10.0.0.7/name?ssl-mode=VERIFY_IDENTITY' }],
    ['would lie in /', { DATABASE_URL: 'sqlite://app.sqlite' }],
    ['a file of SQLite takes none', { DATABASE_URL: 'sqlite:./app.sqlite?ssl-mode=REQUIRED' }],
    ['write it %23', { DATABASE_URL: 'mysql://root@localhost/name#ssl-mode=REQUIRED' }],
    ['names the folder', { DATABASE_URL: 'sqlite:/tmp' }],
    ['names the folder', { DATABASE_URL: 'sqlite:///' }],
    ['has the port 0', { DATABASE_URL: 'mysql://root@localhost:0/name' }],
    ['must name a host', { DATABASE_URL: 'mysql:///name' }],
    ['must name a host', { DATABASE_URL: 'mysql://u@/name' }],
    ['ends in white space', { DATABASE_URL: 'mysql://u@h/name ' }],
    ['ends in white space', { DATABASE_URL: 'sqlite:./app.sqlite\u00a0' }],
    ['a control character', { DATABASE_URL: 'mysql://u@h/na\nme' }],
    ['a control character', { DATABASE_URL: 'sqlite:./app\t.sqlite' }],
    ['a NUL in its name', { DATABASE_URL: 'mysql://u@h/na%00me' }],
    ['a control character', { REDIS_URL: 'redis://local\thost' }],
    ['REDIS_URL must name a host', { REDIS_URL: 'redis://' }],
    ['REDIS_URL has the path /abc', { REDIS_URL: 'redis://localhost/abc' }],
    ['REDIS_URL has a % in its password', { REDIS_URL: 'redis://:a%b@localhost' }],
    ['REDIS_URL has the parameter db, but it takes none', { REDIS_URL: 'redis://localhost?db=3' }],
    ['SMTP_URL must name a host', { SMTP_URL: 'smtp://' }],
    ['SMTP_URL has the port 0', { SMTP_URL: 'smtp://localhost:0' }],
    ['SMTP_URL has a % in its user', { SMTP_URL: 'smtp://a%b:c@localhost' }],
    ['SMTP_URL has the parameter tls, but it takes no other', { SMTP_URL: 'smtp://localhost?tls=1' }],
    ['SMTP_URL has requireTLS=no', { SMTP_URL: 'smtp://localhost?requireTLS=no' }],
    ['SMTP_URL has the path /x', { SMTP_URL: 'smtp://localhost/x' }],
    ['SMTP_URL has an unescaped #', { SMTP_URL: 'smtps://localhost#x' }],
    ['in-memory', { DATABASE_URL: 'sqlite::memory:' }],
    [
      'DATABASE_REPLICA_URLS',
      {
        DATABASE_URL: 'mysql://root@localhost/name',
        DATABASE_REPLICA_URLS: 'mysql://root@localhost/name?tls=1',
      },
    ],
    ['PUBLIC_URL', { PUBLIC_URL: 'javascript:alert(1)' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://example.org/path' }],
    ['PUBLIC_URL must be set', { NODE_ENV: 'production', SITE: 'off', SMTP_URL: 'smtp://mail.example.org' }],
    ['PUBLIC_URL must be set', { NODE_ENV: 'production' }],
    ['SITE must be on or off', { SITE: 'no' }],
    ['SITE_NAME must have at most 60 characters', { SITE_NAME: 'x'.repeat(61) }],
    ['WEB_CONCURRENCY', { WEB_CONCURRENCY: '2', DATABASE_URL: 'sqlite:./x.sqlite' }],
    ['DATABASE_REPLICA_URLS', { DATABASE_REPLICA_URLS: 'sqlite:./x.sqlite' }],
  ];
  for (const [variable, env] of refused) {
    it(`refuses ${JSON.stringify(env)}`, () => {
      expect(() => loadConfig(env)).to.throw(ConfigError, variable);
    });
  }

  it('takes the addresses that the README names', () => {
    for (const REDIS_URL of ['redis://localhost', 'rediss://user:p%40ss@localhost:6380/2'])
      expect(loadConfig({ REDIS_URL })).to.include({ REDIS_URL });
    for (const SMTP_URL of [
      'smtp://localhost:25',
      'smtp://me%40x:p%25@mail.example.org:587?requireTLS=true',
      'smtps://h/',
    ])
      expect(loadConfig({ SMTP_URL })).to.include({ SMTP_URL });
    for (const DATABASE_URL of [
      'mysql:///name?socket=/run/mysqld.sock',
      'mysql://u@/name?socket=/run/mysqld.sock',
      'mariadb://u:p%20w@/name?socket=/run/mysqld.sock',
    ])
      expect(loadConfig({ DATABASE_URL })).to.have.property('DATABASE_URL');
    const { username, password, socketPath } = parseMysqlUrl('mysql://u:p%20w@/n?socket=/x');
    expect([username, password, socketPath]).to.deep.equal(['u', 'p w', '/x']);
    expect(clientOptions('mysql://u@/n?socket=/x')).to.deep.equal(['--socket=/x', '--user=u']);
  });

  it('has the defaults that the contract names', () => {
    expect(loadConfig({ PORT: '' })).to.deep.include({
      PORT: 3000,
      HOST: '127.0.0.1',
      DATABASE_URL: 'sqlite:./data/app.sqlite',
      ADMIN_USERNAME: 'admin',
      RATING_PRIOR_MEAN: 3.5,
      RATING_PRIOR_VOTES: 10,
      PAGE_SIZE: 20,
      MAX_PAGE_SIZE: 100,
      TOKEN_TTL_DAYS: 30,
      JWT_ACCESS_MINUTES: 15,
      JWT_REFRESH_DAYS: 14,
      TRUST_PROXY: false,
      CORS_ORIGINS: [],
      WEB_CONCURRENCY: 1,
      LOG_LEVEL: 'info',
      THROTTLE_ANON: { limit: 300, windowMs: 60_000 },
      THROTTLE_USER: { limit: 1_000, windowMs: 60_000 },
      THROTTLE_LOGIN: { limit: 10, windowMs: 60_000 },
      THROTTLE_REVIEW_CREATE: { limit: 30, windowMs: 3_600_000 },
      THROTTLE_REVIEW_LIST: { limit: 600, windowMs: 60_000 },
      THROTTLE_REVIEW_DETAIL: { limit: 600, windowMs: 60_000 },
      THROTTLE_OWN_DATA: { limit: 5, windowMs: 3_600_000 },
    });
  });

  it("accepts DRF's notation of rates, and off", () => {
    const rates = {
      THROTTLE_ANON: '5/s',
      THROTTLE_USER: '6/hour',
      THROTTLE_LOGIN: '7/day',
      THROTTLE_REVIEW_LIST: 'off',
    };
    expect(loadConfig(rates)).to.deep.include({
      THROTTLE_ANON: { limit: 5, windowMs: 1_000 },
      THROTTLE_USER: { limit: 6, windowMs: 3_600_000 },
      THROTTLE_LOGIN: { limit: 7, windowMs: 86_400_000 },
      THROTTLE_REVIEW_LIST: null,
    });
  });
});
