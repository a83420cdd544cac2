import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { transaction } from '../database/transactions.js';
import { noteChange } from '../database/changes.js';
import { type Counted, setMovieCount } from './movie-counts.js';
import { lockGenres, lockPlatforms } from './locks.js';

/** Counts a row's movies. */
const MOVIES: Readonly<Record<Counted, string>> = {
  stream_platforms: 'SELECT COUNT(*) FROM watch_lists WHERE platform_id = stream_platforms.id',
  genres: 'SELECT COUNT(*) FROM watch_list_genres WHERE genre_id = genres.id',
};

/** The count of a platform or genre, and its number of movies in the same snapshot. */
export interface CountComparison {
  id: number;
  name: string;
  watchlist_count: number;
  movies: number;
}

/** The result of an audit of platforms or genres. */
export interface CountAudit {
  /** How many were compared. */
  checked: number;
  /** Those whose count differed from their movies. */
  wrong: CountComparison[];
}

/**
 * Compares every platform's count, or every genre's, with its movies. It is one statement, so writes meanwhile show no
 * false differences.
 */
export async function verifyMovieCounts(table: Counted): Promise<CountAudit> {
  const compared = await compare(table);
  return { checked: compared.length, wrong: compared.filter(isWrong) };
}

/**
 * Corrects every count that differs from its movies. Only those platforms, or the genres, are locked, and their movies are
 * counted again under the lock.
 * @returns the number compared, and the counts corrected
 */
export async function rebuildMovieCounts(table: Counted): Promise<CountAudit> {
  const { checked, wrong } = await verifyMovieCounts(table);
  if (wrong.length === 0) return { checked, wrong };
  const ids = wrong.map(({ id }) => id);
  const correct = async () => {
    if (table === 'genres') await lockGenres();
    else await lockPlatforms(ids, { required: [] });
    const still = (await compare(table, ids)).filter(isWrong);
    for (const { id, movies } of still) await setMovieCount(table, id, movies);
    noteChange('everything');
    return still;
  };
  return { checked, wrong: await transaction(correct, { repeatable: true }) };
}

function isWrong({ watchlist_count, movies }: CountComparison): boolean {
  return watchlist_count !== movies;
}

function compare(table: Counted, ids?: number[]): Promise<CountComparison[]> {
  return sequelize.query<CountComparison>(
    `SELECT id, name, watchlist_count, (${MOVIES[table]}) AS movies
    FROM ${table} ${ids ? 'WHERE id IN (?)' : ''} ORDER BY id`,
    { replacements: ids ? [ids] : [], type: QueryTypes.SELECT },
  );
}
