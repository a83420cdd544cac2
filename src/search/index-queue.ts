import { QueryTypes } from 'sequelize';
import { dialect } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';

/*
 * The movies whose words the inverted index does not have yet as they are, or has though they are gone. Who writes a
 * movie queues it in the same transaction, so that a search never misses one. SQLite's full-text index needs none of it:
 * the database itself keeps that.
 */

/** The setting that names the state of the index; it is another one after each change. */
export const INDEX_STATE = 'search_index';

const QUEUE = 'INSERT IGNORE INTO watch_list_index_queue SELECT id FROM watch_lists WHERE';

/** Queues a movie whose words are new, were changed or are about to go. */
export function queueMovie(id: number): Promise<void> {
  return queue('id = ?', [id]);
}

/** Queues movies that were just added: those from this id on, perhaps with some that others have added. */
export function queueMoviesFrom(id: number): Promise<void> {
  return queue('id >= ? ORDER BY id', [id]);
}

/** Queues the movies of a platform, which are about to go. */
export function queueMoviesOf(platformId: number): Promise<void> {
  return queue('platform_id = ? ORDER BY id', [platformId]);
}

async function queue(condition: string, replacements: number[]): Promise<void> {
  if (dialect === 'sqlite') return;
  await sequelize.query(`${QUEUE} ${condition}`, { replacements, type: QueryTypes.INSERT });
}
