import { createHash } from 'node:crypto';
import { DESCRIPTION_MAX } from '../models/review.js';
import { foldCase, textFault, usernameFault } from '../models/rules.js';
import { USERNAME_MAX } from '../models/user.js';
import type { NewReview, NewUser, Reader } from './catalogue.js';
import { Notes } from './faults.js';
import type { InputFile } from './files.js';
import { csvRows } from './rows.js';

/** Reviews handed on at a time; their descriptions are in memory then. */
const BATCH = 10_000;

/**
 * `reviews.csv`, which is read twice, first to check it and then to write it, since the descriptions of all reviews may
 * not fit in memory.
 */
export class CsvReviews {
  readonly users: NewUser[] = [];
  readonly passedOver = new Notes();
  count = 0;
  readonly #userIndexes = new Map<string, number>();
  readonly #passedOverLines = new Set<number>();

  /** @param movies the movies' indexes by their ids in `movies.csv` */
  constructor(
    private readonly file: InputFile,
    private readonly movies: Map<string, number>,
  ) {}

  /** Reads the file and notes its faults, users, and the reviews that repeat an earlier one's user and movie. */
  async check({ faults, progress }: Reader): Promise<void> {
    const seen = new Set<number>();
    for await (const rows of this.#rows(faults, (bytes) => progress.advance(bytes))) {
      for (const row of rows) {
        const { username, watchlist, rating, description } = row.values;
        const movie = this.movies.get(watchlist.trim());
        const wrong = [
          ['username', textFault(username, { max: USERNAME_MAX }) ?? usernameFault(username)],
          ['watchlist', movie === undefined && `there is no movie ${JSON.stringify(watchlist)}`],
          [
            'rating',
            starsOf(rating) === null && `${JSON.stringify(rating)} is not a whole number from 1 to 5`,
          ],
          ['description', textFault(description, { max: DESCRIPTION_MAX, blank: true })],
        ].filter(([, fault]) => fault);
        if (movie === undefined || wrong.length > 0) {
          faults.add(row, wrong.map(([column, fault]) => `${column}: ${fault}`).join('; '));
          continue;
        }
        const pair = movie * 2 ** 26 + this.#userIndex(username);
        if (seen.has(pair)) {
          this.passedOver.add(row, `${username} has reviewed movie ${watchlist} in an earlier line`);
          this.#passedOverLines.add(row.line);
          continue;
        }
        seen.add(pair);
        this.count += 1;
      }
    }
  }

  /** Reads the file again, which must have been checked: its reviews, some at a time, in their movies' order. */
  async *batches(): AsyncGenerator<NewReview[]> {
    const changed = new Notes();
    let batch: NewReview[] = [];
    for await (const rows of this.#rows(changed)) {
      for (const { line, values } of rows) {
        if (this.#passedOverLines.has(line)) continue;
        batch.push({
          user: this.#userIndex(values.username),
          movie: this.movies.get(values.watchlist.trim()) as number,
          rating: starsOf(values.rating) as number,
          description: values.description === '' ? null : values.description,
        });
      }
      if (batch.length < BATCH) continue;
      yield byMovie(batch);
      batch = [];
    }
    if (changed.count > 0)
      throw new Error(`The file was changed while it was read: ${changed.lines().join('; ')}`);
    yield byMovie(batch);
  }

  #rows(faults: Notes, onBytes?: (bytes: number) => void) {
    const columns = ['username', 'watchlist', 'rating', 'description'] as const;
    return csvRows({ file: this.file, columns, optional: ['description'], faults, onBytes });
  }

  #userIndex(username: string): number {
    const key = foldCase(username);
    const known = this.#userIndexes.get(key);
    if (known !== undefined) return known;
    this.#userIndexes.set(key, this.users.length);
    return this.users.push({ username, email: inventedEmail(key) }) - 1;
  }
}

/** An address that is nobody's and the same each time; a username may be too long, or wrong, for an address's name. */
function inventedEmail(usernameKey: string): string {
  return `imported-${createHash('sha256').update(usernameKey).digest('hex').slice(0, 32)}@marquee.invalid`;
}

/** The stars that a rating's text means, or null. */
function starsOf(text: string): number | null {
  return /^\s*[1-5](\.0+)?\s*$/.test(text) ? Number(text) : null;
}

function byMovie(reviews: NewReview[]): NewReview[] {
  return reviews.toSorted((a, b) => a.movie - b.movie);
}
