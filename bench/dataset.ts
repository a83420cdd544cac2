/*
 * Fills the database of DATABASE_URL with the data set: users, movies, and reviews by Zipf's law. An existing data set
 * is kept; records that an earlier benchmark has added are deleted. Arguments: the numbers of movies and users, and of
 * the most popular movie's reviews before the limit of one for each user. Prints the tokens of users who may write
 * reviews.
 */
import { QueryTypes } from 'sequelize';
import { dialect } from '../src/database/connection-options.js';
import { closeDatabase, sequelize } from '../src/database/database.js';
import { migrate } from '../src/database/migrations.js';
import { rebuildRatings } from '../src/ratings/verify-ratings.js';
import { applyPriors } from '../src/ratings/priors.js';
import { hashSecretKey, makeSecretKey } from '../src/auth/secret-key.js';
import { indexMovies, queueForgotten } from '../src/search/indexing.js';
import { allowLongStatements } from '../src/database/mysql-session.js';
import { FILLED, MARK } from './databases.js';
import { addCatalogue, addUsers, addZipfReviews } from './fill.js';
import { addDetails } from './fill-details.js';

/** Movies with a higher id have no reviews. */
const REVIEWED = 10_000;
const PLATFORMS = 20;
const REVIEWERS = 2_000;
const DAY_MS = 86_400_000;

async function fill(movies: number, users: number, scale: number): Promise<void> {
  await sequelize.query(`INSERT INTO settings (name, value) VALUES ('${MARK}', 'unfinished')`);
  await addUsers(users);
  await addCatalogue(PLATFORMS, movies);
  await addDetails(movies);
  await addZipfReviews(Math.min(movies, REVIEWED), users, scale);
  await rebuildRatings();
  await queueForgotten();
  await indexMovies();
  if (dialect === 'mysql')
    await sequelize.query(
      'ANALYZE TABLE users, watch_lists, watch_list_genres, genres, reviews, watch_list_postings',
    );
  await sequelize.query(`UPDATE settings SET value = ? WHERE name = '${MARK}'`, {
    replacements: [FILLED([movies, users, scale])],
  });
}

/** Deletes users that are not in the data set, with their reviews and tokens. */
async function removeTraces(users: number): Promise<void> {
  const [traces] = await sequelize
    .query('SELECT id FROM users WHERE id > ? LIMIT 1', {
      replacements: [users],
      type: QueryTypes.SELECT,
    })
    .then((rows) => rows as { id: number }[]);
  if (!traces) return;
  for (const [table, column] of [
    ['reviews', 'user_id'],
    ['auth_tokens', 'user_id'],
    ['users', 'id'],
  ]) {
    await sequelize.query(`DELETE FROM ${table} WHERE ${column} > ?`, { replacements: [users] });
  }
  await rebuildRatings();
}

/** A time in the database's text format. */
function at(date: Date): string {
  const text = date.toISOString().slice(0, -1).replace('T', ' ');
  return dialect === 'mysql' ? text : `${text} +00:00`;
}

/** Makes users with a token each. */
async function addReviewers(users: number): Promise<string[]> {
  const tokens = Array.from({ length: REVIEWERS }, makeSecretKey);
  const now = new Date();
  const expires = new Date(now.getTime() + DAY_MS);
  const rows = tokens.map((token, index) => {
    const id = users + 1 + index;
    return { id, name: `bench-${id}`, hash: hashSecretKey(token) };
  });
  await sequelize.query(
    `INSERT INTO users (id, username, username_key, email, email_key, date_joined) VALUES ${rows
      .map(
        ({ id, name }) =>
          `(${id}, '${name}', '${name}', '${name}@example.org', '${name}@example.org', '${at(now)}')`,
      )
      .join(', ')}`,
  );
  await sequelize.query(
    `INSERT INTO auth_tokens (user_id, key_hash, created, last_used, expires) VALUES ${rows
      .map(({ id, hash }) => `(${id}, '${hash}', '${at(now)}', '${at(now)}', '${at(expires)}')`)
      .join(', ')}`,
  );
  return tokens;
}

const [movies = 0, users = 0, scale = 0] = process.argv.slice(2).map(Number);
allowLongStatements();
await migrate();
await applyPriors();
const [mark] = await sequelize.query<{ value: string }>(`SELECT value FROM settings WHERE name = '${MARK}'`, {
  type: QueryTypes.SELECT,
});
if (!mark) await fill(movies, users, scale);
await removeTraces(users);
process.stdout.write(JSON.stringify(await addReviewers(users)));
await closeDatabase();
