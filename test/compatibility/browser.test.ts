import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { openWindow, sharedBrowser } from '../support/browser.js';
import { makeMovie, PASSWORD } from '../support/factories.js';
import { withServer } from '../support/server.js';

interface Seen {
  status: number;
  body: Record<string, unknown>;
  headers: Record<string, string | null>;
}

/** What the page does, in the browser: signs up, reviews a movie and reads it, by `fetch` alone. */
async function visit({ api, movie, password }: { api: string; movie: number; password: string }) {
  const names = ['etag', 'ratelimit', 'retry-after', 'x-request-id', 'idempotency-replayed', 'link', 'allow'];
  const ask = async (method: string, path: string, body?: BodyInit, headers: HeadersInit = {}) => {
    const response = await fetch(api + path, { method, headers, ...(body === undefined ? {} : { body }) });
    const seen = Object.fromEntries(names.map((name) => [name, response.headers.get(name)]));
    return { status: response.status, body: (await response.json()) as never, headers: seen } as Seen;
  };
  const json = { 'Content-Type': 'application/json' };
  const account = { username: 'ana', email: 'ana@example.org', password, password2: password };
  const registered = await ask('POST', '/account/register/', JSON.stringify(account), json);
  const auth = { Authorization: `Token ${registered.body.token as string}` };
  const form = new FormData();
  form.append('rating', '4');
  const key = { ...auth, 'Idempotency-Key': 'one' };
  const review = await ask('POST', `/watch/${movie}/review-create/`, form, key);
  const rating = new URLSearchParams({ rating: '4' });
  const replayed = await ask('POST', `/watch/${movie}/review-create/`, rating, key);
  const list = await ask('GET', '/watch/watchlist/?page_size=1');
  const read = await ask('GET', `/watch/watchlist/${movie}/`);
  const conditional = await ask('GET', `/watch/watchlist/${movie}/`, undefined, {
    'If-None-Match': '"other"',
  });
  return { registered, review, replayed, list, read, conditional };
}

/** Opens a page of another origin, in which `visit` runs. */
async function visitFrom(allowed: (page: string) => string[]) {
  const { id: movie } = await makeMovie();
  await makeMovie();
  const site = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>An app</title>');
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const window = await openWindow(await sharedBrowser());
  try {
    let seen: Awaited<ReturnType<typeof visit>> | undefined;
    await withServer({ CORS_ORIGINS: allowed(origin) }, async ({ url: api }) => {
      const page = await window.newPage();
      await page.goto(origin);
      seen = await page.evaluate(visit, { api, movie, password: PASSWORD });
    });
    return seen as NonNullable<typeof seen>;
  } finally {
    await window.close();
    site.close();
  }
}

describe('a page of another origin', function () {
  this.timeout(60_000);

  it('signs up, reviews and reads by fetch, and reads the headers that it needs', async () => {
    const { registered, review, replayed, list, read, conditional } = await visitFrom((page) => [page]);
    expect([registered.status, registered.body.response]).to.deep.equal([201, 'Registration Successful!']);
    expect([review.status, review.body.rating, review.body.active]).to.deep.equal([201, 4, true]);
    expect(replayed.headers['idempotency-replayed']).to.equal('true');
    expect(list.headers.link).to.match(/rel="next"/);
    expect(read.body.avg_rating).to.equal(4);
    expect(read.headers.etag).to.match(/^"/);
    expect(read.headers['x-request-id']).to.be.a('string');
    expect(conditional.status).to.equal(200);
  });

  it('reads nothing where its origin is not allowed', async () => {
    const refused = await visitFrom(() => ['https://elsewhere.example']).then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    expect(refused).to.match(/Failed to fetch/);
  });
});
