import type { Condition } from './condition.js';
import type { Source } from './list.js';
import { MOVIES, type MovieRow } from './movies.js';
import { select } from '../sql/statements.js';

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

/** The SELECT of how many movies there are, or a platform has. Each platform keeps the count of its own. */
export function movieCount(platformId?: number): Condition {
  return platformId === undefined
    ? { sql: 'SELECT COALESCE(SUM(watchlist_count), 0) FROM stream_platforms', values: [] }
    : { sql: 'SELECT watchlist_count FROM stream_platforms WHERE id = ?', values: [platformId] };
}

/** How many movies there are, or a platform has. */
export async function readMovieCount(platformId?: number): Promise<number> {
  const { sql, values } = movieCount(platformId);
  const [row] = await select<{ movies: number | null }>(`SELECT (${sql}) AS movies`, values);
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

/** The id of the platform that a text names: of the one with these digits for its id, else of the one so called. */
export async function findPlatform(idOrName: string, nameKey: string): Promise<number | null> {
  const byId = /^\d{1,15}$/.test(idOrName)
    ? await select<{ id: number }>('SELECT id FROM stream_platforms WHERE id = ?', [Number(idOrName)])
    : [];
  const [found] =
    byId.length > 0
      ? byId
      : await select<{ id: number }>('SELECT id FROM stream_platforms WHERE name_key = ?', [nameKey]);
  return found?.id ?? null;
}
