import { z } from 'zod';
import { filter, integer } from '../http/request/fields.js';
import { ok } from '../http/response/answers.js';
import { origin } from '../http/response/links.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { movieSchema, presentMovie } from '../presenters/movie.js';
import { presentReview, reviewSchema } from '../presenters/review.js';
import { readLatestReviews, readTrending, RECENT_DAYS } from '../reads/highlights.js';

const DEFAULT = 10;
const MOST = 50;

const query = z.object({
  limit: filter(integer(1, MOST)).meta({
    description: `How many to give: ${DEFAULT} where it is left out.`,
    example: DEFAULT,
  }),
});

const trendingSchema = z
  .object({
    results: z.array(movieSchema).max(MOST).meta({ description: 'The movies, the most reviewed first.' }),
  })
  .meta({ id: 'Trending', description: `The movies with the most reviews of the last ${RECENT_DAYS} days.` });

const latestSchema = z
  .object({
    results: z.array(reviewSchema).max(MOST).meta({ description: 'The reviews, the newest first.' }),
  })
  .meta({ id: 'LatestReviews', description: 'The newest reviews of all movies.' });

/** What is new and what is talked about. */
export const highlightRoutes: AnyRoute[] = [
  route('GET', '/watch/trending/', {
    policy: ['movie', 'read'],
    answers: ok(trendingSchema),
    query,
    shows: () => null,
    handle: async ({ query, request }) => {
      const movies = await readTrending(query.limit ?? DEFAULT);
      const at = origin(request);
      return { status: 200, body: { results: movies.map((movie) => presentMovie(movie, at)) } };
    },
  }),
  route('GET', '/watch/latest-reviews/', {
    throttle: 'review-list',
    policy: ['review', 'read'],
    answers: ok(latestSchema),
    query,
    shows: () => null,
    handle: async ({ query }) => {
      const reviews = await readLatestReviews(query.limit ?? DEFAULT);
      return { status: 200, body: { results: reviews.map(presentReview) } };
    },
  }),
];
