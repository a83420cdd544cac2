// The dashboard's counts. None scans all reviews: the movies' stored counts cover the shown reviews, and every other count
// is a range of an index.
import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database/database.js';
import { STARS } from '../../src/ratings/distribution.js';

export interface MovieCounts {
  all: number;
  active: number;
  new: number;
  /** The number of shown reviews with one star, two stars, … five stars. */
  distribution: number[];
}

export interface ReviewCounts {
  all: number;
  hidden: number;
  reported: number;
  new: number;
}

export interface UserCounts {
  all: number;
  new: number;
}

/** Counts movies, and the shown reviews by the movies' stored counts. */
export async function countMovies(newSince: Date): Promise<MovieCounts> {
  const stars = STARS.map((star) => `SUM(rating_${star}) AS rating_${star}`).join(', ');
  const [row = {}] = await select(
    `SELECT COUNT(*) AS movies, SUM(active) AS active, SUM(created >= ?) AS fresh, ${stars} FROM watch_lists`,
    [newSince],
  );
  return {
    all: Number(row.movies),
    active: Number(row.active),
    new: Number(row.fresh),
    distribution: STARS.map((star) => Number(row[`rating_${star}`])),
  };
}

/** Counts the reviews that are hidden, reported or new. */
export async function countReviews(newSince: Date): Promise<Omit<ReviewCounts, 'all'>> {
  const [hidden, reported, fresh] = await Promise.all([
    count('SELECT COUNT(*) AS n FROM reviews WHERE active = ?', [false]),
    count('SELECT COUNT(*) AS n FROM reviews WHERE open_reports > ?', [0]),
    count('SELECT COUNT(*) AS n FROM reviews WHERE created >= ?', [newSince]),
  ]);
  return { hidden, reported, new: fresh };
}

export async function countUsers(newSince: Date): Promise<UserCounts> {
  const [row = {}] = await select('SELECT COUNT(*) AS n, SUM(date_joined >= ?) AS fresh FROM users', [
    newSince,
  ]);
  return { all: Number(row.n), new: Number(row.fresh) };
}

/**
 * Counts reviews from each moment until the next, and since the last. Each count is a range of an index; GROUP BY day would
 * sort the rows.
 */
export async function countReviewsBetween(moments: Date[]): Promise<number[]> {
  const ranges = moments.map((_moment, index) =>
    index === moments.length - 1 ? 'created >= ?' : 'created >= ? AND created < ?',
  );
  const columns = ranges.map((range, index) => `(SELECT COUNT(*) FROM reviews WHERE ${range}) AS n${index}`);
  const bounds = moments.flatMap((moment, index) => [moment, ...moments.slice(index + 1, index + 2)]);
  const [row = {}] = await select(`SELECT ${columns.join(', ')}`, bounds);
  return moments.map((_moment, index) => Number(row[`n${index}`]));
}

async function count(sql: string, replacements: unknown[]): Promise<number> {
  const [row] = await select(sql, replacements);
  return Number(row?.n);
}

function select(sql: string, replacements: unknown[]): Promise<Record<string, unknown>[]> {
  return sequelize.query(sql, { replacements, type: QueryTypes.SELECT });
}
