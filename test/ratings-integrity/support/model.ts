/** A review of the model: which user's of which movie, by their places. */
interface ModelReview {
  id: number;
  user: number;
  movie: number;
  rating: number;
  active: boolean;
}

/**
 * The catalogue as a plain model in memory: what must be there after each operation. Users, movies and platforms are
 * known by their places, of which each may be empty.
 */
export class Model {
  reviews: ModelReview[] = [];
  /** Each movie's platform, by the movies' places; null where there is no movie. */
  movies: (number | null)[] = [];

  review(user: number, movie: number): ModelReview | undefined {
    return this.reviews.find((review) => review.user === user && review.movie === movie);
  }

  remove(gone: (review: ModelReview) => boolean): void {
    this.reviews = this.reviews.filter((review) => !gone(review));
  }

  removeMovie(movie: number): void {
    this.movies[movie] = null;
    this.remove((review) => review.movie === movie);
  }

  removePlatform(platform: number): void {
    this.movies.forEach((itsPlatform, movie) => {
      if (itsPlatform === platform) this.removeMovie(movie);
    });
  }

  /** The votes that a movie must show. */
  votes(movie: number): number[] {
    return this.reviews
      .filter((review) => review.movie === movie && review.active)
      .map(({ rating }) => rating);
  }
}
