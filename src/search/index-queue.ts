import { QueryTypes } from 'sequelize';
import { dialect } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';
import { titleText } from './words.js';

/*
 * The queue of the inverted index: movies whose words it lacks or has outdated, and deleted movies that it still has. A
 * transaction that writes a movie queues it too, so that a search never misses one. SQLite needs no queue: the database
 * maintains its full-text indexes itself, of the titles from the table that is written here.
 */

/** The setting that identifies the state of the index; each change to the index gives it a new value. */
export const INDEX_STATE = 'search_index';

/** Queues a movie whose words were added or changed, or that is about to be deleted. */
export function queueMovie(id: number): Promise<void> {
  return queue('id = ?', [id]);
}

/** Queues movies that were just added: those from this id on, perhaps including other transactions' movies. */
export function queueMoviesFrom(id: number): Promise<void> {
  return queue('id >= ? ORDER BY id', [id]);
}

/** Queues the movies of a platform, which are about to be deleted. */
export function queueMoviesOf(platformId: number): Promise<void> {
  return dialect === 'sqlite' ? Promise.resolve() : queue('platform_id = ? ORDER BY id', [platformId]);
}

async function queue(condition: string, replacements: number[]): Promise<void> {
  if (dialect === 'sqlite') return storeTitles(condition, replacements);
  await sequelize.query(
    `INSERT IGNORE INTO watch_list_index_queue SELECT id FROM watch_lists WHERE ${condition}`,
    {
      replacements,
      type: QueryTypes.INSERT,
    },
  );
}

/** Up to how many queued movies are counted. */
const COUNTED = 100_001;

/** The number of queued movies, up to 100,001; none on SQLite. */
export async function queueLength(): Promise<number> {
  if (dialect === 'sqlite') return 0;
  const [row] = await sequelize.query<{ queued: number }>(
    `SELECT COUNT(*) AS queued FROM (SELECT movie_id FROM watch_list_index_queue LIMIT ${COUNTED}) AS some`,
    { type: QueryTypes.SELECT },
  );
  return Number(row?.queued ?? 0);
}

/** Titles that one statement stores. */
const TITLES = 500;

/** Stores the tokens of the titles, on SQLite; a trigger deletes those of deleted movies. */
async function storeTitles(condition: string, replacements: number[]): Promise<void> {
  const movies = await sequelize.query<{ id: number; title: string }>(
    `SELECT id, title FROM watch_lists WHERE ${condition}`,
    { replacements, type: QueryTypes.SELECT },
  );
  for (let from = 0; from < movies.length; from += TITLES) {
    const part = movies.slice(from, from + TITLES);
    await sequelize.query(
      `INSERT INTO watch_list_titles (id, search_text) VALUES ${part.map(() => '(?)').join(', ')}
      ON CONFLICT (id) DO UPDATE SET search_text = excluded.search_text
      WHERE search_text <> excluded.search_text`,
      { replacements: part.map(({ id, title }) => [id, titleText(title)]), type: QueryTypes.INSERT },
    );
  }
}
