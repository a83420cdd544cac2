import type { Count } from './list.js';
import { select } from '../database/sql/statements.js';
import { timeText } from '../database/sql/time.js';
import { STARS } from '../ratings/distribution.js';

/** What everybody may know of a user, as stored in the database. */
export interface ProfileRow {
  username: string;
  date_joined: string;
  rating_1: number;
  rating_2: number;
  rating_3: number;
  rating_4: number;
  rating_5: number;
}

const RATINGS = STARS.map((stars) => `COALESCE(member.rating_${stars}, 0) AS rating_${stars}`).join(', ');
const ONE = `SELECT record.username, ${timeText('record', 'date_joined')}, ${RATINGS} FROM users AS record
  LEFT JOIN member_ratings AS member ON member.user_id = record.id WHERE record.username_key = ? AND record.is_active = 1`;

/**
 * Reads the profile of an active user; null where there is none.
 * @param usernameKey the case-folded name
 */
export async function readProfile(usernameKey: string): Promise<ProfileRow | null> {
  const [row] = await select<ProfileRow>(ONE, [usernameKey]);
  return row ?? null;
}

/** The SELECT of the number of a user's shown reviews, which are counted by stars. */
export function reviewCountOf(userId: number): Count {
  const sum = STARS.map((stars) => `rating_${stars}`).join(' + ');
  return {
    sql: `SELECT COALESCE((SELECT ${sum} FROM member_ratings WHERE user_id = ?), 0)`,
    values: [userId],
  };
}
