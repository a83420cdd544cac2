import { overloaded } from '../database/gate.js';
import { selectSlowly } from '../database/sql/statements.js';
import { groupByRelevance, type Query, type RankedIds } from '../search/relevance.js';
import type { Condition } from './condition.js';

/** More queued movies that match take longer to compare than a request may. */
const MOST = 50_000;

/**
 * The relevance of the queued movies that a search finds, by their titles. For a long queue: a short one comes with the
 * found movies.
 * @param found matches what the search finds
 * @throws {ConnectionError} where they are too many
 */
export async function rankQueued(query: Query, found: Condition): Promise<RankedIds> {
  const rows = await selectSlowly<{ id: number; title: string }>(
    `SELECT record.id, record.title FROM watch_list_index_queue AS queue
    JOIN watch_lists AS record ON record.id = queue.movie_id WHERE ${found.sql} LIMIT ${MOST + 1}`,
    found.values,
  );
  if (rows.length > MOST) throw overloaded('too many movies wait to be indexed');
  return groupByRelevance(rows, query);
}
