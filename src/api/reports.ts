import { z } from 'zod';
import { created } from '../http/response/answers.js';
import { invalid } from '../http/errors.js';
import { text } from '../http/request/fields.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { REASON_MAX, ReviewReport } from '../models/review-report.js';
import { detailSchema } from '../presenters/answers.js';
import { showReview } from './reviews.js';

export const reportRoutes: AnyRoute[] = [
  route('POST', '/watch/review/:id/report/', {
    policy: ['review', 'report'],
    answers: created(detailSchema),
    load: showReview,
    movie: ({ record }) => record.watchlist_id,
    body: z.object({
      reason: text({ max: REASON_MAX }).meta({
        description: 'What is wrong with the review, for the moderators.',
        example: 'It insults the author of another review.',
      }),
    }),
    idempotent: true,
    handle: async ({ record: review, body, actor }) => {
      const user_id = actor?.id ?? 0;
      if (review.user_id === user_id)
        throw invalid({ non_field_errors: ['You cannot report your own review.'] });
      await ReviewReport.create({ review_id: review.id, user_id, reason: body.reason });
      return { status: 201, body: { detail: 'The review has been reported to the moderators.' } };
    },
  }),
];
