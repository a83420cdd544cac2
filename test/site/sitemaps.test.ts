import { gunzipSync } from 'node:zlib';
import http from 'node:http';
import { expect } from 'chai';
import { WatchList } from '../../src/models/watch-list.js';
import { ADDRESSES_MAX } from '../../site/documents/sitemap.js';
import { moviePath } from '../../site/paths.js';
import { makeMovie, makePlatform } from '../support/factories.js';
import { getPage } from '../support/site.js';
import { sharedUrl } from '../support/server.js';
import { expectValid, textsOf } from '../support/xml.js';

const BYTES_MAX = 50 * 2 ** 20;

/** The addresses of a sitemap or an index, without the site's. */
async function addressesOf(path: string): Promise<string[]> {
  const answer = await getPage(path);
  expect(answer.status, path).to.equal(200);
  expect(answer.headers.get('content-type')).to.equal('application/xml; charset=utf-8');
  const text = await answer.text();
  await expectValid(text, 'sitemap');
  return textsOf(text, 'loc').map((address) => {
    expect(address.startsWith(`${sharedUrl()}/`), address).to.equal(true);
    return address.slice(sharedUrl().length);
  });
}

/** The part of the newest movies: ids go on from test to test. */
async function lastPart(): Promise<string> {
  return (await addressesOf('/sitemap.xml')).at(-1) as string;
}

describe('sitemaps', () => {
  it('have the pages, the platforms and the movies', async () => {
    const platform = await makePlatform({ name: 'Lumen & Co' });
    const movie = await makeMovie({ title: 'Ünder <b> "Paris" & 東京', platform_id: platform.id });
    const bare = await makeMovie({ title: '???', platform_id: platform.id });
    const [pages, part = ''] = await addressesOf('/sitemap.xml');
    expect(pages).to.equal('/sitemap-pages.xml');
    expect(await addressesOf('/sitemap-pages.xml')).to.deep.equal([
      '/',
      '/movies',
      '/platforms',
      `/platforms/${platform.id}/lumen-co`,
    ]);
    expect(await addressesOf(part)).to.deep.equal([
      `/movies/${movie.id}/under-b-paris-${encodeURIComponent('東京')}`,
      `/movies/${bare.id}`,
    ]);
  });

  it('have parts by ids, whatever ids are gone', async () => {
    const far = 7 * ADDRESSES_MAX;
    await makeMovie({ id: 1, title: 'One' });
    await makeMovie({ id: ADDRESSES_MAX, title: 'Last' });
    await makeMovie({ id: ADDRESSES_MAX + 1, title: 'Next' });
    await makeMovie({ id: far, title: 'Far' });
    expect(await addressesOf('/sitemap.xml')).to.deep.equal([
      '/sitemap-pages.xml',
      '/sitemap-movies-1.xml',
      '/sitemap-movies-2.xml',
      '/sitemap-movies-7.xml',
    ]);
    expect(await addressesOf('/sitemap-movies-1.xml')).to.deep.equal([
      '/movies/1/one',
      `/movies/${ADDRESSES_MAX}/last`,
    ]);
    expect(await addressesOf('/sitemap-movies-7.xml')).to.deep.equal([`/movies/${far}/far`]);
    for (const part of ['movies-3', 'movies-0', 'movies-01', 'movies-9999999999', 'movies-', 'people-1']) {
      expect((await getPage(`/sitemap-${part}.xml`)).status, part).to.equal(404);
    }
  });

  it('have all platforms, of several answers', async () => {
    for (let at = 0; at < 101; at += 1) await makePlatform();
    const addresses = await addressesOf('/sitemap-pages.xml');
    expect(new Set(addresses).size).to.equal(3 + 101);
  });

  it('are read on beyond the first thousand, and packed', async () => {
    const { id: platform_id } = await makePlatform();
    const rows = Array.from({ length: 2_001 }, (_, at) => ({ title: `T${at}`, storyline: 'S', platform_id }));
    await WatchList.bulkCreate(rows);
    const part = await lastPart();
    const addresses = await addressesOf(part);
    expect(new Set(addresses).size).to.equal(2_001);
    const packed = await new Promise<Buffer>((resolve, reject) => {
      const options = { headers: { 'Accept-Encoding': 'gzip' } };
      http
        .get(`${sharedUrl()}${part}`, options, (response) => {
          expect(response.headers['content-encoding']).to.equal('gzip');
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve(Buffer.concat(chunks)));
        })
        .on('error', reject);
    });
    expect(textsOf(gunzipSync(packed).toString(), 'loc')).to.have.lengthOf(2_001);
  });

  it('stay below 50 MB with the longest titles', () => {
    // A letter of four bytes is two of the sixty characters that an address has of a title.
    const longest = ['東'.repeat(200), '𠀀'.repeat(200), `a${'𠀀'.repeat(199)}`, 'x'.repeat(200)]
      .map((title) => moviePath({ id: Number.MAX_SAFE_INTEGER, title }).length)
      .reduce((a, b) => Math.max(a, b));
    const around = '<url><loc></loc></url>\n'.length + 'https://'.length + 253;
    expect(ADDRESSES_MAX * (longest + around)).to.be.below(BYTES_MAX);
  });

  it('end without a fault where a reader goes away', async () => {
    await makeMovie();
    const controller = new AbortController();
    const part = await lastPart();
    const answer = await fetch(`${sharedUrl()}${part}`, { signal: controller.signal });
    controller.abort();
    await answer.text().catch(() => undefined);
    expect(await addressesOf(part)).to.have.lengthOf(1);
    const head = await fetch(`${sharedUrl()}${part}`, { method: 'HEAD' });
    expect(head.status).to.equal(200);
  });
});

describe('robots.txt and icons', () => {
  it('name the sitemap, and keep crawlers from filters, searches and forms', async () => {
    const answer = await getPage('/robots.txt');
    expect(answer.headers.get('content-type')).to.equal('text/plain; charset=utf-8');
    const lines = (await answer.text()).split('\n');
    expect(lines).to.include(`Sitemap: ${sharedUrl()}/sitemap.xml`);
    const rules = lines.flatMap((line) => /^Disallow: (.+)$/.exec(line)?.[1] ?? []);
    const isRefused = (path: string) =>
      rules.some((rule) => new RegExp(`^${rule.split('*').map(escapeExpression).join('.*')}`).test(path));
    const open = ['/', '/movies', '/movies?page=2', '/?lang=de', '/movies/1/heat', '/platforms/2/x?page=3'];
    const shut = ['/search?q=x', '/movies?genre=Drama', '/movies?page=2&order=title', '/login', '/watchlist'];
    const refused = [...open, ...shut, '/movies/1/heat?stars=5', '/watch/watchlist/'].filter(isRefused);
    expect(refused).to.deep.equal([...shut, '/movies/1/heat?stars=5', '/watch/watchlist/']);
  });

  it('are small pictures that may be kept', async () => {
    for (const [path, type] of [
      ['/favicon.ico', 'image/x-icon'],
      ['/apple-touch-icon.png', 'image/png'],
    ] as const) {
      const answer = await getPage(path);
      expect(answer.headers.get('content-type')).to.equal(type);
      expect(answer.headers.get('cache-control')).to.equal('public, max-age=86400');
      expect((await answer.arrayBuffer()).byteLength).to.be.within(500, 5_000);
    }
    const manifest = (await (await getPage('/manifest.webmanifest')).json()) as { icons: { src: string }[] };
    for (const { src } of manifest.icons) expect((await getPage(src)).status).to.equal(200);
  });
});

const escapeExpression = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
