import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { transaction } from '../database/transactions.js';
import { lockPlatforms } from '../ratings/locks.js';
import { foldCase } from '../models/validation.js';
import { WatchList } from '../models/watch-list.js';
import type { NewMovie } from './catalogue.js';

/** Movies in one transaction. */
const BATCH = 500;

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
    for (const { id, title } of rows.toReversed()) {
      const ids = byTitle.get(foldCase(title));
      if (ids) ids.push(id);
      else byTitle.set(foldCase(title), [id]);
    }
    return movies.map(({ title }) => byTitle.get(foldCase(title))?.pop());
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
    while (absent.length > 0) {
      const batch = absent.slice(0, BATCH);
      const isAdded = await this.#addIfUnchanged(batch);
      absent = isAdded ? absent.slice(BATCH) : await this.#absent(movies);
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

  #rowsAfter(id: number): Promise<{ id: number; title: string }[]> {
    return sequelize.query<{ id: number; title: string }>(
      'SELECT id, title FROM watch_lists WHERE platform_id = ? AND id > ? ORDER BY id',
      { replacements: [this.platformId, id], type: QueryTypes.SELECT },
    );
  }
}
