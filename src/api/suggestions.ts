import { z } from 'zod';
import { withinTotalTime } from '../database/gate.js';
import { suggest } from '../http/lists/suggest.js';
import { filter, text } from '../http/request/fields.js';
import { ok } from '../http/response/answers.js';
import { origin } from '../http/response/links.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { presentSuggestion, suggestionsSchema } from '../presenters/suggestion.js';

export const suggestionRoutes: AnyRoute[] = [
  route('GET', '/watch/suggest/', {
    policy: ['movie', 'read'],
    answers: ok(suggestionsSchema),
    query: z.object({
      q: filter(text({ max: 10_000, blank: true })).meta({
        description: 'What has been typed so far. Without a letter or digit there are no suggestions.',
        example: 'godfa',
      }),
    }),
    shows: () => null,
    handle: async ({ query, request }) => {
      const movies = await withinTotalTime(() => suggest(query.q ?? ''));
      const at = origin(request);
      return { status: 200, body: { results: movies.map((movie) => presentSuggestion(movie, at)) } };
    },
  }),
];
