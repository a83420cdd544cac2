import { Document, page } from '../http/page.js';

/** Members' own pages, forms, and what is no page. */
const PRIVATE = [
  '/account/',
  '/admin/',
  '/confirm-email',
  '/forgot-password',
  '/login',
  '/logout',
  '/preferences',
  '/register',
  '/reset-password',
  '/settings',
  '/watch/',
  '/watchlist',
];
/** Parameters that search, filter or order: what they show is found by the pages of all movies and of all reviews. */
const PARAMETERS = ['from', 'genre', 'kind', 'next', 'order', 'platform', 'q', 'sort', 'stars', 'to'];

/** `/robots.txt`: what search engines should not read, and where the sitemap is. */
export const robots = page('/robots.txt', {
  show: ({ origin }) =>
    new Document(
      'text/plain; charset=utf-8',
      [
        'User-agent: *',
        ...PRIVATE.map((path) => `Disallow: ${path}`),
        'Disallow: /search',
        ...PARAMETERS.flatMap((name) => [`Disallow: /*?${name}=`, `Disallow: /*&${name}=`]),
        '',
        `Sitemap: ${origin}/sitemap.xml`,
        '',
      ].join('\n'),
    ),
});
