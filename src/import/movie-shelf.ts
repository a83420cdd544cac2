import { QueryTypes } from 'sequelize';
import { sequelize, transaction } from '../database.js';
import { foldCase } from '../models/rules.js';
import { WatchList } from '../models/watch-list.js';
import type { NewMovie } from './catalogue.js';

/** Movies written in one transaction. */
const BATCH = 500;

/**
 * A platform's movies, as an import finds them again: by title, without regard to case. Where several have the same
 * title, the first in the import is the first that was made, the second the second, and so on: so films that share a
 * name are each imported once, however often the import runs.
 */
export class MovieShelf {
  constructor(private readonly platformId: number) {}

  /** The ids of the movies, in their order; undefined for those that are not there. */
  async find(movies: NewMovie[]): Promise<(number | undefined)[]> {
    const rows = await sequelize.query<{ id: number; title: string }>(
      'SELECT id, title FROM watch_lists WHERE platform_id = ? ORDER BY id',
      { replacements: [this.platformId], type: QueryTypes.SELECT },
    );
    const byTitle = new Map<string, number[]>();
    for (const { id, title } of rows.toReversed()) {
      const ids = byTitle.get(foldCase(title));
      if (ids) ids.push(id);
      else byTitle.set(foldCase(title), [id]);
    }
    return movies.map(({ title }) => byTitle.get(foldCase(title))?.pop());
  }

  /**
   * Adds those of the movies that are not there.
   * @param onDone told of each some movies that are there now
   * @returns how many were added
   */
  async add(movies: NewMovie[], onDone: (steps: number) => void): Promise<number> {
    const ids = await this.find(movies);
    const absent = movies.filter((_, index) => ids[index] === undefined);
    onDone(movies.length - absent.length);
    for (let start = 0; start < absent.length; start += BATCH) {
      const batch = absent.slice(start, start + BATCH);
      await transaction(() =>
        WatchList.bulkCreate(
          batch.map(({ title, storyline, active }) => ({
            title,
            storyline,
            active,
            platform_id: this.platformId,
          })),
        ),
      );
      onDone(batch.length);
    }
    return absent.length;
  }
}
