import { QueryTypes } from 'sequelize';
import { dialect } from '../src/database/connection-options.js';
import { sequelize } from '../src/database/database.js';
import { config } from '../src/config.js';

/** The rows that one statement writes: few enough for its time, also on a machine that is busy. */
const CHUNK = 10_000;

const DIGITS = `(${Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS d`).join(' UNION ALL ')})`;
const MOMENT = "'2026-01-01 00:00:00.000'";

/** The numbers from `from` to below `to` as a table `numbers (n)`. Not recursive: recursion is limited in MySQL. */
function numbers(from: number, to: number): string {
  const places = Array.from({ length: String(to - from - 1).length }, (_, index) => index);
  const sum = places.map((place) => `d${place}.d * ${10 ** place}`).join(' + ');
  const tables = places.map((place) => `${DIGITS} AS d${place}`).join(' CROSS JOIN ');
  return `(SELECT n + ${from} AS n FROM (SELECT ${sum} AS n FROM ${tables}) AS counted WHERE n < ${to - from}) AS numbers`;
}

/**
 * Runs a statement for each part of the numbers 1 to `howMany`.
 * @param write makes the statement for a table `numbers (n)` that has the numbers `from` to below `to`
 */
export async function inChunks(
  howMany: number,
  write: (rows: string, from: number, to: number) => string,
): Promise<void> {
  for (let from = 1; from <= howMany; from += CHUNK) {
    const to = Math.min(from + CHUNK, howMany + 1);
    await sequelize.query(write(numbers(from, to), from, to), { type: QueryTypes.RAW });
  }
}

/** Makes the users 1 to `howMany`. */
export async function addUsers(howMany: number): Promise<void> {
  await inChunks(
    howMany,
    (rows) => `INSERT INTO users (id, username, username_key, email, email_key, date_joined)
      SELECT n, CONCAT('user', n), CONCAT('user', n), CONCAT('user', n, '@example.org'),
        CONCAT('user', n, '@example.org'), ${MOMENT} FROM ${rows}`,
  );
}

/** Makes one platform and the movies 1 to `howMany` on it, without reviews. */
export async function addMovies(howMany: number): Promise<void> {
  await sequelize.query(`INSERT INTO stream_platforms (id, name, name_key, about, website)
    VALUES (1, 'Bench', 'bench', 'Films to measure.', 'https://bench.example.org')`);
  await inChunks(
    howMany,
    (
      rows,
    ) => `INSERT INTO watch_lists (id, title, title_key, storyline, platform_id, created, weighted_rating)
      SELECT n, CONCAT('Film ', n), CONCAT('film ', n), 'A story.', 1, ${MOMENT}, ${config.RATING_PRIOR_MEAN}
      FROM ${rows}`,
  );
  await countMovies();
}

/** Sets the platforms' counts of movies, which the models would otherwise update. */
async function countMovies(): Promise<void> {
  await sequelize.query(`UPDATE stream_platforms
    SET watchlist_count = (SELECT COUNT(*) FROM watch_lists WHERE platform_id = stream_platforms.id)`);
}

/**
 * Gives each of the movies 1 to `movies` `each` reviews by different users, one in twenty of them hidden. The movies'
 * rating fields are not updated: `ratings -- rebuild` does that.
 */
export async function addReviews(movies: number, each: number, users: number): Promise<void> {
  // 59 and the number of users have no common factor, so a movie's reviewers differ.
  await inChunks(
    movies * each,
    (rows) => `INSERT INTO reviews (user_id, watchlist_id, rating, active, created, \`update\`)
      SELECT 1 + (movie * 37 + place * 59) % ${users}, movie, 1 + (movie * 7 + place * place) % 5,
        CASE WHEN (movie + place) % 20 = 0 THEN 0 ELSE 1 END, ${MOMENT}, ${MOMENT}
      FROM (SELECT 1 + (n - 1) % ${movies} AS movie, ${quotient('n - 1', movies)} AS place FROM ${rows}) AS pairs`,
  );
}

/** Gives a movie reviews by the users 1 to `howMany`. */
export async function addReviewsOf(movie: number, howMany: number): Promise<void> {
  await inChunks(
    howMany,
    (rows) => `INSERT INTO reviews (user_id, watchlist_id, rating, created, \`update\`)
      SELECT n, ${movie}, 1 + n % 5, ${MOMENT}, ${MOMENT} FROM ${rows}`,
  );
}

/** The words of the titles. The search index stores all of their letters unchanged. */
const FIRST = 'silver amber hidden golden silent broken winter summer distant crimson hollow velvet'.split(
  ' ',
);
const SECOND = 'harbour garden signal letter bridge corner island lantern meadow shadow station window'.split(
  ' ',
);

/** SQL that picks a word by a number. */
const pickWord = (words: string[], number: string) =>
  `CASE ${number} % ${words.length} ${words.map((word, index) => `WHEN ${index} THEN '${word}'`).join(' ')} END`;

/** Makes `platforms` platforms and the movies 1 to `howMany` on them, with titles of two words and a number. */
export async function addCatalogue(platforms: number, howMany: number): Promise<void> {
  await sequelize.query(`INSERT INTO stream_platforms (id, name, name_key, about, website, search_text)
    SELECT n, CONCAT('Bench ', n), CONCAT('bench ', n), 'Films to measure.', 'https://bench.example.org', 'mqbench'
    FROM ${numbers(1, platforms + 1)}`);
  const first = pickWord(FIRST, 'n');
  const second = pickWord(SECOND, quotient('n', FIRST.length));
  await inChunks(
    howMany,
    (
      rows,
    ) => `INSERT INTO watch_lists (id, title, title_key, storyline, platform_id, created, weighted_rating, search_text)
      SELECT n, CONCAT(one, ' ', two, ' ', n), CONCAT(one, ' ', two, ' ', n),
        CONCAT('The story of the ', one, ' ', two, ', told once more and in number ', n, ', for those who came late.'),
        1 + n % ${platforms}, ${MOMENT}, ${config.RATING_PRIOR_MEAN}, CONCAT('mq', one, ' mq', two, ' mq', n, ' mqstory')
      FROM (SELECT n, ${first} AS one, ${second} AS two FROM ${rows}) AS titled`,
  );
  if (dialect === 'sqlite') {
    await inChunks(
      howMany,
      (
        rows,
      ) => `INSERT INTO watch_list_titles (id, search_text) SELECT n, CONCAT('mq', ${first}, ' mq', ${second}, ' mq', n)
        FROM ${rows}`,
    );
  }
  await countMovies();
}

/**
 * Gives the movies reviews by Zipf's law: the movie of rank r gets `scale` / r of them, at most one by each user. They
 * are inserted in mixed order, as visitors would write them.
 */
export async function addZipfReviews(movies: number, users: number, scale: number): Promise<void> {
  for (let from = 1; from <= users; from = Math.ceil(from * 1.5)) {
    const to = Math.min(Math.ceil(from * 1.5), users + 1);
    await sequelize.query(`INSERT INTO reviews (user_id, watchlist_id, rating, description, created, \`update\`)
      SELECT 1 + (id * 37 + n * 59) % ${users}, id, 1 + (id + n * n) % 5,
        CONCAT('Seen on evening ', n, ', and worth the time that it took.'), ${MOMENT}, ${MOMENT}
      FROM ${numbers(from, to)} JOIN watch_lists ON id <= ${movies} AND id * n <= ${scale}
      ORDER BY (id * 7919 + n * 104729) % 1000003`);
  }
}

/** Integer division, whose operator differs between the two databases. */
export function quotient(dividend: string, divisor: number): string {
  return `((${dividend}) - (${dividend}) % ${divisor}) / ${divisor}`;
}
