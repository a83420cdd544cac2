import { expect } from 'chai';
import { start } from '../support/processes.js';

/** The exit code and the output of a start with these variables. */
async function startWith(env: Record<string, string>): Promise<{ code: number | string; text: string }> {
  const started = start('src/main.js', { LOG_LEVEL: 'info', ...env });
  const code = await started.ended;
  return { code, text: started.output() };
}

const MYSQL = 'mysql://marquee:marquee@127.0.0.1:1/marquee';

describe('a start with bad variables', () => {
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

  it('stops at an address that is no database', async () => {
    for (const address of ['postgres://localhost/x', 'sqlite:', 'nonsense']) {
      const { code, text } = await startWith({ DATABASE_URL: address });
      expect(code, address).to.equal(1);
      expect(text).to.include('DATABASE_URL');
    }
  });

  it('refuses MySQL in production without secrets', async () => {
    const { code, text } = await startWith({ NODE_ENV: 'production', DATABASE_URL: MYSQL });
    expect(code).to.equal(1);
    expect(text).to.include('SESSION_SECRET').and.include('JWT_SECRET');
  });

  it('refuses several processes on the embedded database', async () => {
    const { code, text } = await startWith({
      WEB_CONCURRENCY: '2',
      DATABASE_URL: 'sqlite:/nowhere/x.sqlite',
    });
    expect(code).to.equal(1);
    expect(text).to.include('WEB_CONCURRENCY');
  });
});
