import { expect } from 'chai';
import { makeMovie, makeRatedMovie, makeReview, makeUser } from '../support/factories.js';
import { type Head, headOf } from '../support/head.js';
import { pageText } from '../support/site.js';
import { sharedUrl } from '../support/server.js';

/** A property's check. */
type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === 'string' && value.trim() !== '';
const url: Check = (value) => typeof value === 'string' && URL.canParse(value) && /^https?:/.test(value);
const whole: Check = (value) => Number.isInteger(value) && (value as number) > 0;
const stars: Check = (value) => typeof value === 'number' && value >= 1 && value <= 5;
const date: Check = (value) => typeof value === 'string' && /^\d{4}(-\d\d-\d\dT[\d:.]+Z)?$/.test(value);
const texts: Check = (value) => Array.isArray(value) && value.every(text);
const length: Check = (value) => typeof value === 'string' && /^PT\d+M$/.test(value);
const of =
  (type: string): Check =>
  (value) =>
    faultsOf(value, type).length === 0;
const listOf =
  (type: string): Check =>
  (value) =>
    Array.isArray(value) && value.every(of(type));

const creativeWork = {
  required: {
    '@id': url,
    url,
    name: text,
    description: text,
    aggregateRating: of('AggregateRating'),
    review: listOf('Review'),
  },
  optional: { image: url, dateCreated: date, genre: texts, duration: length, sameAs: url },
};

/**
 * The properties of each type: those that Google's documentation of review snippets, movies, breadcrumbs and site names
 * requires, or schema.org expects of the type.
 */
const TYPES: Record<string, { required: Record<string, Check>; optional: Record<string, Check> }> = {
  Movie: creativeWork,
  TVSeries: creativeWork,
  AggregateRating: {
    required: {
      ratingValue: stars,
      ratingCount: whole,
      bestRating: (value) => value === 5,
      worstRating: (value) => value === 1,
    },
    optional: {},
  },
  Review: {
    required: { author: of('Person'), reviewRating: of('Rating'), datePublished: date },
    optional: { reviewBody: text, dateModified: date },
  },
  Rating: { required: { ratingValue: stars, bestRating: stars, worstRating: stars }, optional: {} },
  Person: { required: { name: text }, optional: { url } },
  WebSite: { required: { '@id': url, name: text, url, potentialAction: of('SearchAction') }, optional: {} },
  SearchAction: { required: { target: of('EntryPoint'), 'query-input': text }, optional: {} },
  EntryPoint: { required: { urlTemplate: text }, optional: {} },
  BreadcrumbList: { required: { itemListElement: listOf('ListItem') }, optional: {} },
  ListItem: { required: { position: whole, name: text, item: url }, optional: {} },
};

/** What is wrong with a thing of a type: what it lacks, and what it should not have. */
function faultsOf(value: unknown, type: string): string[] {
  const { '@type': given, '@context': _context, ...properties } = (value ?? {}) as Record<string, unknown>;
  if (given !== type) return [`@type is ${String(given)}, not ${type}`];
  const { required, optional } = TYPES[type] as (typeof TYPES)[string];
  return [
    ...Object.keys(required)
      .filter((name) => !(name in properties))
      .map((name) => `${type} lacks ${name}`),
    ...Object.entries(properties).flatMap(([name, one]) => {
      const check = required[name] ?? optional[name];
      if (!check) return [`${type} has ${name}`];
      return check(one) ? [] : [`${type}: ${name} is ${JSON.stringify(one)}`];
    }),
  ];
}

async function headAt(path: string): Promise<Head> {
  return headOf(await pageText(path));
}

const statusOf = async (id: number) =>
  (await fetch(`${sharedUrl()}/movies/${id}`, { headers: { Accept: 'text/html' } })).status;

describe('structured data', () => {
  it('of a movie have its rating and its reviews', async () => {
    const movie = await makeRatedMovie([5, 4, 4], {
      title: 'Heat',
      year: 1995,
      runtime: 170,
      imdb_id: 'tt0113277',
    });
    const { data } = await headAt(`/movies/${movie.id}/heat`);
    expect(data).to.have.lengthOf(1);
    expect(data[0]['@context']).to.equal('https://schema.org');
    expect(faultsOf(data[0], 'Movie')).to.deep.equal([]);
    expect(data[0]).to.include({
      name: 'Heat',
      dateCreated: '1995',
      duration: 'PT170M',
      url: `${sharedUrl()}/movies/${movie.id}/heat`,
    });
    expect(data[0].aggregateRating).to.include({ ratingValue: 4.33, ratingCount: 3 });
    expect(data[0].review).to.have.lengthOf(3);
  });

  it('of a show are a series', async () => {
    const show = await makeRatedMovie([3], { title: 'Signal', kind: 'show', runtime: 45 });
    const { data } = await headAt(`/movies/${show.id}/signal`);
    expect(faultsOf(data[0], 'TVSeries')).to.deep.equal([]);
    expect(data[0]).to.not.have.property('duration');
  });

  it('are left out where nobody has rated the movie', async () => {
    const movie = await makeMovie({ title: 'New' });
    await makeReview({ watchlist_id: movie.id, active: false });
    expect((await headAt(`/movies/${movie.id}/new`)).data).to.deep.equal([]);
  });

  it('give no spoilers away, and show no hidden reviews', async () => {
    const movie = await makeMovie({ title: 'Plot' });
    await makeReview({ watchlist_id: movie.id, description: 'The butler.', spoiler: true });
    await makeReview({ watchlist_id: movie.id, description: 'Hidden.', active: false });
    await makeReview({ watchlist_id: movie.id, description: null });
    const [thing] = (await headAt(`/movies/${movie.id}/plot`)).data;
    expect(faultsOf(thing, 'Movie')).to.deep.equal([]);
    expect(thing.review).to.have.lengthOf(2);
    expect(JSON.stringify(thing)).to.not.match(/butler|Hidden/);
  });

  for (const hostile of [
    '</script><script>alert(1)</script>',
    '<!--<script>',
    ']]>&lt;/script&gt;',
    'line\u2028and\u2029paragraph',
    '"\\u003c/script>\\',
    '{search_term_string}',
  ]) {
    it(`hold ${JSON.stringify(hostile)} as text`, async () => {
      const author = await makeUser({ username: 'a+b@c.d' });
      const movie = await makeMovie({ title: hostile, storyline: hostile });
      await makeReview({ watchlist_id: movie.id, user_id: author.id, description: hostile });
      const answer = await fetch(`${sharedUrl()}/movies/${movie.id}`, { headers: { Accept: 'text/html' } });
      const html = await answer.text();
      const block = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
      expect(block).to.not.match(/[<>\u2028\u2029]/);
      const { data, meta } = headOf(html);
      expect(data[0]).to.include({ name: hostile, description: hostile });
      expect(data[0].review[0].reviewBody).to.equal(hostile);
      expect(data[0].review[0].author.name).to.equal('a+b@c.d');
      expect(meta['og:title']).to.equal(hostile);
      // Besides data blocks a page has one script, from its own address.
      expect(html.match(/<script(?! type="application\/ld\+json")/g)).to.have.lengthOf(1);
    });
  }

  it('of home and platforms are the site’s search and the way to the page', async () => {
    const { data } = await headAt('/');
    expect(faultsOf(data[0], 'WebSite')).to.deep.equal([]);
    const { platform_id } = await makeMovie();
    const platform = await fetch(`${sharedUrl()}/platforms/${platform_id}`);
    const [trail] = headOf(await platform.text()).data;
    expect(faultsOf(trail, 'BreadcrumbList')).to.deep.equal([]);
    expect(trail.itemListElement[1].item).to.equal(platform.url);
  });
});

describe('addresses and links of pages', () => {
  it('are one in each language, and a neutral one', async () => {
    const bare = `${sharedUrl()}/movies`;
    const alternates = { 'x-default': bare, en: bare, de: `${bare}?lang=de` };
    expect(await headAt('/movies')).to.deep.include({ canonical: bare, alternates });
    expect(await headAt('/movies?lang=en')).to.deep.include({ canonical: bare, alternates });
    expect(await headAt('/movies?lang=de')).to.deep.include({ canonical: alternates.de, alternates });
    expect(await headAt('/movies?utm_source=x&lang=xx')).to.deep.include({ canonical: bare, alternates });
  });

  it('keep the page of a list, and leave filters and searches out of search engines', async () => {
    for (let at = 0; at < 31; at += 1) await makeMovie();
    const second = `${sharedUrl()}/movies?page=2`;
    const head = await headAt('/movies?page=2&lang=de');
    expect(head.canonical).to.equal(`${second}&lang=de`);
    expect(head.alternates).to.deep.equal({ 'x-default': second, en: second, de: `${second}&lang=de` });
    for (const path of ['/movies?kind=show', '/movies?order=title', '/search?q=heat', '/nothing']) {
      const { meta, canonical, alternates } = await headAt(path);
      expect(meta.robots, path).to.equal('noindex');
      expect([canonical, alternates], path).to.deep.equal([undefined, {}]);
    }
  });

  it('show a picture, a title and a text beside a link', async () => {
    const movie = await makeMovie({ title: 'Heat', year: 1995, storyline: 'Cops & robbers.' });
    const { meta, title } = await headAt(`/movies/${movie.id}/heat?lang=de`);
    expect(title).to.equal('Heat (1995) · Marquee');
    expect(meta.description).to.include('Cops & robbers.');
    expect(meta).to.include({
      'og:type': 'video.movie',
      'og:site_name': 'Marquee',
      'og:title': 'Heat (1995)',
      'og:description': meta.description,
      'og:url': `${sharedUrl()}/movies/${movie.id}/heat?lang=de`,
      'og:locale': 'de_DE',
    });
    const picture = await fetch(meta['og:image'] ?? '');
    expect(picture.headers.get('content-type')).to.equal('image/png');
  });

  it('say of a movie that it is gone, or not there yet', async () => {
    const deleted = await makeMovie();
    const last = await makeMovie();
    await deleted.destroy();
    expect(await statusOf(deleted.id)).to.equal(410);
    expect(await statusOf(last.id + 1)).to.equal(404);
    expect(await pageText(`/movies/${deleted.id}`, { language: 'de' })).to.include(
      'Diese Seite gibt es nicht mehr',
    );
  });
});
