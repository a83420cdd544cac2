import { invalid } from '../http/errors.js';
import { nothing } from '../http/response/answers.js';
import { type AnyRoute, type Context, route } from '../http/routing/route.js';
import { HelpfulVote } from '../models/helpful-vote.js';
import type { Review } from '../models/review.js';
import type { Actor } from '../policies/policies.js';
import { loadReview, movieOf } from './reviews.js';

const PATH = '/watch/review/:id/helpful/';

/** The review of that id, with the voter's lock among those of the review. */
function loadForVoter(id: number, actor: Actor | null, { lock }: { lock: boolean }): Promise<Review | null> {
  return loadReview(id, actor, { lock, users: [actor?.id ?? 0] });
}

/** The vote that the actor has given a review, or null. */
function voteOf({ record: review, actor }: Context<Review>): Promise<HelpfulVote | null> {
  const user_id = actor?.id ?? 0;
  if (review.user_id === user_id) {
    throw invalid({ non_field_errors: ['You cannot find your own review helpful.'] });
  }
  return HelpfulVote.findOne({ where: { review_id: review.id, user_id } });
}

export const helpfulVoteRoutes: AnyRoute[] = [
  route('PUT', PATH, {
    policy: ['review', 'vote'],
    answers: nothing(),
    load: loadForVoter,
    movie: movieOf,
    rules: true,
    handle: async (context) => {
      const { record: review, actor } = context;
      if (!(await voteOf(context))) {
        await HelpfulVote.create({ review_id: review.id, user_id: actor?.id ?? 0 });
      }
      return { status: 204 };
    },
  }),
  route('DELETE', PATH, {
    policy: ['review', 'vote'],
    answers: nothing(),
    load: loadForVoter,
    movie: movieOf,
    rules: true,
    handle: async (context) => {
      await (await voteOf(context))?.destroy();
      return { status: 204 };
    },
  }),
];
