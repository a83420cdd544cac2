import { invalid } from '../http/errors.js';
import { nothing } from '../http/response/answers.js';
import { type AnyRoute, type Context, route } from '../http/routing/route.js';
import { HelpfulVote } from '../models/helpful-vote.js';
import { type Actor, can } from '../policies/policies.js';
import { addHelpfulVote } from '../ratings/helpful-votes.js';
import { lockVoterAndReview, type VotedReview } from '../ratings/locks.js';
import { lockReview } from '../ratings/review-locks.js';
import { readVotedReview } from '../reads/reviews.js';
import { movieOf } from './reviews.js';

const PATH = '/watch/review/:id/helpful/';

/** The review of that id, if the actor may see it; locked with the voter. */
async function loadForVoter(
  id: number,
  actor: Actor | null,
  { lock, seen }: { lock: boolean; seen?: VotedReview | undefined },
): Promise<VotedReview | null> {
  const review = lock ? await locked(id, seen, actor?.id ?? 0) : await readVotedReview(id);
  return review && can(actor, 'read', 'review', review) ? review : null;
}

async function locked(
  id: number,
  seen: VotedReview | undefined,
  voterId: number,
): Promise<VotedReview | null> {
  const review = seen && (await lockVoterAndReview(voterId, seen));
  if (review) return review;
  // It has been deleted, or given to another movie or user, since it was read.
  const vote = await lockReview(id, { users: [voterId] });
  return vote && { id, ...vote };
}

function refuseOwn({ record: { user_id }, actor }: Context<VotedReview>): void {
  if (user_id !== actor?.id) return;
  throw invalid({ non_field_errors: ['You cannot find your own review helpful.'] });
}

export const helpfulVoteRoutes: AnyRoute[] = [
  route('PUT', PATH, {
    policy: ['review', 'vote'],
    answers: nothing(),
    load: loadForVoter,
    movie: movieOf,
    rules: true,
    handle: async (context) => {
      refuseOwn(context);
      await addHelpfulVote(context.record.id, context.actor?.id ?? 0);
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
      refuseOwn(context);
      const where = { review_id: context.record.id, user_id: context.actor?.id ?? 0 };
      await (await HelpfulVote.findOne({ where }))?.destroy();
      return { status: 204 };
    },
  }),
];
