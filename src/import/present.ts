import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { foldCase } from '../models/validation.js';
import type { NewMovie } from './formats/catalogue.js';

/** A review's movie and user. */
interface Pair {
  watchlist_id: number;
  user_id: number;
}

/** The ids of those users that are there, by the keys of their names. */
export async function userIdsByKey(keys: string[]): Promise<Map<string, number>> {
  const rows = await sequelize.query<{ id: number; username: string }>(
    'SELECT id, username FROM users WHERE username_key IN (?)',
    { replacements: [keys], type: QueryTypes.SELECT },
  );
  return new Map(rows.map(({ id, username }) => [foldCase(username), id]));
}

export function pairOf({ watchlist_id, user_id }: Pair): string {
  return `${watchlist_id} ${user_id}`;
}

/** Those of the pairs of which there is a review. */
export async function pairsAmong(pairs: Pair[]): Promise<Set<string>> {
  const movies = [...new Set(pairs.map(({ watchlist_id }) => watchlist_id))];
  const users = [...new Set(pairs.map(({ user_id }) => user_id))];
  if (movies.length === 0) return new Set();
  // `+ 0` keeps the databases from looking up every user with every movie.
  const rows = await sequelize.query<Pair>(
    'SELECT watchlist_id, user_id FROM reviews WHERE watchlist_id IN (?) AND user_id + 0 IN (?)',
    { replacements: [movies, users], type: QueryTypes.SELECT },
  );
  return new Set(rows.map(pairOf));
}

/** The movies' indexes by the names of their platforms, of which each is spelt as in its first movie. */
export function movieIndexesByPlatform(movies: NewMovie[]): Map<string, number[]> {
  const byKey = new Map<string, [name: string, indexes: number[]]>();
  movies.forEach(({ platform }, index) => {
    const known = byKey.get(foldCase(platform));
    if (known) known[1].push(index);
    else byKey.set(foldCase(platform), [platform, [index]]);
  });
  return new Map(byKey.values());
}

export function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
