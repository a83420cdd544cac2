import { z } from 'zod';
import { filter, integer } from '../http/request/fields.js';
import { ok } from '../http/response/answers.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { MARKS_MAX, marksSchema } from '../presenters/answers.js';
import { readMarks } from '../reads/marks.js';

const ids = () => filter(z.array(integer(1)).max(MARKS_MAX));

export const markRoutes: AnyRoute[] = [
  route('GET', '/account/marks/', {
    policy: ['mark', 'read'],
    answers: ok(marksSchema),
    query: z.object({
      movie: ids().meta({ description: 'The id of a movie; repeated for several.', example: [1] }),
      review: ids().meta({ description: 'The id of a review; repeated for several.', example: [1, 2] }),
    }),
    lists: ['movie', 'review'],
    handle: async ({ actor, query: { movie = [], review = [] } }) => {
      const userId = actor?.id ?? 0;
      const [saved, helpful] = await Promise.all([
        readMarks('watchlist_id', userId, movie),
        readMarks('review_id', userId, review),
      ]);
      return { status: 200, body: { saved, helpful } };
    },
  }),
];
