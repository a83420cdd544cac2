/** A review of the model; user and movie by their indexes. */
interface ModelReview {
  id: number;
  user: number;
  movie: number;
  rating: number;
  active: boolean;
  /** The users who find it helpful. */
  helpful: Set<number>;
}

/**
 * The catalogue as a plain model in memory: the expected state after each operation. Users, movies and platforms are
 * known by their indexes; each may have been deleted.
 */
export class Model {
  reviews: ModelReview[] = [];
  /** Each movie's platform, by the movie's index; null for a deleted movie. */
  movies: (number | null)[] = [];

  review(user: number, movie: number): ModelReview | undefined {
    return this.reviews.find((review) => review.user === user && review.movie === movie);
  }

  remove(gone: (review: ModelReview) => boolean): void {
    this.reviews = this.reviews.filter((review) => !gone(review));
  }

  removeUser(user: number): void {
    this.remove((review) => review.user === user);
    for (const { helpful } of this.reviews) helpful.delete(user);
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
