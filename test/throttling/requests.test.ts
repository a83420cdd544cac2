import { expect } from 'chai';
import type { Config } from '../../src/config.js';
import { type Answer, anonymous, asAdmin, asUser, type Client, clientOf } from '../support/clients.js';
import { makeMovie, makeReview } from '../support/factories.js';
import { expectDetail } from '../support/refusals.js';
import { withServer } from '../support/server.js';

const MINUTE = 60_000;
const perMinute = (limit: number) => ({ limit, windowMs: MINUTE });

/** Expects a 429 with the time to wait in its header and text. */
function expectThrottled(answer: Answer): void {
  expectDetail(answer, 429);
  const seconds = Number(answer.headers.get('retry-after'));
  expect(seconds).to.be.within(1, 3_600);
  // DRF writes "1 second".
  const time = new RegExp(
    `^Request was throttled\\. Expected available in ${seconds} seconds${seconds === 1 ? '?' : ''}\\.$`,
  );
  expect(answer.body.detail).to.match(time);
}

/** Expects this many requests to pass and the next to be refused. */
async function expectLimit(limit: number, ask: () => Promise<Answer>): Promise<void> {
  for (let number = 1; number <= limit; number += 1) {
    expect((await ask()).status, `request ${number}`).not.to.equal(429);
  }
  expectThrottled(await ask());
}

describe('throttling', () => {
  it('limits anonymous clients, on everything under /watch/ and /account/', async () => {
    await withServer({ THROTTLE_ANON: perMinute(3) }, async (server) => {
      const client = anonymous.at(server);
      const paths = ['/watch/', '/watch/watchlist/', '/account/me/'];
      for (const path of paths) expect((await client.get(path)).status, path).not.to.equal(429);
      for (const path of [...paths, '/watch/platformlist/']) expectThrottled(await client.get(path));
      expectThrottled(await client.post('/account/login/', { username: 'a', password: 'b' }));
    });
  });

  it('limits each user separately, and separately from anonymous clients of that address', async () => {
    await withServer({ THROTTLE_ANON: perMinute(2), THROTTLE_USER: perMinute(3) }, async (server) => {
      const user = await asUser();
      const [ann, alsoAnn] = [user.at(server), (await clientOf(user.user)).at(server)];
      const ben = (await asUser()).at(server);
      await expectLimit(2, () => anonymous.at(server).get('/watch/'));
      await expectLimit(3, () => ann.get('/account/me/'));
      expectThrottled(await alsoAnn.get('/watch/watchlist/'));
      await expectLimit(3, () => ben.get('/watch/'));
    });
  });

  it('limits admins the same', async () => {
    await withServer({ THROTTLE_USER: perMinute(2) }, async (server) => {
      const admin = (await asAdmin()).at(server);
      await expectLimit(2, () => admin.get('/watch/'));
    });
  });

  it('counts requests that come at once', async () => {
    await withServer({ THROTTLE_ANON: perMinute(3) }, async (server) => {
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => anonymous.at(server).get('/watch/')),
      );
      expect(answers.filter(({ status }) => status === 200)).to.have.length(3);
      expect(answers.filter(({ status }) => status === 429)).to.have.length(9);
    });
  });

  it('says in RateLimit and RateLimit-Policy how much is left', async () => {
    await withServer({ THROTTLE_ANON: perMinute(3) }, async (server) => {
      for (const left of [2, 1, 0, 0]) {
        const { headers } = await anonymous.at(server).get('/watch/');
        expect(headers.get('ratelimit-policy'))
          .to.match(/^"[^"]+";.*\bq=3\b/)
          .and.match(/\bw=60\b/);
        expect(headers.get('ratelimit'))
          .to.match(new RegExp(`^"[^"]+";.*\\br=${left}\\b`))
          .and.match(/\bt=\d+\b/);
      }
    });
  });

  it('allows requests again after Retry-After', async () => {
    await withServer({ THROTTLE_ANON: { limit: 1, windowMs: 1_000 } }, async (server) => {
      const client = anonymous.at(server);
      await expectLimit(1, () => client.get('/watch/'));
      await new Promise((resolve) => {
        setTimeout(resolve, 1_050);
      });
      expect((await client.get('/watch/')).status).to.equal(200);
    });
  });

  it('ignores X-Forwarded-For unless a proxy is trusted', async () => {
    await withServer({ THROTTLE_ANON: perMinute(1) }, async (server) => {
      const from = (address: string) => anonymous.at(server, { 'X-Forwarded-For': address }).get('/watch/');
      expect((await from('192.0.2.1')).status).to.equal(200);
      expectThrottled(await from('192.0.2.2'));
    });
    await withServer({ THROTTLE_ANON: perMinute(1), TRUST_PROXY: 1 }, async (server) => {
      const from = (address: string) => anonymous.at(server, { 'X-Forwarded-For': address }).get('/watch/');
      expect((await from('192.0.2.1')).status).to.equal(200);
      expect((await from('192.0.2.2')).status).to.equal(200);
      expectThrottled(await from('192.0.2.2'));
      expectThrottled(await from('198.51.100.9, 192.0.2.1'));
    });
  });

  it('can be turned off', async () => {
    for (let number = 0; number < 30; number += 1) {
      const { status, headers } = await anonymous.get('/watch/');
      expect(status).to.equal(200);
      expect(headers.get('ratelimit')).to.equal(null);
    }
  });
});

describe('scopes', () => {
  const cases: [keyof Config, (client: Client, movie: number, review: number) => Promise<Answer>][] = [
    [
      'THROTTLE_REVIEW_CREATE',
      (client, movie) => client.post(`/watch/${movie}/review-create/`, { rating: 3 }),
    ],
    ['THROTTLE_REVIEW_LIST', (client, movie) => client.get(`/watch/${movie}/review/`)],
    ['THROTTLE_REVIEW_DETAIL', (client, _movie, review) => client.get(`/watch/review/${review}/`)],
  ];
  for (const [scope, ask] of cases) {
    it(`${scope} limits its own requests and no others`, async () => {
      const review = await makeReview();
      await withServer({ [scope]: { limit: 2, windowMs: 3_600_000 } }, async (server) => {
        const client = (await asUser()).at(server);
        const movies = [(await makeMovie()).id, (await makeMovie()).id, (await makeMovie()).id];
        let next = 0;
        await expectLimit(2, () => ask(client, movies[next++] as number, review.id));
        for (const [other, askOther] of cases) {
          if (other !== scope)
            expect((await askOther(client, movies[2] as number, review.id)).status, other).not.to.equal(429);
        }
        expect((await client.get('/watch/watchlist/')).status).to.equal(200);
        const stranger = (await asUser()).at(server);
        expect((await ask(stranger, movies[0] as number, review.id)).status).not.to.equal(429);
      });
    });
  }

  it('apply in addition to the general limit', async () => {
    const review = await makeReview();
    const changes = { THROTTLE_ANON: perMinute(2), THROTTLE_REVIEW_DETAIL: perMinute(5) };
    await withServer(changes, async (server) => {
      await expectLimit(2, () => anonymous.at(server).get(`/watch/review/${review.id}/`));
    });
  });

  it('are told apart by express-rate-limit, which warns of a request that counts twice', async () => {
    const review = await makeReview();
    const warnings: unknown[] = [];
    const { error } = console;
    console.error = (...warning: unknown[]) => warnings.push(warning);
    try {
      await withServer(
        { THROTTLE_ANON: perMinute(5), THROTTLE_REVIEW_DETAIL: perMinute(5) },
        async (server) => {
          await anonymous.at(server).get(`/watch/review/${review.id}/`);
        },
      );
    } finally {
      console.error = error;
    }
    expect(warnings).to.deep.equal([]);
  });
});
