import { z } from 'zod';
import { isoTime, storedTime } from '../database/sql/time.js';
import type { Key, Orders } from '../http/lists/ordering.js';
import { pagingQuery, readPage } from '../http/lists/paging.js';
import { boolean, filter, integer, text } from '../http/request/fields.js';
import { pageOf } from '../http/response/answers.js';
import { type AnyRoute, type Context, route } from '../http/routing/route.js';
import { User } from '../models/user.js';
import { type Actor, can } from '../policies/policies.js';
import { presentReview, REVIEW_FIELDS, reviewSchema } from '../presenters/review.js';
import { STARS } from '../ratings/distribution.js';
import { all, any, type Condition, equal, range } from '../reads/condition.js';
import { type MovieDetailRow, readMovie } from '../reads/movies.js';
import type { Count } from '../reads/list.js';
import { reviewCountOf } from '../reads/profiles.js';
import { countOwnHidden, REVIEWS, type ReviewRow } from '../reads/reviews.js';

const toTime = (key: Key) => storedTime(new Date(key));

const orders: Orders<ReviewRow> = {
  id: { column: 'id', key: (review) => review.id },
  created: { column: 'created', key: (review) => isoTime(review.created), value: toTime },
  update: { column: '`update`', key: (review) => isoTime(review.update), value: toTime },
  rating: { column: 'rating', key: (review) => review.rating },
  helpful: { column: 'helpful_count', key: (review) => review.helpful_count },
  // The original accepts these, and its clients send them.
  description: null,
  review_user: null,
  active: null,
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

type ReviewQuery = z.output<typeof reviewQuery>;

const userReviewQuery = reviewQuery.extend({
  username: text({ max: 1_000 }).meta({
    description: 'Whose reviews: the username, without regard to case.',
    example: 'ana',
  }),
});

/** The conditions of the query and of what the actor may see; null where the query names a user that does not exist. */
async function conditionsOf(query: ReviewQuery, actor: Actor | null): Promise<Condition[] | null> {
  const conditions = ratingConditions(query);
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

function ratingConditions({ rating, rating__gte, rating__lte }: ReviewQuery): Condition[] {
  return [
    ...range('rating', rating__gte, rating__lte),
    ...(rating === undefined ? [] : [equal('rating', rating)]),
  ];
}

/** The reviews of a movie or of a user. */
interface ReviewsOf {
  /** Null where no review can match. */
  within: Condition | null;
  /** How many match, where that is known without counting them. */
  count?: (() => Promise<number>) | Count | undefined;
  /** The indexes of shown reviews, by the column that they have in order. */
  shownBy: Readonly<Record<string, string>>;
  /** Whether an order without an index is better sorted: see `List`. */
  mayBeFew?: boolean;
}

/** Movies have an index of their shown reviews for each order, users for few. Both have one of all their reviews by id. */
const SHOWN_OF_MOVIE = {
  id: 'reviews_shown',
  created: 'reviews_shown_created',
  '`update`': 'reviews_shown_update',
  rating: 'reviews_votes',
  helpful_count: 'reviews_shown_helpful',
};
const SHOWN_OF_USER = { helpful_count: 'reviews_user_helpful' };

/** Answers a page of a movie's or a user's reviews. */
async function listReviews(
  { query, actor, request }: Context<unknown, unknown, ReviewQuery>,
  { within, count, shownBy, mayBeFew }: ReviewsOf,
) {
  const conditions = within && (await conditionsOf(query, actor));
  const where = within && conditions && all([within, ...conditions]);
  const isWhole = !query.review_user && ratingConditions(query).length === 0;
  const isShown = actor === null && count !== undefined;
  const quick = (column: string) =>
    isWhole && (column === 'id' || (isShown && Object.hasOwn(shownBy, column)));
  // MySQL finds the others by itself.
  const index = (column: string) =>
    isWhole && isShown && column === 'helpful_count' ? shownBy[column] : undefined;
  const list = { source: REVIEWS, where, count, quick, index, mayBeFew };
  const page = await readPage(list, query, request);
  return { page: { ...page, results: page.results.map(presentReview) } };
}

/**
 * Counts a movie's list from the movie's own counters of shown reviews by stars, and adds the actor's own hidden review.
 * @returns undefined where the query needs the reviews counted
 */
function knownCount({ query, actor, record: movie }: Context<MovieDetailRow, unknown, ReviewQuery>) {
  if (can(actor, 'readHidden', 'review') || query.review_user) return undefined;
  const selected = STARS.filter(
    (stars) =>
      stars === (query.rating ?? stars) &&
      stars >= (query.rating__gte ?? stars) &&
      stars <= (query.rating__lte ?? stars),
  );
  const shown = selected.reduce((sum, stars) => sum + movie[`rating_${stars}`], 0);
  if (!actor) return async () => shown;
  return async () => shown + (await countOwnHidden(movie.id, actor.id, ratingConditions(query)));
}

/**
 * The SELECT of the number of a user's shown reviews.
 * @returns undefined where the actor may see others, or the query selects some of them
 */
function memberCount({ query, actor }: Context<unknown, unknown, ReviewQuery>, userId: number) {
  const selects = query.review_user || ratingConditions(query).length > 0;
  if (selects || actor?.id === userId || can(actor, 'readHidden', 'review')) return undefined;
  return reviewCountOf(userId);
}

export const reviewListRoutes: AnyRoute[] = [
  route('GET', '/watch/:id/review/', {
    throttle: 'review-list',
    policy: ['movie', 'read'],
    answers: pageOf(reviewSchema),
    load: readMovie,
    query: reviewQuery,
    fields: REVIEW_FIELDS,
    shows: (_answer, { record }) => [record.id],
    handle: (context) =>
      listReviews(context, {
        within: equal('watchlist_id', context.record.id),
        count: knownCount(context),
        shownBy: SHOWN_OF_MOVIE,
      }),
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
      return listReviews(context, {
        within: author && equal('user_id', author.id),
        count: author ? memberCount(context, author.id) : undefined,
        shownBy: SHOWN_OF_USER,
        mayBeFew: true,
      });
    },
  }),
];
