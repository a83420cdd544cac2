import { expect } from 'chai';
import { WatchList } from '../../src/models/watch-list.js';
import { anonymous, asAdmin, asModerator, type UserClient } from '../support/clients.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';
import { idsOf, LISTS, walk, withQuery } from '../support/lists.js';
import { expectFields } from '../support/refusals.js';

async function etagOf(path: string): Promise<string> {
  const { headers } = await anonymous.get(path);
  expect(headers.get('etag'), path).to.match(/^(W\/)?".+"$/);
  return headers.get('etag') as string;
}

/** One path of each kind that answers GET with a record or a page. */
async function readable(): Promise<string[]> {
  const review = await makeReview();
  const { platform_id } = (await WatchList.findByPk(review.watchlist_id)) as WatchList;
  return [
    '/watch/platformlist/', `/watch/platformlist/${platform_id}/`, '/watch/watchlist/', '/watch/watchlist/?cursor=',
    '/watch/watchlist/?limit=1', `/watch/watchlist/${review.watchlist_id}/`, `/watch/${review.watchlist_id}/review/`,
    `/watch/review/${review.id}/`,
  ]; // prettier-ignore
}

describe('If-None-Match', () => {
  it('is answered with 304 and no body as long as nothing changes, on every record and page', async () => {
    for (const path of await readable()) {
      const etag = await etagOf(path);
      for (const value of [etag, `"other", ${etag}`, '*', `W/${etag.replace(/^W\//, '')}`]) {
        const answer = await anonymous.get(path, { 'If-None-Match': value });
        expect(answer.status, `${path} ${value}`).to.equal(304);
        expect(answer.text).to.equal('');
        expect(answer.headers.get('etag')).to.equal(etag);
      }
      const changed = await anonymous.get(path, { 'If-None-Match': '"other"' });
      expect(changed.status, path).to.equal(200);
    }
  });

  it('is answered with 200 once a rating has changed, everywhere the rating is shown', async () => {
    const review = await makeReview({ rating: 2 });
    const { platform_id } = (await WatchList.findByPk(review.watchlist_id)) as WatchList;
    const paths = [
      '/watch/watchlist/', `/watch/watchlist/${review.watchlist_id}/`, `/watch/platformlist/${platform_id}/`,
      `/watch/review/${review.id}/`, `/watch/${review.watchlist_id}/review/`,
    ]; // prettier-ignore
    const tags = await Promise.all(paths.map(etagOf));
    await (await asAdmin()).patch(`/watch/review/${review.id}/`, { rating: 5 });
    for (const [index, path] of paths.entries()) {
      const answer = await anonymous.get(path, { 'If-None-Match': tags[index] as string });
      expect(answer.status, path).to.equal(200);
    }
  });
});

/** The path of one record of each kind, and a complete body for it. */
async function writable(): Promise<[string, object][]> {
  const review = await makeReview();
  const { platform_id } = (await WatchList.findByPk(review.watchlist_id)) as WatchList;
  return [
    [`/watch/review/${review.id}/`, { rating: 1 }],
    [`/watch/watchlist/${review.watchlist_id}/`, { title: 'New', storyline: 'New', platform: platform_id }],
    [
      `/watch/platformlist/${platform_id}/`,
      { name: 'New', about: 'New', website: 'https://new.example.org' },
    ],
  ];
}

describe('If-Match', () => {
  let admin: UserClient;

  beforeEach(async () => {
    admin = await asAdmin();
  });

  it('accepts a matching PUT, PATCH and DELETE', async () => {
    for (const [path, body] of await writable()) {
      const put = await admin.put(path, body, { 'If-Match': await etagOf(path) });
      expect(put.status, `${path} ${put.text}`).to.equal(200);
      const patch = await admin.patch(path, {}, { 'If-Match': `"other", ${await etagOf(path)}` });
      expect(patch.status, `${path} ${patch.text}`).to.equal(200);
      expect((await admin.patch(path, body, { 'If-Match': '*' })).status).to.equal(200);
      expect((await admin.delete(path, undefined, { 'If-Match': await etagOf(path) })).status).to.equal(204);
    }
  });

  it('refuses a stale one with 412 and changes nothing', async () => {
    for (const [path, body] of await writable()) {
      const etag = await etagOf(path);
      expect((await admin.patch(path, body)).status).to.equal(200);
      const { body: before } = await anonymous.get(path);
      expect((await admin.put(path, body, { 'If-Match': etag })).status, path).to.equal(412);
      expect((await admin.patch(path, {}, { 'If-Match': etag })).status, path).to.equal(412);
      expect((await admin.delete(path, undefined, { 'If-Match': etag })).status, path).to.equal(412);
      expect((await anonymous.get(path)).body).to.deep.equal(before);
    }
  });

  it('matches a tag that a proxy has marked when it compressed the body', async () => {
    const [[path] = ['']] = await writable();
    for (const mark of [
      (tag: string) => `W/${tag}`,
      (tag: string) => tag.replace(/"$/, '-gzip"'),
      (tag: string) => `W/${tag.replace(/"$/, '-br"')}`,
      (tag: string) => tag.replace(/"$/, ';gzip"'),
      (tag: string) => tag.replace(/"$/, '-zstd"'),
    ]) {
      const marked = mark(await etagOf(path));
      expect((await admin.patch(path, {}, { 'If-Match': marked })).status, marked).to.equal(200);
      expect((await anonymous.get(path, { 'If-None-Match': marked })).status, marked).to.equal(304);
    }
    const other = `"${'x'.repeat(27)}-gzip"`;
    expect((await admin.patch(path, {}, { 'If-Match': other })).status).to.equal(412);
  });

  it('accepts one of several concurrent changes', async () => {
    const movie = await makeMovie();
    const path = `/watch/watchlist/${movie.id}/`;
    const etag = await etagOf(path);
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((number) => admin.patch(path, { title: `Title ${number}` }, { 'If-Match': etag })),
    );
    expect(answers.map(({ status }) => status)).to.have.members([200, 412, 412, 412, 412]);
    const winner = answers.find(({ status }) => status === 200);
    expect((await anonymous.get(path)).body).to.deep.equal(winner?.body);
  });

  it('matches the representation that the writer sees', async () => {
    const moderator = await asModerator();
    const review = await makeReview({ active: false });
    const path = `/watch/review/${review.id}/`;
    const etag = (await moderator.get(path)).headers.get('etag') as string;
    expect((await moderator.patch(path, { active: true }, { 'If-Match': etag })).status).to.equal(200);
  });
});

function links(headers: Headers): Record<string, string> {
  const found = (headers.get('link') ?? '').matchAll(/<([^>]+)>\s*;\s*rel="?(\w+)"?/g);
  return Object.fromEntries([...found].map(([, address, rel]) => [rel, address]));
}

describe('Link', () => {
  for (const { name, fill } of LISTS) {
    it(`names the neighbours of each page of ${name}, in every style`, async () => {
      const path = await fill(5);
      for (const style of ['page_size=2', 'limit=2', 'cursor=&page_size=2']) {
        for (const { headers, body } of await walk(withQuery(path, style))) {
          const { next, prev } = links(headers);
          expect(next ?? null, style).to.equal(body.next);
          expect(prev ?? null, style).to.equal(body.previous);
        }
      }
    });
  }

  it('is left to the body where a long query would make it too long for proxies', async () => {
    const [list] = LISTS;
    const path = await list?.fill(5);
    for (const filler of ['a'.repeat(9_000), 'a&'.repeat(3_000)]) {
      const { status, headers, body } = await anonymous.get(`${path}?page=2&page_size=2&${filler}`);
      expect(status).to.equal(200);
      expect(body.next).to.be.a('string');
      expect([...headers].join('').length).to.be.below(4_096);
    }
  });
});

describe('fields', () => {
  it('selects those fields, of a record and of a page', async () => {
    const review = await makeReview();
    const { platform_id } = (await WatchList.findByPk(review.watchlist_id)) as WatchList;
    const cases: [string, string[]][] = [
      [`/watch/watchlist/${review.watchlist_id}/`, ['id', 'title']],
      [`/watch/watchlist/${review.watchlist_id}/`, ['rating_distribution']],
      ['/watch/watchlist/', ['title', 'platform', 'avg_rating']],
      [`/watch/platformlist/${platform_id}/`, ['name', 'watchlist_count']],
      ['/watch/platformlist/', ['watchlist']],
      [`/watch/review/${review.id}/`, ['review_user', 'update']],
      [`/watch/${review.watchlist_id}/review/`, ['rating', 'title']],
    ];
    for (const [path, fields] of cases) {
      const whole = await anonymous.get(path);
      const some = await anonymous.get(`${path}?fields=${fields.join(',')}`);
      const [full, part] = whole.body.results
        ? [whole.body.results[0], some.body.results[0]]
        : [whole.body, some.body];
      const expected = Object.fromEntries(fields.map((field) => [field, full[field]]));
      expect(part, `${path} ${fields.join()}`).to.deep.equal(expected);
    }
  });

  it('refuses an unknown field', async () => {
    const platform = await makePlatform();
    for (const fields of ['colour', 'id,password', 'id,,colour', 'search_text', 'constructor']) {
      expectFields(await anonymous.get(`/watch/platformlist/?fields=${fields}`), 'fields');
      expectFields(await anonymous.get(`/watch/platformlist/${platform.id}/?fields=${fields}`), 'fields');
    }
  });

  it('is kept in next, and works with ordering and filters on other fields', async () => {
    const platform_id = (await makePlatform()).id;
    const movies = [];
    for (const title of ['B', 'A', 'C']) movies.push(await makeMovie({ title, platform_id }));
    for (const style of ['page_size=2', 'limit=2', 'cursor=&page_size=2']) {
      const pages = await walk(`/watch/watchlist/?fields=id&ordering=title&platform=${platform_id}&${style}`);
      expect(pages.flatMap(idsOf), style).to.deep.equal([movies[1]?.id, movies[0]?.id, movies[2]?.id]);
      for (const { body } of pages) for (const row of body.results) expect(row).to.have.all.keys('id');
    }
  });
});
