import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { transaction } from '../database/transactions.js';
import { eachBatch, type OnProgress, type Range } from './batches.js';
import { RATING_FIELDS, type Ratings, ratingsOf } from './distribution.js';
import { lockMovies } from './locks.js';
import { setRatings } from './votes.js';

/** Movies compared in one statement. */
const BATCH = 2_000;

/** A rating field that differs from the movie's reviews. */
export interface Difference {
  id: number;
  title: string;
  field: keyof Ratings;
  stored: number;
  right: number;
}

/** A movie's stored rating fields, and those computed from its reviews in the same snapshot. */
interface Comparison {
  id: number;
  title: string;
  stored: Ratings;
  right: Ratings;
}

/**
 * Compares every movie's rating fields with its visible reviews. Each batch is one statement, so writes meanwhile show no
 * false differences, and memory does not grow with the catalogue.
 * @param onDifference called for each field that differs
 * @returns the number of movies compared
 */
export async function verifyRatings(
  onDifference: (difference: Difference) => void,
  onProgress: OnProgress = () => {},
): Promise<number> {
  return eachMovieBatch(onProgress, async (compared) => {
    for (const movie of compared) differencesOf(movie).forEach(onDifference);
  });
}

/**
 * Corrects every rating field that differs from the movie's reviews. Only those movies are locked, and their reviews are
 * counted again under the lock, so concurrent writes are not lost.
 * @param onDifference called for each field that was corrected
 * @returns the number of movies compared, and of movies corrected
 */
export async function rebuildRatings(
  onDifference: (difference: Difference) => void = () => {},
  onProgress: OnProgress = () => {},
): Promise<{ checked: number; changed: number }> {
  let changed = 0;
  const checked = await eachMovieBatch(onProgress, async (compared) => {
    const wrong = compared.filter((movie) => differencesOf(movie).length > 0).map(({ id }) => id);
    if (wrong.length === 0) return;
    const corrected = await transaction(async () => {
      await lockMovies(wrong, { required: [] });
      const still = (await compare('m.id IN (:wrong)', 'watchlist_id IN (:wrong)', { wrong })).filter(
        (movie) => differencesOf(movie).length > 0,
      );
      for (const { id, right } of still) await setRatings(id, right);
      return still;
    });
    changed += corrected.length;
    for (const movie of corrected) differencesOf(movie).forEach(onDifference);
  });
  return { checked, changed };
}

function differencesOf({ id, title, stored, right }: Comparison): Difference[] {
  return RATING_FIELDS.filter((field) => stored[field] !== right[field]).map((field) => ({
    id,
    title,
    field,
    stored: stored[field],
    right: right[field],
  }));
}

function eachMovieBatch(
  onProgress: OnProgress,
  visit: (compared: Comparison[]) => Promise<void>,
): Promise<number> {
  const compareRange = async (range: Range) =>
    visit(
      await compare('m.id > :after AND m.id <= :last', 'watchlist_id > :after AND watchlist_id <= :last', {
        ...range,
      }),
    );
  return eachBatch('watch_lists', BATCH, compareRange, onProgress);
}

/** Reads movies' rating fields and counts their visible reviews in one statement, so both are of one snapshot. */
async function compare(
  movies: string,
  reviews: string,
  replacements: Record<string, unknown>,
): Promise<Comparison[]> {
  const counts = [1, 2, 3, 4, 5].map((stars) => `SUM(rating = ${stars}) AS count_${stars}`).join(', ');
  const rows = await sequelize.query<Record<string, number | string | null>>(
    `SELECT m.id, m.title, ${RATING_FIELDS.map((field) => `m.${field}`).join(', ')},
      votes.count_1, votes.count_2, votes.count_3, votes.count_4, votes.count_5
    FROM watch_lists m
    LEFT JOIN (
      SELECT watchlist_id, ${counts} FROM reviews WHERE active = 1 AND ${reviews} GROUP BY watchlist_id
    ) votes ON votes.watchlist_id = m.id
    WHERE ${movies} ORDER BY m.id`,
    { replacements, type: QueryTypes.SELECT },
  );
  return rows.map((row) => {
    const count = (stars: number) => Number(row[`count_${stars}`] ?? 0);
    return {
      id: Number(row.id),
      title: String(row.title),
      stored: Object.fromEntries(
        RATING_FIELDS.map((field) => [field, Number(row[field])]),
      ) as unknown as Ratings,
      right: ratingsOf([count(1), count(2), count(3), count(4), count(5)]),
    };
  });
}
