import { Op, type WhereOptions } from 'sequelize';
import { z } from 'zod';
import { created, nothing, ok, pageOf } from '../http/answers.js';
import { boolean, filter, integer, nullableText, text } from '../http/fields.js';
import { forbidden } from '../http/errors.js';
import type { Orders } from '../http/ordering.js';
import { pagingQuery, readPage } from '../http/paging.js';
import { type AnyRoute, type Context, deleteRecord, route } from '../http/route.js';
import { DESCRIPTION_MAX, Review } from '../models/review.js';
import { lockReview } from '../models/review-locks.js';
import { User } from '../models/user.js';
import { WatchList } from '../models/watch-list.js';
import { type Actor, can } from '../policies/policies.js';
import { presentReview, REVIEW_FIELDS, reviewSchema } from '../presenters/review.js';
import { range } from './filters.js';
import { loadMovie } from './movies.js';

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

const orders: Orders<Review> = {
  id: { column: 'id', key: (review) => review.id },
  created: {
    column: 'created',
    key: (review) => review.created.toISOString(),
    value: (key) => new Date(key),
  },
  update: { column: 'updated', key: (review) => review.updated.toISOString(), value: (key) => new Date(key) },
  rating: { column: 'rating', key: (review) => review.rating },
};

const reviewQuery = pagingQuery(orders)
  .extend({
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
  })
  .meta({ id: 'ReviewBody', description: 'A review as one writes it.' });

const userReviewQuery = reviewQuery.extend({
  username: text({ max: 1_000 }).meta({
    description: 'Whose reviews: the username, without regard to case.',
    example: 'ana',
  }),
});

const include = [
  { model: User, as: 'user', attributes: ['username'] },
  { model: WatchList, as: 'movie', attributes: ['title'] },
];

/** The review of that id where the actor may see it, or null. */
export async function loadReview(
  id: number,
  actor: Actor | null,
  { lock }: { lock: boolean },
): Promise<Review | null> {
  if (lock) await lockReview(id);
  const review = await Review.findByPk(id, { include });
  return review && can(actor, 'read', 'review', review) ? review : null;
}

async function represent(review: Review): Promise<object> {
  return presentReview(review);
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
  await record.update(body);
  return { status: 200, body: presentReview(record) };
}

/** The list's condition, or null where it names a user that does not exist. */
async function conditionOf(
  query: z.output<typeof reviewQuery>,
  actor: Actor | null,
): Promise<WhereOptions | null> {
  const conditions: WhereOptions[] = [range('rating', query.rating__gte, query.rating__lte)];
  if (query.rating !== undefined) conditions.push({ rating: query.rating });
  if (!can(actor, 'readHidden', 'review')) {
    conditions.push(actor ? { [Op.or]: [{ active: true }, { user_id: actor.id }] } : { active: true });
  } else if (query.active !== undefined) {
    conditions.push({ active: query.active });
  }
  if (query.review_user) {
    const author = await User.byUsername(query.review_user);
    if (!author) return null;
    conditions.push({ user_id: author.id });
  }
  return { [Op.and]: conditions };
}

async function listReviews(
  context: Context<unknown, unknown, z.output<typeof reviewQuery>>,
  within: WhereOptions | null,
) {
  const { query, actor, request } = context;
  const filtered = within && (await conditionOf(query, actor));
  const where = within && filtered && { [Op.and]: [within, filtered] };
  const page = await readPage({ model: Review, where, include }, query, request);
  return { page: { ...page, results: page.results.map(presentReview) } };
}

export const reviewRoutes: AnyRoute[] = [
  route('POST', '/watch/:id/review-create/', {
    throttle: 'review-create',
    policy: ['review', 'create'],
    answers: created(reviewSchema),
    load: loadMovie,
    body: reviewBody,
    readOnly,
    idempotent: true,
    handle: async ({ record: movie, body, credentials }) => {
      const user = credentials?.user as User;
      const review = await Review.create({
        ...body,

        user_id: user.id,
        watchlist_id: movie.id,
      });
      return { status: 201, body: presentReview(Object.assign(review, { user, movie })) };
    },
  }),
  route('GET', '/watch/:id/review/', {
    throttle: 'review-list',
    policy: ['movie', 'read'],
    answers: pageOf(reviewSchema),
    load: loadMovie,
    query: reviewQuery,
    fields: REVIEW_FIELDS,
    shows: (_answer, { record }) => [record.id],
    handle: (context) => listReviews(context, { watchlist_id: context.record.id }),
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
      return listReviews(context, author && { user_id: author.id });
    },
  }),
  route('GET', DETAIL, {
    throttle: 'review-detail',
    policy: ['review', 'read'],
    answers: ok(reviewSchema),
    load: loadReview,
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
