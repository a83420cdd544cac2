import { expect } from 'chai';
import { brotliDecompressSync } from 'node:zlib';
import { makeMovie, makeReview, makeUser } from '../support/factories.js';
import { withServer } from '../support/server.js';
import { getPage, pageText, sessionOf } from '../support/site.js';

describe('pages in the response cache', () => {
  it('are the same text from memory, and a 304 for who has them', async () => {
    await makeMovie({ title: 'Metropolis' });
    const first = await getPage('/');
    const text = await first.text();
    const second = await getPage('/');
    expect(await second.text()).to.equal(text);
    const tag = first.headers.get('etag') as string;
    expect(second.headers.get('etag')).to.equal(tag);
    const unchanged = await getPage('/', { headers: { 'If-None-Match': tag } });
    expect(unchanged.status).to.equal(304);
    expect(unchanged.headers.get('vary')).to.equal('Cookie, Accept-Language, Accept-Encoding');
  });

  it('are kept apart by language, colours and encoding', async () => {
    await makeMovie();
    for (let round = 0; round < 2; round += 1) {
      expect(await pageText('/', { language: 'de' })).to.include('lang="de"');
      expect(await pageText('/', { language: 'en' })).to.include('lang="en"');
      expect(await pageText('/', { cookie: 'marquee.theme=dark' })).to.include('data-theme="dark"');
      expect(await pageText('/')).to.not.include('data-theme');
      const plain = await getPage('/', { headers: { 'Accept-Encoding': 'identity' } });
      expect(plain.headers.get('content-encoding')).to.equal(null);
      for (const encoding of ['br', 'gzip']) {
        const packed = await getPage('/', { headers: { 'Accept-Encoding': encoding } });
        expect(packed.headers.get('content-encoding')).to.equal(encoding);
        expect(await packed.text()).to.include('<html lang="en"');
      }
    }
  });

  it('are compressed once, and decompress to the whole page', async () => {
    await makeMovie();
    await withServer({}, async ({ url }) => {
      const { default: http } = await import('node:http');
      const bytes = await new Promise<Buffer>((resolve, reject) => {
        http
          .get(`${url}/`, { headers: { 'Accept-Encoding': 'br' } }, (response) => {
            const parts: Buffer[] = [];
            response.on('data', (part: Buffer) => parts.push(part));
            response.on('end', () => resolve(Buffer.concat(parts)));
          })
          .on('error', reject);
      });
      const text = brotliDecompressSync(bytes).toString();
      expect(text).to.match(/^<!doctype html>.*<\/html>$/s);
      expect(bytes.length).to.be.below(text.length / 2);
    });
  });

  it('show every rating at once, also while reviews come in', async () => {
    const movie = await makeMovie({ title: 'Contact' });
    await makeReview({ watchlist_id: movie.id, rating: 1 });
    for (let count = 2; count < 12; count += 1) {
      expect(await pageText('/')).to.include(`${count - 1} rating`);
      await makeReview({ watchlist_id: movie.id, rating: 5 });
      const texts = await Promise.all(Array.from({ length: 5 }, () => pageText('/')));
      for (const text of texts) expect(text).to.include(`${count} ratings`);
    }
  });

  it('never answer a member', async () => {
    const user = await makeUser({ username: 'only-me' });
    const cookie = await sessionOf(user);
    const mine = await Promise.all(Array.from({ length: 10 }, () => pageText('/', { cookie })));
    const others = await Promise.all(Array.from({ length: 10 }, () => pageText('/')));
    for (const text of mine) expect(text).to.include('only-me');
    for (const text of others) expect(text).to.not.include('only-me');
  });
});

describe('limits of pages', () => {
  it('count a page as one request, from memory too, and refuse with a page', async () => {
    await withServer({ THROTTLE_ANON: { limit: 3, windowMs: 60_000 } }, async ({ url }) => {
      for (let left = 2; left >= 0; left -= 1) {
        const page = await getPage('/', { url });
        expect(page.status).to.equal(200);
        expect(page.headers.get('ratelimit')).to.include(`r=${left};`);
      }
      const refused = await getPage('/', { url });
      expect(refused.status).to.equal(429);
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
      expect(await refused.text()).to.include('Request was throttled');
      const api = await fetch(`${url}/watch/`);
      expect(api.status).to.equal(429);
    });
  });
});

describe('SITE=off', () => {
  it('leaves API and documentation', async () => {
    await withServer({ SITE: false }, async ({ url }) => {
      const root = await getPage('/', { url });
      expect(root.status).to.equal(303);
      expect(root.headers.get('location')).to.equal('/docs/');
      expect((await getPage('/movies', { url })).status).to.equal(404);
      expect((await fetch(`${url}/watch/`)).status).to.equal(200);
    });
  });
});
