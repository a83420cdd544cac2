import { QueryTypes } from 'sequelize';
import { dialect } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';

/*
 * The queue of the inverted index: movies whose words it lacks or has outdated, and deleted movies that it still has. A
 * transaction that writes a movie queues it too, so that a search never misses one. SQLite needs no queue: the database
 * maintains its full-text index itself.
 */

/** The setting that identifies the state of the index; each change to the index gives it a new value. */
export const INDEX_STATE = 'search_index';

const QUEUE = 'INSERT IGNORE INTO watch_list_index_queue SELECT id FROM watch_lists WHERE';

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
  return queue('platform_id = ? ORDER BY id', [platformId]);
}

async function queue(condition: string, replacements: number[]): Promise<void> {
  if (dialect === 'sqlite') return;
  await sequelize.query(`${QUEUE} ${condition}`, { replacements, type: QueryTypes.INSERT });
}
