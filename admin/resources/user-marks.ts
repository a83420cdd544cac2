import type { RecordActionResponse } from 'adminjs';
import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database/database.js';
import { readForStaff } from '../../src/database/gate.js';

/** Reports or helpful votes that a user has given or received, as the panel shows them. */
export interface ShownMarks {
  count: number;
  /** How many of the reports are open. */
  open?: number;
  /** The latest reviews that they are about, the newest first, with their movies' titles. */
  reviews: { id: number; title: string }[];
}

/** How many reviews are named. */
const NAMED = 10;

/** The marks of a user by the panel's properties: the rows that count, with `mark` and `review` as their tables. */
const MARKS = {
  reports_by: { table: 'review_reports', of: 'mark.user_id' },
  reports_about: { table: 'review_reports', of: 'review.user_id' },
  helpful_given: { table: 'helpful_votes', of: 'mark.user_id' },
  helpful_received: { table: 'helpful_votes', of: 'review.user_id' },
} as const;
type Mark = keyof typeof MARKS;

/** The properties of a user's page that show marks. What a user wants to see is nobody's business. */
export const USER_MARKS = Object.keys(MARKS) as Mark[];

/** Hook after the `show` action of users, which only admins have: adds their reports and helpful votes. */
export async function withMarks(response: RecordActionResponse): Promise<RecordActionResponse> {
  const id = Number(response.record?.id);
  if (!response.record || !id) return response;
  for (const mark of USER_MARKS) response.record.params[mark] = await marksOf(id, mark);
  return response;
}

async function marksOf(userId: number, mark: Mark): Promise<ShownMarks> {
  const { table, of } = MARKS[mark];
  const from = `FROM ${table} AS mark JOIN reviews AS review ON review.id = mark.review_id`;
  const open = table === 'review_reports' ? 'SUM(mark.closed IS NULL)' : '0';
  const read = <Row extends object>(sql: string) =>
    readForStaff(() => sequelize.query<Row>(sql, { replacements: [userId], type: QueryTypes.SELECT }));
  const [counts] = await read<{ count: number; open: number | string | null }>(
    `SELECT COUNT(*) AS count, ${open} AS open ${from} WHERE ${of} = ?`,
  );
  const reviews = await read<{ id: number; title: string }>(
    `SELECT review.id, MAX(movie.title) AS title ${from} JOIN watch_lists AS movie ON movie.id = review.watchlist_id
    WHERE ${of} = ? GROUP BY review.id ORDER BY MAX(mark.id) DESC LIMIT ${NAMED}`,
  );
  return {
    count: counts?.count ?? 0,
    ...(table === 'review_reports' && { open: Number(counts?.open ?? 0) }),
    reviews,
  };
}
