import { createHash } from 'node:crypto';
import { DESCRIPTION_MAX } from '../../models/review.js';
import { foldCase, rangeFault, textFault, usernameFault } from '../../models/validation.js';
import { parseTime } from '../../models/time.js';
import { USERNAME_MAX } from '../../models/user.js';
import type { NewReview, NewUser, ReaderContext } from '../catalogue.js';
import { Notes } from '../faults.js';
import type { InputFile } from '../files.js';
import { csvRows } from '../rows.js';
import { NOT_A_BOOLEAN, parseBoolean } from './booleans.js';
import { NOT_A_MOMENT } from './csv-details.js';
import { localId } from './local-id.js';

const OPTIONAL = ['description', 'active', 'spoiler', 'created'] as const;
const COLUMNS = ['username', 'watchlist', 'rating', ...OPTIONAL] as const;
type Column = (typeof COLUMNS)[number];

/** Reviews in a batch, whose descriptions are in memory together. */
const BATCH = 10_000;

/**
 * Reads `reviews.csv` twice, to check it and to write it, since the descriptions of all reviews may not fit in memory.
 */
export class CsvReviews {
  readonly users: NewUser[] = [];
  readonly passedOver = new Notes();
  count = 0;
  readonly #userIndexes = new Map<string, number>();
  readonly #passedOverLines = new Set<number>();

  /** @param movies the movies' indexes by their ids in the file */
  constructor(
    private readonly file: InputFile,
    private readonly movies: Map<string, number>,
  ) {}

  /** The movie ids that a file refers to. Its faults are left to `check`. */
  static async movieIds(file: InputFile): Promise<Set<string>> {
    const ids = new Set<string>();
    for await (const rows of csvRows({ file, columns: ['watchlist'], faults: new Notes(), disarmed: true })) {
      for (const { values } of rows) ids.add(localId(values.watchlist));
    }
    return ids;
  }

  /** Reads the file and collects its faults, its users, and the reviews that repeat a user and movie. */
  async check({ faults, progress }: ReaderContext): Promise<void> {
    const seen = new Set<number>();
    for await (const rows of this.#rows(faults, (bytes) => progress.advance(bytes))) {
      for (const row of rows) {
        const { username, watchlist } = row.values;
        const movie = this.movies.get(localId(watchlist));
        const rowFaults = faultsOf(row.values);
        if (movie === undefined) rowFaults.watchlist = `there is no movie ${JSON.stringify(watchlist)}`;
        faults.addAll(row, rowFaults);
        if (movie === undefined || Object.keys(rowFaults).length > 0) continue;
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

  /** Reads the file again, after `check`: its reviews in batches, each sorted by movie. */
  async *batches(): AsyncGenerator<NewReview[]> {
    const changed = new Notes();
    let batch: NewReview[] = [];
    for await (const rows of this.#rows(changed)) {
      for (const { line, values } of rows) {
        if (this.#passedOverLines.has(line)) continue;
        batch.push({
          user: this.#userIndex(values.username),
          movie: this.movies.get(localId(values.watchlist)) as number,
          rating: Number(values.rating),
          description: values.description === '' ? null : values.description,
          active: parseBoolean(values.active, true) ?? true,
          spoiler: parseBoolean(values.spoiler, false) ?? false,
          created: parseTime(values.created)?.time,
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
    const index = this.#userIndexes.get(key);
    if (index !== undefined) return index;
    this.#userIndexes.set(key, this.users.length);
    return this.users.push({ username, email: placeholderEmail(key) }) - 1;
  }
}

/** A placeholder address, the same in each import. It is a hash, since a username may be too long or invalid for an address. */
function placeholderEmail(usernameKey: string): string {
  return `imported-${createHash('sha256').update(usernameKey).digest('hex').slice(0, 32)}@marquee.invalid`;
}

/** The faults of a review's fields, by column. */
function faultsOf(values: Record<Column, string>): Record<string, string> {
  const { username, rating, description, created, active, spoiler } = values;
  const faults = {
    username: textFault(username, { max: USERNAME_MAX }) ?? usernameFault(username),
    rating: rangeFault(/^\s*-?\d+(\.0+)?\s*$/.test(rating) ? Number(rating) : NaN, 1, 5),
    description: textFault(description, { max: DESCRIPTION_MAX, blank: true }),
    created: created.trim() === '' || parseTime(created) ? null : NOT_A_MOMENT,
    active: parseBoolean(active, true) === undefined ? NOT_A_BOOLEAN : null,
    spoiler: parseBoolean(spoiler, false) === undefined ? NOT_A_BOOLEAN : null,
  };
  const found = Object.entries(faults).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(found);
}

function byMovie(reviews: NewReview[]): NewReview[] {
  return reviews.toSorted((a, b) => a.movie - b.movie);
}
