import { authorization } from '../support/scratch-rows.js';

/** An answer, or the reason why there was none. */
export interface Outcome {
  status: number;
  /** The error of a request without an answer. */
  error?: string;
  retryAfter: string | null;
  milliseconds: number;
}

/** A review that was answered with a 201. */
export interface Acknowledged {
  id: number;
  user: number;
  movie: number;
}

/** Clients that read and write without pause and record every answer. */
export class Traffic {
  readonly outcomes: Outcome[] = [];
  readonly acknowledged: Acknowledged[] = [];
  readonly #ending = new AbortController();
  #clients: Promise<unknown>[] = [];
  #turn = 0;

  /**
   * @param urls the servers, used in turn
   * @param users the authors; each reviews each movie once
   * @param movies the movies to read and review
   */
  constructor(
    private urls: readonly string[],
    private readonly users: readonly number[],
    private readonly movies: readonly number[],
  ) {}

  /** Starts this many writing and reading clients. */
  begin({ writers, readers }: { writers: number; readers: number }): this {
    const pairs = this.users.flatMap((user) => this.movies.map((movie) => ({ user, movie })));
    const until = async (step: () => Promise<unknown>) => {
      while (!this.#ending.signal.aborted) await step();
    };
    this.#clients = [
      ...Array.from({ length: writers }, () =>
        until(async () => {
          const pair = pairs.pop();
          await (pair ? this.review(pair.user, pair.movie) : this.read());
        }),
      ),
      ...Array.from({ length: readers }, () => until(() => this.read())),
    ];
    return this;
  }

  /** Stops the clients after their running requests. */
  async end(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#clients);
  }

  /** Sends further requests to these servers. */
  turnTo(urls: readonly string[]): void {
    this.urls = urls;
  }

  /** The outcomes after the first `count`. */
  since(count: number): Outcome[] {
    return this.outcomes.slice(count);
  }

  async review(user: number, movie: number): Promise<void> {
    const answer = await this.#ask('POST', `/watch/${movie}/review-create/`, user, {
      rating: 1 + (user % 5),
    });
    if (answer?.status === 201) {
      this.acknowledged.push({ id: (JSON.parse(answer.text) as { id: number }).id, user, movie });
    }
  }

  async read(): Promise<void> {
    const movie = this.movies[this.#turn % this.movies.length] as number;
    await this.#ask('GET', this.#turn % 2 ? '/watch/watchlist/' : `/watch/watchlist/${movie}/`);
  }

  async #ask(method: string, path: string, user?: number, body?: object) {
    this.#turn += 1;
    const url = this.urls[this.#turn % this.urls.length] as string;
    const begun = performance.now();
    const note = (outcome: Omit<Outcome, 'milliseconds'>) =>
      this.outcomes.push({ ...outcome, milliseconds: performance.now() - begun });
    try {
      const response = await fetch(url + path, {
        method,
        headers: { 'Content-Type': 'application/json', ...(user !== undefined && authorization(user)) },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      note({ status: response.status, retryAfter: response.headers.get('retry-after') });
      return { status: response.status, text };
    } catch (error) {
      note({ status: 0, error: String((error as Error).cause ?? error), retryAfter: null });
      return undefined;
    }
  }
}

/** The number of outcomes by status or error. */
export function tally(outcomes: Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, error } of outcomes) {
    const key = error ?? String(status);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
