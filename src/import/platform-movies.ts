import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { currentTransaction } from '../database/transaction-context.js';
import { transaction } from '../database/transactions.js';
import { lockPlatforms } from '../ratings/locks.js';
import { foldCase } from '../models/validation.js';
import { WatchList } from '../models/watch-list.js';
import type { NewMovie } from './catalogue.js';
import { forEachInTurns } from './turns.js';

/** Movies in one transaction. */
const BATCH = 500;

/** Movies in one statement of an import in one transaction, as the panel runs it: the event loop turns between two. */
const BATCH_AT_ONCE = 100;

/** Movies in one query. The event loop turns between two. */
const READ = 5_000;

/**
 * A platform's movies, as an import matches them: by title, without regard to case. Movies that share a title are matched
 * in order of creation: the first in the import is the oldest, and so on. So each is imported once, however often the
 * import runs.
 */
export class PlatformMovies {
  /** The id of the platform's newest movie when it was last read. */
  #newestId = 0;

  constructor(private readonly platformId: number) {}

  /** The ids of the movies, in their order; undefined for those that do not exist. */
  async find(movies: NewMovie[]): Promise<(number | undefined)[]> {
    const rows = await this.#rowsAfter(0);
    this.#newestId = rows.at(-1)?.id ?? 0;
    const byTitle = new Map<string, number[]>();
    await forEachInTurns(rows.toReversed(), ({ id, title }) => {
      const key = foldCase(title);
      const ids = byTitle.get(key);
      if (ids) ids.push(id);
      else byTitle.set(key, [id]);
    });
    const found: (number | undefined)[] = [];
    await forEachInTurns(movies, ({ title }) => found.push(byTitle.get(foldCase(title))?.pop()));
    return found;
  }

  /**
   * Adds the movies that do not exist.
   * @param onDone called with the number of movies found or added since the last call
   * @returns how many were added
   */
  async add(movies: NewMovie[], onDone: (steps: number) => void): Promise<number> {
    let absent = await this.#absent(movies);
    let done = movies.length - absent.length;
    let added = 0;
    onDone(done);
    const size = currentTransaction() ? BATCH_AT_ONCE : BATCH;
    while (absent.length > 0) {
      const batch = absent.slice(0, size);
      const isAdded = await this.#addIfUnchanged(batch);
      absent = isAdded ? absent.slice(size) : await this.#absent(movies);
      if (isAdded) added += batch.length;
      onDone(movies.length - absent.length - done);
      done = movies.length - absent.length;
    }
    return added;
  }

  async #absent(movies: NewMovie[]): Promise<NewMovie[]> {
    const ids = await this.find(movies);
    return movies.filter((_, index) => ids[index] === undefined);
  }

  /** Adds the movies, unless another process has added some since the last read: they may be the same. */
  async #addIfUnchanged(movies: NewMovie[]): Promise<boolean> {
    const addAll = async () => {
      await lockPlatforms([this.platformId]);
      if ((await this.#rowsAfter(this.#newestId)).length > 0) return null;
      await WatchList.bulkCreate(
        movies.map(({ title, storyline, active }) => ({
          title,
          storyline,
          active,
          platform_id: this.platformId,
        })),
      );
      return (await this.#rowsAfter(this.#newestId)).at(-1)?.id ?? this.#newestId;
    };
    const newest = await transaction(addAll, { repeatable: true });
    this.#newestId = newest ?? this.#newestId;
    return newest !== null;
  }

  async #rowsAfter(id: number): Promise<{ id: number; title: string }[]> {
    const rows: { id: number; title: string }[] = [];
    for (;;) {
      const page = await sequelize.query<{ id: number; title: string }>(
        'SELECT id, title FROM watch_lists WHERE platform_id = ? AND id > ? ORDER BY id LIMIT ?',
        { replacements: [this.platformId, rows.at(-1)?.id ?? id, READ], type: QueryTypes.SELECT },
      );
      rows.push(...page);
      if (page.length < READ) return rows;
    }
  }
}
