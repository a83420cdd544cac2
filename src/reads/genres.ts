import { dialect } from '../database/connection-options.js';
import type { Condition } from './condition.js';
import type { Source } from './list-sql.js';
import type { Count } from './list.js';

/** A genre with the number of its movies, as stored in the database. */
export interface GenreRow {
  id: number;
  name: string;
  watchlist_count: number;
}

/** The source of lists of genres. */
export const GENRES: Source = {
  table: 'genres',
  columns: 'record.id, record.name, record.watchlist_count',
  joins: '',
};

/**
 * Matches movies with a genre.
 * @param nameKey the case-folded name
 */
export function hasGenre(nameKey: string): Condition {
  const genre = '(SELECT id FROM genres WHERE name_key = ?)';
  return {
    sql: `record.id IN (SELECT watchlist_id FROM watch_list_genres WHERE genre_id = ${genre})`,
    check:
      dialect === 'mysql'
        ? `FIND_IN_SET(${genre}, record.genre_ids)`
        : `(SELECT 1 FROM watch_list_genres WHERE watchlist_id = record.id AND genre_id = ${genre}) = 1`,
    values: [nameKey],
  };
}

/** The SELECT of the number of movies with a genre, which its stored count has. */
export function genreCount(nameKey: string): Count {
  return {
    sql: 'SELECT COALESCE((SELECT watchlist_count FROM genres WHERE name_key = ?), 0)',
    values: [nameKey],
  };
}
