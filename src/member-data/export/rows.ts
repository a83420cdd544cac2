import { select } from '../../database/sql/statements.js';
import { isoTime, timeText } from '../../database/sql/time.js';

/** Values by the columns of a CSV file. */
export type ExportRow = Record<string, string | number | boolean | null>;

/** Rows in one statement. */
const BATCH = 500;

/** A movie in every file: what other sites know it by. */
interface MovieColumns {
  title: string;
  year: number | null;
  imdb_id: string | null;
  movie_id: number;
  platform: string | null;
}

const MOVIE = 'movie.title, movie.year, movie.imdb_id, movie.id AS movie_id, platform.name AS platform';
const OF_MOVIE = `JOIN watch_lists AS movie ON movie.id = X.watchlist_id
  LEFT JOIN stream_platforms AS platform ON platform.id = movie.platform_id`;

const movieOf = ({ title, year, imdb_id }: MovieColumns): ExportRow => ({
  Title: title,
  Year: year,
  imdbID: imdb_id,
});
/** By which another Marquee tells apart what other sites do not. */
const placeOf = ({ platform, movie_id }: MovieColumns): ExportRow => ({
  Platform: platform,
  Movie: movie_id,
});
const dayOf = (time: string) => isoTime(time).slice(0, 10);

/** Reads rows in the order of their ids, batch by batch, each from those behind an id. */
async function* batches<Row extends { id: number }>(
  readAfter: (id: number) => Promise<Row[]>,
  present: (row: Row) => ExportRow,
): AsyncGenerator<ExportRow[]> {
  for (let last = 0; ;) {
    const rows = await readAfter(last);
    yield rows.map(present);
    if (rows.length < BATCH) return;
    last = rows.at(-1)?.id ?? 0;
  }
}

interface ReviewRow extends MovieColumns {
  id: number;
  rating: number;
  description: string | null;
  spoiler: number;
  active: number;
  helpful_count: number;
  created: string;
  update: string;
}

/** A member's reviews: the columns of Letterboxd's import, and behind them those of Marquee's. */
export function reviewRows(userId: number): AsyncGenerator<ExportRow[]> {
  const sql = `SELECT review.id, review.rating, review.description, review.spoiler, review.active, review.helpful_count,
    ${timeText('review', 'created')}, ${timeText('review', '`update`')}, ${MOVIE}
    FROM reviews AS review ${OF_MOVIE.replace('X', 'review')}
    WHERE review.user_id = ? AND review.id > ? ORDER BY review.id LIMIT ?`;
  const readAfter = (id: number) => select<ReviewRow>(sql, [userId, id, BATCH]);
  return batches(readAfter, (row) => ({
    ...movieOf(row),
    Rating: row.rating,
    Review: row.description,
    WatchedDate: dayOf(row.created),
    Spoiler: Boolean(row.spoiler),
    Created: isoTime(row.created),
    Updated: isoTime(row.update),
    Hidden: !row.active,
    Helpful: row.helpful_count,
    ...placeOf(row),
  }));
}

type SavedRow = MovieColumns & { id: number; created: string };

/** The movies that a member wants to see, in the same columns. */
export function savedRows(userId: number): AsyncGenerator<ExportRow[]> {
  const sql = `SELECT saved.id, ${timeText('saved', 'created')}, ${MOVIE}
    FROM saved_movies AS saved ${OF_MOVIE.replace('X', 'saved')}
    WHERE saved.user_id = ? AND saved.id > ? ORDER BY saved.id LIMIT ?`;
  const readAfter = (id: number) => select<SavedRow>(sql, [userId, id, BATCH]);
  return batches(readAfter, (row) => ({
    ...movieOf(row),
    Rating: null,
    Review: null,
    WatchedDate: null,
    Created: isoTime(row.created),
    ...placeOf(row),
  }));
}

interface AboutReviewRow extends MovieColumns {
  id: number;
  author: string;
  review_id: number;
  created: string;
  /** Of a report. */
  reason?: string;
  closed?: string | null;
}

/** What a member has marked of others' reviews, by table; further columns are of the report. */
function aboutReviews(
  table: 'helpful_votes' | 'review_reports',
  userId: number,
  columns: string,
  present: (row: AboutReviewRow) => ExportRow,
): AsyncGenerator<ExportRow[]> {
  const sql = `SELECT mark.id, ${timeText('mark', 'created')}, mark.review_id, author.username AS author${columns}, ${MOVIE}
    FROM ${table} AS mark JOIN reviews AS review ON review.id = mark.review_id
    JOIN users AS author ON author.id = review.user_id ${OF_MOVIE.replace('X', 'review')}
    WHERE mark.user_id = ? AND mark.id > ? ORDER BY mark.id LIMIT ?`;
  const readAfter = (id: number) => select<AboutReviewRow>(sql, [userId, id, BATCH]);
  return batches(readAfter, (row) => ({
    ...movieOf(row),
    Author: row.author,
    Review: row.review_id,
    ...present(row),
    Created: isoTime(row.created),
  }));
}

/** The reviews that a member finds helpful. */
export function helpfulRows(userId: number): AsyncGenerator<ExportRow[]> {
  return aboutReviews('helpful_votes', userId, '', () => ({}));
}

/** The reviews that a member has reported. */
export function reportRows(userId: number): AsyncGenerator<ExportRow[]> {
  const columns = `, mark.reason, ${timeText('mark', 'closed')}`;
  return aboutReviews('review_reports', userId, columns, ({ reason = '', closed }) => ({
    Reason: reason,
    Closed: closed ? isoTime(closed) : null,
  }));
}

interface ProfileRow {
  username: string;
  email: string;
  role: string;
  date_joined: string;
  last_login: string | null;
}

/** A member's account, in one row. */
export async function* profileRows(userId: number): AsyncGenerator<ExportRow[]> {
  const rows = await select<ProfileRow>(
    `SELECT username, email, role, ${timeText('users', 'date_joined')}, ${timeText('users', 'last_login')}
    FROM users WHERE id = ?`,
    [userId],
  );
  yield rows.map((row) => ({
    Username: row.username,
    Email: row.email,
    Role: row.role,
    Joined: isoTime(row.date_joined),
    'Last login': row.last_login === null ? null : isoTime(row.last_login),
  }));
}
