/** @jsxImportSource preact */
import { config } from '../../src/config.js';
import type { MovieDetail, Review } from '../api.js';
import type { Visit } from '../http/page.js';
import { memberPath, moviePath } from '../paths.js';

/** A thing as schema.org describes it. */
type Thing = { '@type': string } & Record<string, unknown>;

const WORST = 1;
const BEST = 5;
const PERCENT = 100;

/**
 * Describes the page's subject for search engines, as JSON-LD. It is a data block, which no browser runs, so the content
 * security policy does not concern it.
 */
export function StructuredData({ thing }: { thing: Thing }) {
  return (
    <script
      type="application/ld+json"
      // No sign is left that could end the element, or a line in old parsers of scripts.
      dangerouslySetInnerHTML={{ __html: escapeJson({ '@context': 'https://schema.org', ...thing }) }}
    />
  );
}

function escapeJson(value: object): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A movie with its rating, and the reviews that the page shows. Nothing where nobody has rated it. */
export function MovieData({
  movie,
  reviews,
  visit: { origin },
}: {
  movie: MovieDetail;
  reviews: readonly Review[];
  visit: Pick<Visit, 'origin'>;
}) {
  if (movie.number_rating === 0) return null;
  const url = origin + moviePath(movie);
  return (
    <StructuredData
      thing={{
        '@type': movie.kind === 'show' ? 'TVSeries' : 'Movie',
        '@id': url,
        url,
        name: movie.title,
        description: movie.storyline,
        ...(movie.poster && { image: movie.poster.large }),
        ...(movie.year !== null && { dateCreated: String(movie.year) }),
        ...(movie.genres.length > 0 && { genre: movie.genres }),
        // A show's runtime is that of an episode.
        ...(movie.runtime !== null && movie.kind === 'movie' && { duration: `PT${movie.runtime}M` }),
        ...(movie.imdb_id !== null && { sameAs: `https://www.imdb.com/title/${movie.imdb_id}/` }),
        aggregateRating: {
          '@type': 'AggregateRating',
          ratingValue: Math.round(movie.avg_rating * PERCENT) / PERCENT,
          ratingCount: movie.number_rating,
          worstRating: WORST,
          bestRating: BEST,
        },
        review: reviews.filter(({ active }) => active).map((review) => reviewThing(review, origin)),
      }}
    />
  );
}

/** A review. One that gives the plot away has no text, which the page covers too. */
function reviewThing(
  { rating, review_user, created, update, description, spoiler }: Review,
  origin: string,
): Thing {
  return {
    '@type': 'Review',
    author: {
      '@type': 'Person',
      name: review_user,
      url: `${origin}${memberPath(review_user)}`,
    },
    datePublished: created,
    dateModified: update,
    reviewRating: { '@type': 'Rating', ratingValue: rating, worstRating: WORST, bestRating: BEST },
    ...(description && !spoiler && { reviewBody: description }),
  };
}

/** The site and its search. */
export function SiteData({ visit: { origin } }: { visit: Pick<Visit, 'origin'> }) {
  return (
    <StructuredData
      thing={{
        '@type': 'WebSite',
        '@id': `${origin}/`,
        url: `${origin}/`,
        name: config.SITE_NAME,
        potentialAction: {
          '@type': 'SearchAction',
          target: { '@type': 'EntryPoint', urlTemplate: `${origin}/search?q={search_term_string}` },
          'query-input': 'required name=search_term_string',
        },
      }}
    />
  );
}

/**
 * Where a page stands on the site.
 * @param trail the names and paths from the top down
 */
export function Breadcrumbs({
  trail,
  visit: { origin },
}: {
  trail: readonly (readonly [name: string, path: string])[];
  visit: Pick<Visit, 'origin'>;
}) {
  return (
    <StructuredData
      thing={{
        '@type': 'BreadcrumbList',
        itemListElement: trail.map(([name, path], at) => ({
          '@type': 'ListItem',
          position: at + 1,
          name,
          item: origin + path,
        })),
      }}
    />
  );
}
