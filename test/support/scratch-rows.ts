import { createHash } from 'node:crypto';
import { hashPassword } from '../../src/auth/password.js';
import { PASSWORD } from './factories.js';
import type { ScratchDatabase } from './scratch-database.js';

const MOMENT = "'2026-01-01 00:00:00.000'";

const keyOf = (id: number) => id.toString(16).padStart(64, '0');

/** The credentials of the user with that id. */
export function authorization(id: number): { Authorization: string } {
  return { Authorization: `Token ${keyOf(id)}` };
}

/**
 * Makes the users `from` to `to`, each with a token, by plain SQL. They share one password hash: the API would compute
 * one for each.
 */
export async function addPeople(
  database: ScratchDatabase,
  from: number,
  to: number,
  role = 'user',
): Promise<number[]> {
  const ids = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const password = await hashPassword(PASSWORD);
  const users = ids.map(
    (id) =>
      `(${id}, 'u${id}', 'u${id}', 'u${id}@example.org', 'u${id}@example.org', '${password}', '${role}', ${MOMENT})`,
  );
  await database.write(
    `INSERT INTO users (id, username, username_key, email, email_key, password, role, date_joined) VALUES ${users.join(', ')}`,
  );
  const tokens = ids.map((id) => {
    const hash = createHash('sha256').update(keyOf(id)).digest('hex');
    return `(${id}, '${hash}', ${MOMENT}, '2999-01-01 00:00:00.000')`;
  });
  await database.write(
    `INSERT INTO auth_tokens (user_id, key_hash, created, expires) VALUES ${tokens.join(', ')}`,
  );
  return ids;
}

/** Platforms 1 to 3 with two movies each. */
export async function addCatalogue(database: ScratchDatabase): Promise<void> {
  const platforms = [1, 2, 3].map((id) => `(${id}, 'P${id}', 'p${id}', 'Films.', 'https://example.org', 2)`);
  await database.write(
    `INSERT INTO stream_platforms (id, name, name_key, about, website, watchlist_count) VALUES ${platforms.join(', ')}`,
  );
  const movies = [1, 2, 3, 4, 5, 6].map(
    (id) => `(${id}, 'M${id}', 'm${id}', 'A story.', ${1 + (id % 3)}, '2026-01-01 00:00:00.000', 3.5)`,
  );
  await database.write(
    `INSERT INTO watch_lists (id, title, title_key, storyline, platform_id, created, weighted_rating) VALUES ${movies.join(', ')}`,
  );
}
