import { z } from 'zod';
import { created, nothing, ok } from '../http/response/answers.js';
import { boolean, integer, nullableText } from '../http/request/fields.js';
import { forbidden } from '../http/errors.js';
import { type AnyRoute, type Context, deleteRecord, route } from '../http/routing/route.js';
import { addReview } from '../models/new-review.js';
import { DESCRIPTION_MAX, Review } from '../models/review.js';
import { lockReviewerAndMovie } from '../ratings/locks.js';
import { lockReview } from '../ratings/review-locks.js';
import type { User } from '../models/user.js';
import { type Actor, can } from '../policies/policies.js';
import { presentReview, REVIEW_FIELDS, type ReviewJson, reviewSchema } from '../presenters/review.js';
import { readMovie } from '../reads/movies.js';
import { readReview, type ReviewRow } from '../reads/reviews.js';
import { reviewListRoutes } from './review-lists.js';

const DETAIL = '/watch/review/:id/';

const reviewBody = z
  .object({
    rating: integer(1, 5).meta({ description: 'Stars, 1 to 5.', example: 5 }),
    description: nullableText({ max: DESCRIPTION_MAX, blank: true }).optional().meta({
      description: 'The text; may be null, empty or left out.',
      example: 'Holds up on every viewing.',
    }),
    spoiler: boolean()
      .optional()
      .meta({ description: 'Whether the text gives the plot away; false at first.', example: false }),
    active: boolean().optional().meta({
      description: 'False hides the review. Only moderators and admins write it; from others it is ignored.',
      example: true,
    }),
  })
  .meta({ id: 'ReviewBody', description: 'A review as one writes it.' });

const reviewChanges = reviewBody
  .partial()
  .meta({ id: 'ReviewChanges', description: 'What to change of a review.' });

type ReviewBody = Partial<z.output<typeof reviewBody>>;

/** The fields that a moderator may write in another user's review. */
const MODERATED = new Set(['active', 'spoiler']);

/** The review of that id where the actor may see it, or null. */
export async function showReview(id: number, actor: Actor | null): Promise<ReviewRow | null> {
  const row = await readReview(id);
  return row && can(actor, 'read', 'review', row) ? row : null;
}

/**
 * The review of that id as a model, for a write; null where the actor may not see it.
 * @param options.users further users to lock
 */
export async function loadReview(
  id: number,
  actor: Actor | null,
  { lock }: { lock: boolean },
): Promise<Review | null> {
  if (lock) await lockReview(id);
  const review = await Review.findByPk(id);
  return review && can(actor, 'read', 'review', review) ? review : null;
}

/** The movie of a review, for `Route.movie`. */
export function movieOf({ record }: { record: Pick<Review, 'watchlist_id'> }): number {
  return record.watchlist_id;
}

/** A locked review, as an answer shows it. */
async function represent({ id }: Review): Promise<ReviewJson> {
  return presentReview((await readReview(id)) as ReviewRow);
}

/** The row of a review that was just created. */
function rowOf(review: Review, user: User, title: string): ReviewRow {
  return {
    id: review.id,
    user_id: user.id,
    watchlist_id: review.watchlist_id,
    rating: review.rating,
    description: review.description ?? null,
    spoiler: Number(review.spoiler),
    active: Number(review.active),
    created: review.created.toISOString(),
    update: review.updated.toISOString(),
    helpful_count: 0,
    username: user.username,
    title,
  };
}

/** The fields that the actor cannot write: only staff write `active`. */
function readOnly(actor: Actor | null): string[] {
  return can(actor, 'moderate', 'review') ? [] : ['active'];
}

/** Writes a review: its author and admins all of it, a moderator by PATCH the moderated fields. */
async function change({ record, body, actor, request }: Context<Review, ReviewBody>) {
  if (!can(actor, 'update', 'review', record)) {
    const sent = Object.keys((request.body ?? {}) as object);
    const fields = sent.filter((name) => Object.hasOwn(reviewBody.shape, name));
    if (request.method !== 'PATCH' || fields.some((name) => !MODERATED.has(name))) throw forbidden();
  }
  return { status: 200, body: await represent(await record.update(body)) };
}

export const reviewRoutes: AnyRoute[] = [
  route('POST', '/watch/:id/review-create/', {
    throttle: 'review-create',
    policy: ['review', 'create'],
    answers: created(reviewSchema),
    load: readMovie,
    loadLate: true,
    movie: ({ id }) => id,
    body: reviewBody,
    readOnly,
    idempotent: true,
    handle: async ({ id, body, credentials }) => {
      const user = credentials?.user as User;
      const { title, isWithheld } = await lockReviewerAndMovie(user.id, id);
      const review = await addReview({ ...body, user_id: user.id, watchlist_id: id }, { isWithheld });
      return { status: 201, body: presentReview(rowOf(review, user, title)) };
    },
  }),
  ...reviewListRoutes,
  route('GET', DETAIL, {
    throttle: 'review-detail',
    policy: ['review', 'read'],
    answers: ok(reviewSchema),
    load: showReview,
    fields: REVIEW_FIELDS,
    shows: (_answer, { record }) => [record.watchlist_id],
    handle: async ({ record }) => ({ status: 200, body: presentReview(record) }),
  }),
  route('PUT', DETAIL, {
    throttle: 'review-detail',
    policy: ['review', 'update'],
    answers: ok(reviewSchema),
    load: loadReview,
    movie: movieOf,
    represent,
    body: reviewBody,
    readOnly,
    handle: change,
  }),
  route('PATCH', DETAIL, {
    throttle: 'review-detail',
    policy: ['review', 'patch'],
    answers: ok(reviewSchema),
    load: loadReview,
    movie: movieOf,
    represent,
    body: reviewChanges,
    readOnly,
    handle: change,
  }),
  route('DELETE', DETAIL, {
    throttle: 'review-detail',
    policy: ['review', 'delete'],
    answers: nothing(),
    load: loadReview,
    movie: movieOf,
    represent,
    handle: deleteRecord,
  }),
];
