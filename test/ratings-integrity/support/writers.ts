import { authorization } from '../../support/scratch-rows.js';
import type { ScratchDatabase } from '../../support/scratch-database.js';

/** What a writer knows about its review: its id and stars, or null where it has none. */
type State = { id: number; rating: number } | null;

interface StoredReview {
  id: number;
  user_id: number;
  watchlist_id: number;
  rating: number;
}

interface StoredVote {
  user_id: number;
  review_id: number;
}

/**
 * A client that creates, edits and deletes one review over and over. It records what was acknowledged, and the request
 * that was unanswered when the server was killed: that one may have been done or not.
 */
export class Writer {
  acknowledged = 0;
  #known: State = null;
  /** The state that the unanswered request asked for; undefined where every request was answered. */
  #unanswered: Omit<NonNullable<State>, 'id'> | null | undefined = undefined;

  constructor(
    readonly user: number,
    readonly movie: number,
  ) {}

  /** Sends requests, one after another, until the server is gone. */
  async write(url: string): Promise<void> {
    try {
      for (;;) await this.#step(url);
    } catch (error) {
      // Without a server, fetch throws a TypeError; any other error is a fault.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  async #step(url: string): Promise<void> {
    const rating = 1 + Math.floor(Math.random() * 5);
    const isDeletion = this.#known !== null && Math.random() < 0.4;
    const method = this.#known === null ? 'POST' : isDeletion ? 'DELETE' : 'PATCH';
    const path = this.#known ? `/watch/review/${this.#known.id}/` : `/watch/${this.movie}/review-create/`;
    this.#unanswered = isDeletion ? null : { rating };
    const response = await fetch(url + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...authorization(this.user) },
      ...(!isDeletion && { body: JSON.stringify({ rating }) }),
    });
    const text = await response.text();
    const expected = { POST: 201, PATCH: 200, DELETE: 204 }[method];
    if (response.status !== expected) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    this.acknowledged += 1;
    this.#known = isDeletion ? null : { id: (JSON.parse(text) as { id: number }).id, rating };
    this.#unanswered = undefined;
  }

  /**
   * Compares the stored review with the answers to this writer.
   * @returns the difference, or null
   */
  fault(stored: StoredReview[]): string | null {
    const found = stored.find((row) => row.user_id === this.user && row.watchlist_id === this.movie) ?? null;
    const fits = (state: { rating: number } | null) => (found?.rating ?? null) === (state?.rating ?? null);
    const isRight = fits(this.#known) || (this.#unanswered !== undefined && fits(this.#unanswered));
    const fault = isRight
      ? null
      : `user ${this.user}, movie ${this.movie}: acknowledged ${JSON.stringify(this.#known)}, stored ${JSON.stringify(found)}`;
    this.#known = found && { id: found.id, rating: found.rating };
    this.#unanswered = undefined;
    return fault;
  }
}

/** A client that finds one review helpful and takes that back, over and over; it records as `Writer` does. */
export class Voter {
  acknowledged = 0;
  #known = false;
  /** What the unanswered request asked for; undefined where every request was answered. */
  #unanswered: boolean | undefined = undefined;

  constructor(
    readonly user: number,
    readonly review: number,
  ) {}

  /** Sends requests, one after another, until the server is gone. */
  async write(url: string): Promise<void> {
    try {
      for (;;) {
        this.#unanswered = !this.#known;
        const response = await fetch(`${url}/watch/review/${this.review}/helpful/`, {
          method: this.#unanswered ? 'PUT' : 'DELETE',
          headers: authorization(this.user),
        });
        const text = await response.text();
        if (response.status !== 204) throw new Error(`a vote: ${response.status} ${text}`);
        this.acknowledged += 1;
        this.#known = this.#unanswered;
        this.#unanswered = undefined;
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }

  /** Compares the stored votes with the answers to this voter; returns the difference, or null. */
  fault(stored: StoredVote[]): string | null {
    const found = stored.some((vote) => vote.user_id === this.user && vote.review_id === this.review);
    const isRight = [this.#known, this.#unanswered].includes(found);
    const fault = isRight ? null : `user ${this.user}: acknowledged ${this.#known}, stored ${found}`;
    this.#known = found;
    this.#unanswered = undefined;
    return fault;
  }
}

/** Every stored helpful vote, read by plain SQL. */
export function storedVotes(database: ScratchDatabase): Promise<StoredVote[]> {
  return database.rows<StoredVote>('SELECT user_id, review_id FROM helpful_votes');
}

/** Every stored review, read by plain SQL. */
export function storedReviews(database: ScratchDatabase): Promise<StoredReview[]> {
  return database.rows<StoredReview>('SELECT id, user_id, watchlist_id, rating FROM reviews');
}
