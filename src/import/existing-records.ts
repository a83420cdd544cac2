import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { foldCase } from '../models/validation.js';
import type { NewMovie } from './catalogue.js';
import { forEachInTurns } from './turns.js';

/** The movie and user of a review. */
interface Pair {
  watchlist_id: number;
  user_id: number;
}

/** The ids of the existing platforms with these name keys, by key. */
export async function platformIdsByKey(keys: string[]): Promise<Map<string, number>> {
  const rows = await sequelize.query<{ id: number; name: string }>(
    'SELECT id, name FROM stream_platforms WHERE name_key IN (?)',
    { replacements: [keys], type: QueryTypes.SELECT },
  );
  return new Map(rows.map(({ id, name }) => [foldCase(name), id]));
}

/** The ids of the existing users with these username keys, by key. */
export async function userIdsByKey(keys: string[]): Promise<Map<string, number>> {
  const rows = await sequelize.query<{ id: number; username: string }>(
    'SELECT id, username FROM users WHERE username_key IN (?)',
    { replacements: [keys], type: QueryTypes.SELECT },
  );
  return new Map(rows.map(({ id, username }) => [foldCase(username), id]));
}

/** A map key for a pair. */
export function keyOfPair({ watchlist_id, user_id }: Pair): string {
  return `${watchlist_id} ${user_id}`;
}

/** The keys of the pairs that have a review. */
export async function reviewedPairs(pairs: Pair[]): Promise<Set<string>> {
  const movies = [...new Set(pairs.map(({ watchlist_id }) => watchlist_id))];
  const users = [...new Set(pairs.map(({ user_id }) => user_id))];
  if (movies.length === 0) return new Set();
  // `+ 0` keeps the databases from probing an index for every combination of user and movie.
  const rows = await sequelize.query<Pair>(
    'SELECT watchlist_id, user_id FROM reviews WHERE watchlist_id IN (?) AND user_id + 0 IN (?)',
    { replacements: [movies, users], type: QueryTypes.SELECT },
  );
  return new Set(rows.map(keyOfPair));
}

/** The movies' indexes by platform name, which is spelt as in the platform's first movie. */
export async function movieIndexesByPlatform(movies: NewMovie[]): Promise<Map<string, number[]>> {
  const byKey = new Map<string, [name: string, indexes: number[]]>();
  await forEachInTurns(movies, ({ platform }, index) => {
    const entry = byKey.get(foldCase(platform));
    if (entry) entry[1].push(index);
    else byKey.set(foldCase(platform), [platform, [index]]);
  });
  return new Map(byKey.values());
}

export function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
