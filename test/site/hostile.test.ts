import { request as httpRequest } from 'node:http';
import { expect } from 'chai';
import { makeMovie, makeReview, makeUser } from '../support/factories.js';
import { cpuOf } from '../support/processor-time.js';
import { sharedUrl, withServer } from '../support/server.js';
import { getPage, pageText, postForm, sessionOf } from '../support/site.js';

/** Asks for a page under another name of the site. */
function getAs(host: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest(`${sharedUrl()}${path}`, { headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('hostile requests for pages', () => {
  it('cost milliseconds, whatever the address is', async () => {
    const slashes = `/${'/'.repeat(14_000)}x/`;
    const genres = `/movies?${Array.from({ length: 1_400 }, (_, at) => `genre=g${at}`).join('&')}`;
    const ampersands = `/movies?x=${'&'.repeat(14_000)}`;
    for (const path of [slashes, genres, ampersands]) {
      let text = '';
      const milliseconds = await cpuOf(async () => {
        text = await pageText(path);
      });
      expect(milliseconds, path.slice(0, 20)).to.be.below(100);
      expect(text.length, path.slice(0, 20)).to.be.below(300_000);
    }
  });

  it('are no faults of the server: bodies that are no form, names that are no host', async () => {
    for (const body of ['null', '1', '"a"', '[]', '[[]]', '{"form":{}}']) {
      const headers = { 'Content-Type': 'application/json', Accept: 'text/html' };
      const answer = await fetch(`${sharedUrl()}/login`, { method: 'POST', headers, body });
      expect(answer.status, body).to.equal(400);
    }
    const movie = await makeMovie();
    await makeReview({ watchlist_id: movie.id });
    for (const host of ['999.999.999.999', 'a:99999', '[::::]', 'xn--a', 'a b'])
      for (const path of ['/', '/movies', '/feed.xml'])
        expect(await getAs(host, path), host + path).to.be.below(500);
  });

  it('count against the limits, also where they are refused before the API is asked', async () => {
    const limit = { limit: 3, windowMs: 60_000 };
    await withServer({ THROTTLE_ANON: limit }, async ({ url }) => {
      const headers = { Origin: 'https://evil.example' };
      const statuses: number[] = [];
      for (let time = 0; time < 4; time += 1)
        statuses.push((await postForm('/login', {}, { url, headers })).status);
      expect(statuses).to.deep.equal([403, 403, 403, 429]);
    });
    await withServer({ THROTTLE_REVIEW_LIST: limit }, async ({ url }) => {
      const statuses: number[] = [];
      for (const path of ['/', '/feed.xml', '/?a', '/feed.xml?a'])
        statuses.push((await getPage(path, { url })).status);
      expect(statuses).to.deep.equal([200, 200, 200, 429]);
    });
  });

  it('find no hidden review in a feed, whoever asks', async () => {
    const author = await makeUser({ username: 'ann' });
    const movie = await makeMovie();
    await makeReview({
      user_id: author.id,
      watchlist_id: movie.id,
      description: 'Hidden words',
      active: false,
    });
    const admin = await makeUser({ role: 'admin' });
    for (const user of [author, admin]) {
      const feed = await pageText('/members/ann/feed.xml', { cookie: await sessionOf(user) });
      expect(feed).to.include('<feed').and.to.not.include('Hidden words');
    }
  });

  it('name ids that are none', async () => {
    const movie = await makeMovie();
    for (const id of [`0x${movie.platform_id}`, `${movie.platform_id}e0`, `%20${movie.platform_id}`])
      expect((await getPage(`/platforms/${id}`)).status, id).to.equal(404);
  });
});
