import { dialect } from '../database/connection-options.js';
import { questionMarks } from '../database/sql/batch.js';
import { select, selectSlowly } from '../database/sql/statements.js';
import { storedTime } from '../database/sql/time.js';
import { nameGenres } from './genre-names.js';
import { type MovieRow, MOVIES } from './movies.js';
import { REVIEWS, type ReviewRow } from './reviews.js';

const DAY_MS = 86_400_000;
/** Reviews count as recent for this time. */
export const RECENT_DAYS = 30;
/** Of more recent reviews than these the newest are counted. */
const COUNTED_MAX = 20_000;
/** Movies that are kept in order of their recent reviews. */
const RANKED_MAX = 100;
/** The order is kept for so many times as long as it took to count, and half a minute at most. */
const KEPT_TIMES = 100;
const KEPT_MAX_MS = 30_000;

const byCreated = dialect === 'mysql' ? 'FORCE INDEX (reviews_created)' : 'INDEXED BY reviews_created';

const LATEST = `SELECT ${REVIEWS.columns} FROM (
    SELECT review.id FROM reviews AS review ${byCreated} WHERE review.active = 1
    ORDER BY review.created DESC, review.id DESC LIMIT ?
  ) AS latest JOIN reviews AS record ON record.id = latest.id ${REVIEWS.joins}
  ORDER BY record.created DESC, record.id DESC`;

/** Reads the newest shown reviews of all movies. */
export function readLatestReviews(limit: number): Promise<ReviewRow[]> {
  return select<ReviewRow>(LATEST, [limit]);
}

const COUNTED = `SELECT recent.watchlist_id AS id, COUNT(*) AS reviews FROM (
    SELECT review.watchlist_id FROM reviews AS review ${byCreated}
    WHERE review.created >= ? AND review.active = 1 ORDER BY review.created DESC LIMIT ${COUNTED_MAX}
  ) AS recent GROUP BY recent.watchlist_id ORDER BY reviews DESC, id DESC LIMIT ${RANKED_MAX}`;

let kept: { ids: Promise<number[]>; until: number } | undefined;

/** The ids of the movies with the most recent reviews. Many requests at once count them once. */
function rankedIds(): Promise<number[]> {
  if (kept && performance.now() < kept.until) return kept.ids;
  const start = performance.now();
  const since = storedTime(new Date(Date.now() - RECENT_DAYS * DAY_MS));
  const ids = selectSlowly<{ id: number }>(COUNTED, [since]).then((rows) => rows.map(({ id }) => id));
  const counting = { ids, until: Infinity };
  kept = counting;
  const settle = () => {
    const took = performance.now() - start;
    counting.until = performance.now() + Math.min(KEPT_TIMES * took, KEPT_MAX_MS);
  };
  ids.then(settle, () => {
    kept = undefined;
  });
  return ids;
}

/** Reads the movies with the most shown reviews of the last days. Their order may lag by seconds, their ratings do not. */
export async function readTrending(limit: number): Promise<MovieRow[]> {
  const ids = await rankedIds();
  if (ids.length === 0) return [];
  const rows = await select<MovieRow>(
    `SELECT ${MOVIES.columns} FROM watch_lists AS record ${MOVIES.joins} WHERE record.id IN ${questionMarks(ids.length)}`,
    ids,
  );
  await nameGenres(rows);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []).slice(0, limit);
}
