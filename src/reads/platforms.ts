import type { Condition } from './condition.js';
import type { Count, Source } from './list.js';
import { MOVIES, type MovieRow } from './movies.js';
import { select } from '../database/sql/statements.js';

/** A platform and how many movies it has, as the database has it. */
export interface PlatformRow {
  id: number;
  name: string;
  about: string;
  website: string;
  watchlist_count: number;
}

/** The platforms, as lists show them. */
export const PLATFORMS: Source = {
  table: 'stream_platforms',
  columns: 'record.id, record.name, record.about, record.website, record.watchlist_count',
  joins: '',
};

const ONE = `SELECT ${PLATFORMS.columns} FROM stream_platforms AS record WHERE record.id = ?`;

/** The platform of that id, or null. */
export async function readPlatform(id: number): Promise<PlatformRow | null> {
  const [row] = await select<PlatformRow>(ONE, [id]);
  return row ?? null;
}

/**
 * The SELECT of how many movies there are, or a platform has. Each platform keeps the count of its own; of them those are
 * counted that are not active, which are few as a rule.
 * @param platformId an SQL expression
 * @param active of which movies; by default of all
 */
export function movieCount(platformId?: Condition, active?: boolean): Count {
  const all = platformId
    ? {
        sql: `SELECT watchlist_count FROM stream_platforms WHERE id = ${platformId.sql}`,
        values: platformId.values,
      }
    : { sql: 'SELECT COALESCE(SUM(watchlist_count), 0) FROM stream_platforms', values: [] };
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

/** How many movies there are, or a platform has; of all, or of those that are active or not. */
export async function readMovieCount(platformId?: number, active?: boolean): Promise<number> {
  const platform = platformId === undefined ? undefined : { sql: '?', values: [platformId] };
  const { sql, values, indexOnly } = movieCount(platform, active);
  const [row] = await select<{ movies: number | null }>(`SELECT (${sql}) AS movies`, values, { indexOnly });
  return Number(row?.movies ?? 0);
}

/** The newest movies of each of these platforms, at most `limit` of one, the last added first. */
export async function readNewest(platformIds: number[], limit: number): Promise<MovieRow[]> {
  if (platformIds.length === 0) return [];
  const newest = `SELECT ${MOVIES.columns} FROM watch_lists AS record ${MOVIES.joins}
    WHERE record.platform_id = ? ORDER BY record.created DESC, record.id DESC LIMIT ?`;
  const union = platformIds.map((_, index) => `SELECT * FROM (${newest}) AS newest_${index}`);
  const values = platformIds.flatMap((id) => [id, limit]);
  const rows = await select<MovieRow>(union.join(' UNION ALL '), values);
  return rows.toSorted((a, b) => (a.created === b.created ? b.id - a.id : a.created < b.created ? 1 : -1));
}

/**
 * The SQL expression of the id of the platform that a text names: of the one with these digits for its id, else of the
 * one so called; NULL where there is none.
 */
export function platformIdOf(idOrName: string, nameKey: string): Condition {
  const byName = '(SELECT id FROM stream_platforms WHERE name_key = ?)';
  if (!/^\d{1,15}$/.test(idOrName)) return { sql: byName, values: [nameKey] };
  const byId = '(SELECT id FROM stream_platforms WHERE id = ?)';
  return { sql: `COALESCE(${byId}, ${byName})`, values: [Number(idOrName), nameKey] };
}

/** The id of the platform that a text names, or null. */
export async function findPlatform(idOrName: string, nameKey: string): Promise<number | null> {
  const { sql, values } = platformIdOf(idOrName, nameKey);
  const [row] = await select<{ id: number | null }>(`SELECT ${sql} AS id`, values);
  return row?.id ?? null;
}
