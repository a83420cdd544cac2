import type { Condition } from './condition.js';
import type { Count } from './list.js';
import type { Source } from './list-sql.js';
import { nameGenres } from './genre-names.js';
import { ALL_MOVIES, MOVIES, type MovieRow } from './movies.js';
import { select } from '../database/sql/statements.js';

/** A platform with the number of its movies, as stored in the database. */
export interface PlatformRow {
  id: number;
  name: string;
  about: string;
  website: string;
  watchlist_count: number;
}

/** The source of lists of platforms. */
export const PLATFORMS: Source = {
  table: 'stream_platforms',
  termsMax: 180,
  columns: 'record.id, record.name, record.about, record.website, record.watchlist_count',
  joins: '',
};

const ONE = `SELECT ${PLATFORMS.columns} FROM stream_platforms AS record WHERE record.id = ?`;

/** Reads a platform by its id; null where there is none. */
export async function readPlatform(id: number): Promise<PlatformRow | null> {
  const [row] = await select<PlatformRow>(ONE, [id]);
  return row ?? null;
}

/**
 * The SELECT of the number of movies, of all platforms or one. It uses the stored counts of the platforms, and counts only
 * inactive movies, which are usually few.
 * @param platformId an SQL expression
 * @param active counts only movies with this value; by default all
 */
export function movieCount(platformId?: Condition, active?: boolean): Count {
  const all = platformId
    ? {
        sql: `SELECT watchlist_count FROM stream_platforms WHERE id = ${platformId.sql}`,
        values: platformId.values,
      }
    : { sql: ALL_MOVIES, values: [] };
  if (active === undefined) return all;
  const inactive = {
    sql: `SELECT COUNT(*) FROM watch_lists WHERE active = 0${platformId ? ` AND platform_id = ${platformId.sql}` : ''}`,
    values: platformId?.values ?? [],
    indexOnly: true,
  };
  if (!active) return inactive;
  return {
    sql: `SELECT (${all.sql}) - (${inactive.sql})`,
    values: [...all.values, ...inactive.values],
    indexOnly: true,
  };
}

/** Reads the number of movies, of all platforms or one; with `active` of those with this value. */
export async function readMovieCount(platformId?: number, active?: boolean): Promise<number> {
  const platform = platformId === undefined ? undefined : { sql: '?', values: [platformId] };
  const { sql, values, indexOnly } = movieCount(platform, active);
  const [row] = await select<{ movies: number | null }>(`SELECT (${sql}) AS movies`, values, { indexOnly });
  return Number(row?.movies ?? 0);
}

/** Reads the newest movies of these platforms, at most `limit` of each, newest first. */
export async function readNewest(platformIds: number[], limit: number): Promise<MovieRow[]> {
  if (platformIds.length === 0) return [];
  const newest = `SELECT ${MOVIES.columns} FROM watch_lists AS record ${MOVIES.joins}
    WHERE record.platform_id = ? ORDER BY record.created DESC, record.id DESC LIMIT ?`;
  const union = platformIds.map((_, index) => `SELECT * FROM (${newest}) AS newest_${index}`);
  const values = platformIds.flatMap((id) => [id, limit]);
  const rows = await select<MovieRow>(union.join(' UNION ALL '), values);
  await nameGenres(rows);
  return rows.toSorted((a, b) => (a.created === b.created ? b.id - a.id : a.created < b.created ? 1 : -1));
}

/**
 * The SQL expression of the id of a platform that is given by id or name. An id takes precedence over a name of digits.
 * It is NULL where there is no such platform.
 */
export function platformIdOf(idOrName: string, nameKey: string): Condition {
  const byName = '(SELECT id FROM stream_platforms WHERE name_key = ?)';
  if (!/^\d{1,15}$/.test(idOrName)) return { sql: byName, values: [nameKey] };
  const byId = '(SELECT id FROM stream_platforms WHERE id = ?)';
  return { sql: `COALESCE(${byId}, ${byName})`, values: [Number(idOrName), nameKey] };
}

/** Finds the id of a platform that is given by id or name; null where there is none. */
export async function findPlatform(idOrName: string, nameKey: string): Promise<number | null> {
  const { sql, values } = platformIdOf(idOrName, nameKey);
  const [row] = await select<{ id: number | null }>(`SELECT ${sql} AS id`, values);
  return row?.id ?? null;
}
