import { sequelize } from '../src/database/database.js';
import { inChunks, quotient } from './fill.js';

/** From the commonest on: half of the movies have the first one, one in fifteen the last but one, one in 997 the last. */
export const GENRES = [
  'Drama', 'Comedy', 'Thriller', 'Romance', 'Action', 'Documentary', 'Horror', 'Crime', 'Adventure', 'Family', 'Science Fiction',
  'Animation', 'Fantasy', 'Mystery', 'History', 'Music', 'War', 'Biography', 'Western', 'Short', 'Film Noir',
]; // prettier-ignore

const COMMON = GENRES.length - 1;
/** Primes, so that genres, years and platforms do not depend on each other. */
const PICKS = [
  [7_919, 1_009],
  [104_729, 1_013],
  [1_299_709, 1_019],
] as const;
const RARE_EACH = 997;

/** SQL that picks a genre for a movie, the first ones more often. */
function picked([factor, modulus]: (typeof PICKS)[number]): string {
  const place = `((n * ${factor}) % ${modulus})`;
  return `1 + ${quotient(`${COMMON} * ${place} * ${place}`, modulus ** 2)}`;
}

/**
 * Gives the movies 1 to `howMany`, which have none, a year, a kind, a runtime and an IMDb id, up to four genres, and two
 * thirds of them the columns of a poster. One in fifty has no year, one in twenty no runtime.
 */
export async function addDetails(howMany: number): Promise<void> {
  const genres = GENRES.map((name, index) => `(${index + 1}, '${name}', '${name.toLowerCase()}')`);
  await sequelize.query(`INSERT INTO genres (id, name, name_key) VALUES ${genres.join(', ')}`);
  const links = [
    ...PICKS.map((pick) => `SELECT n, ${picked(pick)} AS genre FROM movies`),
    `SELECT n, ${GENRES.length} FROM movies WHERE n % ${RARE_EACH} = 0`,
  ];
  await inChunks(
    howMany,
    (rows) => `INSERT INTO watch_list_genres (watchlist_id, genre_id)
      WITH movies AS (SELECT n FROM ${rows}) SELECT DISTINCT n, genre FROM (${links.join(' UNION ALL ')}) AS linked
      WHERE n % 25 <> 0 ORDER BY n, genre`,
  );
  await inChunks(
    howMany,
    (_rows, from, to) => `UPDATE watch_lists SET
        year = CASE WHEN id % 50 = 0 THEN NULL ELSE 1920 + (id * 31) % 105 END,
        kind = CASE WHEN id % 6 = 0 THEN 'show' ELSE 'movie' END,
        runtime = CASE WHEN id % 20 = 0 THEN NULL ELSE 60 + (id * 13) % 121 END,
        imdb_id = CONCAT('tt', 1000000 + id),
        genre_ids = COALESCE((SELECT GROUP_CONCAT(genre_id) FROM watch_list_genres WHERE watchlist_id = id), ''),
        poster = CASE WHEN id % 3 = 0 THEN NULL ELSE SUBSTR(CONCAT('${'0'.repeat(40)}', id), -40) END,
        poster_width = CASE WHEN id % 3 = 0 THEN NULL ELSE 500 END,
        poster_height = CASE WHEN id % 3 = 0 THEN NULL ELSE 750 END,
        poster_color = CASE WHEN id % 3 = 0 THEN NULL ELSE '#58181b' END
      WHERE id >= ${from} AND id < ${to}`,
  );
  await sequelize.query(`UPDATE genres
    SET watchlist_count = (SELECT COUNT(*) FROM watch_list_genres WHERE genre_id = genres.id)`);
}
