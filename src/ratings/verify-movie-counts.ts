import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { transaction } from '../database/transactions.js';
import { noteChange } from '../database/changes.js';
import { setMovieCount } from './movie-counts.js';
import { lockPlatforms } from './locks.js';

/** A platform's count, and its number of movies in the same snapshot. */
export interface CountComparison {
  id: number;
  name: string;
  watchlist_count: number;
  movies: number;
}

/** The result of an audit of the platforms. */
export interface CountAudit {
  /** The number of platforms compared. */
  checked: number;
  /** The platforms whose count differed from their movies. */
  wrong: CountComparison[];
}

/** Compares every platform's count with its movies. It is one statement, so writes meanwhile show no false differences. */
export async function verifyMovieCounts(): Promise<CountAudit> {
  const compared = await compare();
  return { checked: compared.length, wrong: compared.filter(isWrong) };
}

/**
 * Corrects every count that differs from the platform's movies. Only those platforms are locked, and their movies are
 * counted again under the lock.
 * @returns the number compared, and the counts corrected
 */
export async function rebuildMovieCounts(): Promise<CountAudit> {
  const { checked, wrong } = await verifyMovieCounts();
  if (wrong.length === 0) return { checked, wrong };
  const ids = wrong.map(({ id }) => id);
  const correct = async () => {
    await lockPlatforms(ids, { required: [] });
    const still = (await compare(ids)).filter(isWrong);
    for (const { id, movies } of still) await setMovieCount(id, movies);
    noteChange('everything');
    return still;
  };
  return { checked, wrong: await transaction(correct, { repeatable: true }) };
}

function isWrong({ watchlist_count, movies }: CountComparison): boolean {
  return watchlist_count !== movies;
}

function compare(ids?: number[]): Promise<CountComparison[]> {
  return sequelize.query<CountComparison>(
    `SELECT id, name, watchlist_count,
      (SELECT COUNT(*) FROM watch_lists WHERE platform_id = stream_platforms.id) AS movies
    FROM stream_platforms ${ids ? 'WHERE id IN (?)' : ''} ORDER BY id`,
    { replacements: ids ? [ids] : [], type: QueryTypes.SELECT },
  );
}
