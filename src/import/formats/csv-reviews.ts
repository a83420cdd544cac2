import { createHash } from 'node:crypto';
import { DESCRIPTION_MAX } from '../../models/review.js';
import { foldCase, rangeFault, textFault, usernameFault } from '../../models/validation.js';
import { USERNAME_MAX } from '../../models/user.js';
import type { NewReview, NewUser, Reader } from './catalogue.js';
import { Notes } from '../faults.js';
import type { InputFile } from '../files.js';
import { csvRows } from '../rows.js';
import { NO_BOOLEAN, truthOf } from '../truths.js';

const OPTIONAL = ['description', 'active', 'spoiler', 'created'] as const;
const COLUMNS = ['username', 'watchlist', 'rating', ...OPTIONAL] as const;
type Column = (typeof COLUMNS)[number];

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

  /** @param movies the movies' indexes by the ids that the file calls them by */
  constructor(
    private readonly file: InputFile,
    private readonly movies: Map<string, number>,
  ) {}

  /** The ids by which a file calls its movies; what else is wrong with it is left for `check`. */
  static async movieIds(file: InputFile): Promise<Set<string>> {
    const ids = new Set<string>();
    for await (const rows of csvRows({ file, columns: ['watchlist'], faults: new Notes(), disarmed: true })) {
      for (const { values } of rows) ids.add(values.watchlist.trim());
    }
    return ids;
  }

  /** Reads the file and notes its faults, users, and the reviews that repeat an earlier one's user and movie. */
  async check({ faults, progress }: Reader): Promise<void> {
    const seen = new Set<number>();
    for await (const rows of this.#rows(faults, (bytes) => progress.advance(bytes))) {
      for (const row of rows) {
        const { username, watchlist } = row.values;
        const movie = this.movies.get(watchlist.trim());
        const wrong = faultsOf(row.values);
        if (movie === undefined) wrong.watchlist = `there is no movie ${JSON.stringify(watchlist)}`;
        for (const [column, fault] of Object.entries(wrong)) faults.add(row, fault, column);
        if (movie === undefined || Object.keys(wrong).length > 0) continue;
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
          rating: Number(values.rating),
          description: values.description === '' ? null : values.description,
          active: truthOf(values.active, true) ?? true,
          spoiler: truthOf(values.spoiler, false) ?? false,
          ...(values.created.trim() !== '' && { created: new Date(values.created) }),
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
    return csvRows({
      file: this.file,
      columns: COLUMNS,
      optional: OPTIONAL,
      faults,
      onBytes,
      disarmed: true,
    });
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

/** What is wrong with a review's fields, by column. */
function faultsOf(values: Record<Column, string>): Record<string, string> {
  const { username, rating, description, created, active, spoiler } = values;
  const faults = {
    username: textFault(username, { max: USERNAME_MAX }) ?? usernameFault(username),
    rating: rangeFault(/^\s*-?\d+(\.0+)?\s*$/.test(rating) ? Number(rating) : NaN, 1, 5),
    description: textFault(description, { max: DESCRIPTION_MAX, blank: true }),
    created:
      created.trim() === '' || isMoment(created) ? null : 'Not a valid moment, such as 2026-01-31T12:00:00Z.',
    active: truthOf(active, true) === undefined ? NO_BOOLEAN : null,
    spoiler: truthOf(spoiler, false) === undefined ? NO_BOOLEAN : null,
  };
  const found = Object.entries(faults).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(found);
}

function isMoment(text: string): boolean {
  const shape = /^\s*[12]\d{3}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?\s*$/;
  return shape.test(text) && !Number.isNaN(Date.parse(text));
}

function byMovie(reviews: NewReview[]): NewReview[] {
  return reviews.toSorted((a, b) => a.movie - b.movie);
}
