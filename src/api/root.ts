import { ok } from '../http/response/answers.js';
import { origin } from '../http/response/links.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { rootSchema } from '../presenters/answers.js';

export const rootRoutes: AnyRoute[] = [
  route('GET', '/watch/', {
    policy: ['movie', 'read'],
    answers: ok(rootSchema),
    handle: async ({ request }) => {
      const address = (list: string) => `${origin(request)}/watch/${list}/`;
      const body = {
        platformlist: address('platformlist'),
        watchlist: address('watchlist'),
        reviews: address('reviews'),
      };
      return { status: 200, body };
    },
  }),
];
