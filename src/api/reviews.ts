import { z } from 'zod';
import { created, nothing, ok, pageOf } from '../http/response/answers.js';
import { boolean, filter, integer, nullableText, text } from '../http/request/fields.js';
import { forbidden } from '../http/errors.js';
import type { Key, Orders } from '../http/lists/ordering.js';
import { pagingQuery, readPage } from '../http/lists/paging.js';
import { type AnyRoute, type Context, deleteRecord, route } from '../http/routing/route.js';
import { addReview } from '../models/new-review.js';
import { DESCRIPTION_MAX, Review } from '../models/review.js';
import { STARS } from '../ratings/distribution.js';
import { lockReviewerAndMovie } from '../ratings/locks.js';
import { lockReview } from '../ratings/review-locks.js';
import { User } from '../models/user.js';
import { type Actor, can } from '../policies/policies.js';
import { presentReview, REVIEW_FIELDS, type ReviewJson, reviewSchema } from '../presenters/review.js';
import { all, any, type Condition, equal, range } from '../reads/condition.js';
import { type MovieDetailRow, readMovie } from '../reads/movies.js';
import { countOwnHidden, readReview, REVIEWS, type ReviewRow } from '../reads/reviews.js';
import { isoTime, storedTime } from '../database/sql/time.js';

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

/** The fields by which a moderator moderates. */
const MODERATED = new Set(['active', 'spoiler']);

const toTime = (key: Key) => storedTime(new Date(key));

const orders: Orders<ReviewRow> = {
  id: { column: 'id', key: (review) => review.id },
  created: { column: 'created', key: (review) => isoTime(review.created), value: toTime },
  update: { column: '`update`', key: (review) => isoTime(review.update), value: toTime },
  rating: { column: 'rating', key: (review) => review.rating },
};

const reviewQuery = pagingQuery(orders).extend({
  review_user: filter(text({ max: 1_000, blank: true })).meta({
    description: 'Reviews by this user: the whole username, without regard to case.',
    example: 'ana',
  }),
  rating: filter(integer()).meta({ description: 'Reviews with so many stars.', example: 5 }),
  rating__gte: filter(integer()).meta({ description: 'The least number of stars.', example: 4 }),
  rating__lte: filter(integer()).meta({ description: 'The largest number of stars.', example: 5 }),
  active: filter(boolean()).meta({
    description: 'Shown or hidden reviews. Only for moderators and admins; from others it is ignored.',
    example: true,
  }),
});

const userReviewQuery = reviewQuery.extend({
  username: text({ max: 1_000 }).meta({
    description: 'Whose reviews: the username, without regard to case.',
    example: 'ana',
  }),
});

/** The review of that id where the actor may see it, or null. */
export async function showReview(id: number, actor: Actor | null): Promise<ReviewRow | null> {
  const row = await readReview(id);
  return row && can(actor, 'read', 'review', row) ? row : null;
}

/** The same, to be changed. */
async function loadReview(
  id: number,
  actor: Actor | null,
  { lock }: { lock: boolean },
): Promise<Review | null> {
  if (lock) await lockReview(id);
  const review = await Review.findByPk(id);
  return review && can(actor, 'read', 'review', review) ? review : null;
}

/** A review that is locked, as the answer shows it. */
async function represent({ id }: Review): Promise<ReviewJson> {
  return presentReview((await readReview(id)) as ReviewRow);
}

/** A review that was just made, as it is in the database. */
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
    username: user.username,
    title,
  };
}

/** Only staff write `active`. */
function readOnly(actor: Actor | null): string[] {
  return can(actor, 'moderate', 'review') ? [] : ['active'];
}

async function change({ record, body, actor, request }: Context<Review, ReviewBody>) {
  if (!can(actor, 'update', 'review', record)) {
    const sent = Object.keys((request.body ?? {}) as object);
    const known = sent.filter((name) => Object.hasOwn(reviewBody.shape, name));
    if (request.method !== 'PATCH' || known.some((name) => !MODERATED.has(name))) throw forbidden();
  }
  return { status: 200, body: await represent(await record.update(body)) };
}

/** The list's conditions, or null where it names a user that does not exist. */
async function conditionsOf(
  query: z.output<typeof reviewQuery>,
  actor: Actor | null,
): Promise<Condition[] | null> {
  const conditions = ratingFilters(query);
  if (!can(actor, 'readHidden', 'review')) {
    const shown = equal('active', true);
    conditions.push(actor ? any([shown, equal('user_id', actor.id)]) : shown);
  } else if (query.active !== undefined) {
    conditions.push(equal('active', query.active));
  }
  if (query.review_user) {
    const author = await User.byUsername(query.review_user);
    if (!author) return null;
    conditions.push(equal('user_id', author.id));
  }
  return conditions;
}

function ratingFilters({ rating, rating__gte, rating__lte }: z.output<typeof reviewQuery>): Condition[] {
  return [
    ...range('rating', rating__gte, rating__lte),
    ...(rating === undefined ? [] : [equal('rating', rating)]),
  ];
}

async function listReviews(
  { query, actor, request }: Context<unknown, unknown, z.output<typeof reviewQuery>>,
  within: Condition | null,
  count?: () => Promise<number>,
) {
  const conditions = within && (await conditionsOf(query, actor));
  const where = within && conditions && all([within, ...conditions]);
  const page = await readPage({ source: REVIEWS, where, count }, query, request);
  return { page: { ...page, results: page.results.map(presentReview) } };
}

/**
 * How many of a movie's reviews a list has: those that count, which the movie itself knows, and of a hidden one its
 * author. Undefined where they have to be counted.
 */
function knownCount({
  query,
  actor,
  record: movie,
}: Context<MovieDetailRow, unknown, z.output<typeof reviewQuery>>) {
  if (can(actor, 'readHidden', 'review') || query.review_user) return undefined;
  const wanted = STARS.filter(
    (stars) =>
      stars === (query.rating ?? stars) &&
      stars >= (query.rating__gte ?? stars) &&
      stars <= (query.rating__lte ?? stars),
  );
  const shown = wanted.reduce((sum, stars) => sum + movie[`rating_${stars}`], 0);
  if (!actor) return async () => shown;
  return async () => shown + (await countOwnHidden(movie.id, actor.id, ratingFilters(query)));
}

export const reviewRoutes: AnyRoute[] = [
  route('POST', '/watch/:id/review-create/', {
    throttle: 'review-create',
    policy: ['review', 'create'],
    answers: created(reviewSchema),
    load: readMovie,
    loadLate: true,
    body: reviewBody,
    readOnly,
    idempotent: true,
    handle: async ({ id, body, credentials }) => {
      const user = credentials?.user as User;
      const title = await lockReviewerAndMovie(user.id, id);
      const review = await addReview({ ...body, user_id: user.id, watchlist_id: id });
      return { status: 201, body: presentReview(rowOf(review, user, title)) };
    },
  }),
  route('GET', '/watch/:id/review/', {
    throttle: 'review-list',
    policy: ['movie', 'read'],
    answers: pageOf(reviewSchema),
    load: readMovie,
    query: reviewQuery,
    fields: REVIEW_FIELDS,
    shows: (_answer, { record }) => [record.id],
    handle: (context) => listReviews(context, equal('watchlist_id', context.record.id), knownCount(context)),
  }),
  route('GET', '/watch/reviews/', {
    throttle: 'review-list',
    policy: ['review', 'read'],
    answers: pageOf(reviewSchema),
    query: userReviewQuery,
    fields: REVIEW_FIELDS,
    shows: () => null,
    handle: async (context) => {
      const author = await User.byUsername(context.query.username);
      return listReviews(context, author && equal('user_id', author.id));
    },
  }),
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
    represent,
    handle: deleteRecord,
  }),
];
