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

/** Which reviews of a list the actor sees: shown ones, their own hidden ones too, or all. */
type Sight = 'shown' | 'own' | 'all';

/** The conditions of the query and of what the actor may see; null where the query names a user that does not exist. */
async function conditionsOf(
  query: ReviewQuery,
  actor: Actor | null,
  sight: Sight,
): Promise<Condition[] | null> {
  const conditions = ratingConditions(query);
  if (sight === 'shown') conditions.push(equal('active', true));
  if (sight === 'own') conditions.push(any([equal('active', true), equal('user_id', actor?.id ?? 0)]));
  if (sight === 'all' && query.active !== undefined) conditions.push(equal('active', query.active));
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
  sight: Sight;
  /** How many match, where that is known without counting them. */
  count?: (() => Promise<number>) | Count | undefined;
  /** The indexes of shown reviews, by the column that they have in order. */
  shownBy: Readonly<Record<string, string>>;
  /** Whether an order without an index is better sorted: see `List`. */
  mayBeFew?: boolean;
  /** Whether one review at most can match. */
  isOne?: boolean;
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
  { within, sight, count, shownBy, mayBeFew, isOne = false }: ReviewsOf,
) {
  const conditions = within && (await conditionsOf(query, actor, sight));
  const where = within && conditions && all([within, ...conditions]);
  const isWhole = !query.review_user && ratingConditions(query).length === 0;
  const isShown = sight === 'shown' && count !== undefined;
  const quick = (column: string) =>
    isOne || (isWhole && (column === 'id' || (isShown && Object.hasOwn(shownBy, column))));
  // MySQL finds the others by itself.
  const index = (column: string) =>
    isWhole && isShown && column === 'helpful_count' ? shownBy[column] : undefined;
  const list = { source: REVIEWS, where, count, quick, index, mayBeFew };
  const page = await readPage(list, query, request);
  return { page: { ...page, results: page.results.map(presentReview) } };
}

/** How many of a movie's shown reviews the query selects, from the movie's own counters by stars. */
function countShown(movie: MovieDetailRow, query: ReviewQuery): number {
  return STARS.filter(
    (stars) =>
      stars === (query.rating ?? stars) &&
      stars >= (query.rating__gte ?? stars) &&
      stars <= (query.rating__lte ?? stars),
  ).reduce((sum, stars) => sum + movie[`rating_${stars}`], 0);
}

/** The actor's sight of a movie's reviews, and how many the query selects where that is known without counting them. */
async function seenOfMovie({
  query,
  actor,
  record: movie,
}: Context<MovieDetailRow, unknown, ReviewQuery>): Promise<Pick<ReviewsOf, 'sight' | 'count'>> {
  if (can(actor, 'readHidden', 'review')) return { sight: 'all' };
  const hidden = actor ? await countOwnHidden(movie.id, actor.id, ratingConditions(query)) : 0;
  const sight = hidden > 0 ? 'own' : 'shown';
  if (query.review_user) return { sight };
  const number = countShown(movie, query) + hidden;
  return { sight, count: async () => number };
}

/** The same of a user's reviews. */
function seenOfUser(
  { query, actor }: Context<unknown, unknown, ReviewQuery>,
  userId: number | undefined,
): Pick<ReviewsOf, 'sight' | 'count'> {
  if (can(actor, 'readHidden', 'review')) return { sight: 'all' };
  if (userId === undefined || actor?.id === userId) return { sight: 'own' };
  const selects = query.review_user || ratingConditions(query).length > 0;
  return { sight: 'shown', count: selects ? undefined : reviewCountOf(userId) };
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
    handle: async (context) =>
      listReviews(context, {
        ...(await seenOfMovie(context)),
        within: equal('watchlist_id', context.record.id),
        shownBy: SHOWN_OF_MOVIE,
        // Nobody reviews a movie twice.
        isOne: Boolean(context.query.review_user),
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
        ...seenOfUser(context, author?.id),
        within: author && equal('user_id', author.id),
        shownBy: SHOWN_OF_USER,
        mayBeFew: true,
      });
    },
  }),
];
