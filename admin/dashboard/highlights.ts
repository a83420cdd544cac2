import { literal, Op, where } from 'sequelize';
import { Review } from '../../src/models/review.js';
import { User } from '../../src/models/user.js';
import { WatchList } from '../../src/models/watch-list.js';

const RANKED = 5;
const LATEST = 6;
const EXCERPT_LENGTH = 160;

export type RankedMovie = Pick<WatchList, 'id' | 'title' | 'weighted_rating' | 'number_rating'>;

export interface LatestReview {
  id: number;
  movie: string;
  user: string;
  rating: number;
  active: boolean;
  created: string;
  text: string;
}

/** The best (`DESC`) or the worst (`ASC`) of the movies that have ratings. */
export async function rankedMovies(direction: 'ASC' | 'DESC'): Promise<RankedMovie[]> {
  return WatchList.findAll({
    attributes: ['id', 'title', 'weighted_rating', 'number_rating'],
    // An expression, so that no planner filters by the index of number_rating and sorts all rated movies: the index of
    // weighted_rating yields the first ones in order.
    where: where(literal('number_rating + 0'), Op.gte, 1),
    order: [
      ['weighted_rating', direction],
      ['id', direction],
    ],
    limit: RANKED,
    raw: true,
  });
}

/** The latest reviews, hidden ones included, with excerpts of their texts. */
export async function latestReviews(): Promise<LatestReview[]> {
  const reviews = await Review.findAll({
    attributes: ['id', 'rating', 'active', 'created', 'description'],
    include: [
      { model: WatchList, as: 'movie', attributes: ['title'] },
      { model: User, as: 'user', attributes: ['username'] },
    ],
    order: [
      ['created', 'DESC'],
      ['id', 'DESC'],
    ],
    limit: LATEST,
  });
  return reviews.map(({ id, rating, active, created, description, movie, user }) => ({
    id,
    rating,
    active,
    created: created.toISOString(),
    text: excerpt(description ?? ''),
    movie: movie?.title ?? '',
    user: user?.username ?? '',
  }));
}

function excerpt(text: string): string {
  const characters = [...text];
  return characters.length > EXCERPT_LENGTH ? `${characters.slice(0, EXCERPT_LENGTH).join('')}…` : text;
}
