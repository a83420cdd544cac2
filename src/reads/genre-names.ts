import { currentTransaction } from '../database/transaction-context.js';
import { fromPrimary } from '../database/read-connection.js';
import { select } from '../database/sql/statements.js';
import { foldCase } from '../models/validation.js';
import { GENRES_VERSION } from '../ratings/genre-version.js';

/*
 * The names of movies' genres. A movie's row has their ids, and the version of the names: joining them to each row took half of
 * the time of a page (bench/FAST-PATHS.md). Each process keeps the names, and reads them anew where a row has another version.
 */

const VERSION = `COALESCE((SELECT value FROM settings WHERE name = '${GENRES_VERSION}'), '')`;

/** The columns of a movie from which `nameGenres` makes `genres`, of the table `record`. */
export const GENRE_COLUMNS = `record.genre_ids AS genres, ${VERSION} AS genres_version`;

const READ = `SELECT id, name, ${VERSION} AS version FROM genres`;

/** How long names are kept, in milliseconds: somebody may have changed them by plain SQL, or restored a backup. */
const KEPT_MS = 10_000;

/** The genres' names at one time. */
class Names {
  readonly #byId: ReadonlyMap<number, string>;
  /** The lists of movies, by their ids' text. A catalogue has few combinations of genres. */
  readonly #lists = new Map<string, string[]>();
  readonly #readAt = performance.now();

  constructor(
    readonly version: string,
    genres: readonly { id: number; name: string }[],
  ) {
    this.#byId = new Map(genres.map(({ id, name }) => [id, name]));
  }

  get isOld(): boolean {
    return performance.now() - this.#readAt > KEPT_MS;
  }

  /** Whether it has the names of all these genres. */
  has(ids: string): boolean {
    return this.#lists.has(ids) || ids.split(',').every((id) => this.#byId.has(Number(id)));
  }

  /** The names of genres in alphabetical order, without regard to case; without those that have been deleted. */
  of(ids: string): string[] {
    const known = this.#lists.get(ids);
    if (known) return known;
    const names = ids.split(',').flatMap((id) => this.#byId.get(Number(id)) ?? []);
    const keyed = names.map((name) => [foldCase(name), name] as const);
    const sorted = keyed.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
    if (this.#lists.size >= LISTS_MAX) this.#lists.clear();
    this.#lists.set(ids, sorted);
    return sorted;
  }
}

const LISTS_MAX = 5_000;
const NONE: string[] = [];

/** The names as they are stored, without changes that may be rolled back. */
let shared = new Names('none', []);

async function readNames(): Promise<Names> {
  const genres = await select<{ id: number; name: string; version: string }>(READ);
  return new Names(genres[0]?.version ?? '', genres);
}

/** A movie's row as it is read with `GENRE_COLUMNS`. */
interface Unnamed {
  genres: string;
  genres_version: string;
}

/** Puts the names of their genres into movies' rows, which have been read with `GENRE_COLUMNS`. */
export async function nameGenres(rows: readonly unknown[]): Promise<void> {
  const unnamed = rows as readonly Unnamed[];
  const names = !shared.isOld && unnamed.every(isNamedByShared) ? shared : await newNames();
  for (const row of unnamed) {
    const named: { genres: string | string[] } = row;
    named.genres = row.genres === '' ? NONE : names.of(row.genres);
  }
}

function isNamedByShared({ genres, genres_version }: Unnamed): boolean {
  return genres === '' || (genres_version === shared.version && shared.has(genres));
}

async function newNames(): Promise<Names> {
  // A transaction's own changes may be rolled back.
  if (currentTransaction()) return readNames();
  return (shared = await fromPrimary(readNames));
}
