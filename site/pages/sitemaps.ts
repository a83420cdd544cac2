import { notFound } from '../../src/http/errors.js';
import type { Api, Platform, Title } from '../api.js';
import { ADDRESSES_MAX, SITEMAP, sitemap, sitemapIndex } from '../documents/sitemap.js';
import { Document, page, type Visit } from '../http/page.js';
import { moviePath, platformPath } from '../paths.js';

/** Pages that are no record's. */
const PAGES = ['/', '/movies', '/platforms'];
const READ_AT_ONCE = 1_000;
const PLATFORMS_AT_ONCE = 100;

/** `/sitemap.xml`: the index of all parts. */
export const sitemapOfParts = page('/sitemap.xml', {
  show: async ({ api, origin }) => {
    const parts = [`${origin}/sitemap-pages.xml`];
    for await (const part of movieParts(api)) parts.push(`${origin}/sitemap-movies-${part}.xml`);
    return new Document(SITEMAP, sitemapIndex(parts));
  },
});

/** `/sitemap-pages.xml`, and `/sitemap-movies-<n>.xml`: the movies with the nth 50,000 ids. */
export const sitemapPart = page('/sitemap-:part.xml', {
  show: (visit) => {
    const { part = '' } = visit.params;
    if (part === 'pages') return new Document(SITEMAP, sitemap(pagesAndPlatforms(visit)));
    const number = /^movies-([1-9]\d{0,8})$/.exec(part)?.[1];
    if (number === undefined) throw notFound();
    return new Document(SITEMAP, sitemap(moviesOf(Number(number), visit)));
  },
});

const titlesAfter = async (api: Api, after: number, limit: number) =>
  (await api.get<{ results: Title[] }>('/watch/titles/', { after, limit })).results;

/** The numbers of the parts that have movies. Whatever ids have been given and are gone, a part costs one read. */
async function* movieParts(api: Api): AsyncGenerator<number> {
  for (let after = 0; ;) {
    const [next] = await titlesAfter(api, after, 1);
    if (!next) return;
    const part = Math.ceil(next.id / ADDRESSES_MAX);
    yield part;
    after = part * ADDRESSES_MAX;
  }
}

/** The addresses of a part's movies. @throws {ApiError} 404 where there are none */
async function* moviesOf(part: number, { api, origin }: Visit): AsyncGenerator<string[]> {
  const last = part * ADDRESSES_MAX;
  for (let after = last - ADDRESSES_MAX, isFirst = true; after < last; isFirst = false) {
    const titles = await titlesAfter(api, after, Math.min(READ_AT_ONCE, last - after));
    const own = titles.filter(({ id }) => id <= last);
    if (isFirst && own.length === 0) throw notFound();
    yield own.map((movie) => origin + moviePath(movie));
    if (own.length < READ_AT_ONCE) return;
    after = own.at(-1)?.id ?? last;
  }
}

async function* pagesAndPlatforms({ api, origin }: Visit): AsyncGenerator<string[]> {
  yield PAGES.map((path) => `${origin}${path}`);
  for (let offset = 0; offset < ADDRESSES_MAX - PAGES.length;) {
    // An offset past the end is no fault, as a page is: platforms may go meanwhile.
    const query = { limit: PLATFORMS_AT_ONCE, offset, fields: 'id,name' };
    const { count, results } = await api.list<Platform>('/watch/platformlist/', query);
    yield results.map((platform) => origin + platformPath(platform));
    offset += results.length;
    if (results.length === 0 || offset >= count) return;
  }
}
