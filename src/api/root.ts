import { origin } from '../http/links.js';
import { type AnyRoute, route } from '../http/route.js';

export const rootRoutes: AnyRoute[] = [
  route('GET', '/watch/', {
    policy: ['movie', 'read'],
    handle: async ({ request }) => {
      const base = origin(request);
      const lists = ['platformlist', 'watchlist', 'reviews'];
      return { status: 200, body: Object.fromEntries(lists.map((name) => [name, `${base}/watch/${name}/`])) };
    },
  }),
];
