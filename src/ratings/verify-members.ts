import { QueryTypes } from 'sequelize';
import { noteChange } from '../database/changes.js';
import { sequelize } from '../database/database.js';
import { selectIds } from '../database/sql/row-locks.js';
import { transaction } from '../database/transactions.js';
import { eachBatch, type OnProgress } from './batches.js';
import { type Distribution, STARS } from './distribution.js';
import { lockUsers } from './locks.js';
import { lockMemberRatings, setMemberRatings } from './member-ratings.js';

/** Users compared in one statement. */
const BATCH = 2_000;

/** A member's distribution that differs from the member's shown reviews. */
export interface WrongMember {
  id: number;
  username: string;
  stored: Distribution;
  right: Distribution;
}

/**
 * Compares every member's distribution with the member's shown reviews. Each batch is one statement, so writes meanwhile show
 * no false differences.
 * @returns the number of users compared
 */
export function verifyMembers(
  onWrong: (member: WrongMember) => void,
  onProgress?: OnProgress,
): Promise<number> {
  const visit = async (range: object) => (await wrongIn(RANGE, range)).forEach(onWrong);
  return eachBatch('users', BATCH, visit, onProgress);
}

/**
 * Corrects every distribution that differs. Only those members are locked, and their reviews are counted again under the lock.
 * @returns the number of users compared, and of those corrected
 */
export async function rebuildMembers(onProgress?: OnProgress): Promise<{ checked: number; changed: number }> {
  let changed = 0;
  const visit = async (range: object) => {
    const ids = (await wrongIn(RANGE, range)).map(({ id }) => id);
    if (ids.length > 0) changed += await transaction(() => correct(ids), { repeatable: true });
  };
  return { checked: await eachBatch('users', BATCH, visit, onProgress), changed };
}

/**
 * Corrects the distributions of members that were wrong.
 * @returns how many still were
 */
async function correct(wrong: number[]): Promise<number> {
  await lockUsers(wrong, { required: [] });
  const ids = await selectIds('SELECT id FROM users WHERE id IN (?)', [wrong]);
  await lockMemberRatings(ids);
  const still = ids.length > 0 ? await wrongIn(LIST, { ids }) : [];
  for (const { id, right } of still) await setMemberRatings(id, right);
  noteChange('everything');
  return still.length;
}

/** The conditions of the users to compare, by the column that has their id. */
const RANGE = (id: string) => `${id} > :after AND ${id} <= :last`;
const LIST = (id: string) => `${id} IN (:ids)`;

const STORED = STARS.map((stars) => `COALESCE(member.rating_${stars}, 0)`);
const RIGHT = STARS.map((stars) => `COALESCE(votes.count_${stars}, 0)`);

type Row = Record<string, number | string>;

function distributionOf(row: Row, kind: 'stored' | 'right'): Distribution {
  return STARS.map((stars) => Number(row[`${kind}_${stars}`])) as unknown as Distribution;
}

async function wrongIn(users: (id: string) => string, replacements: object): Promise<WrongMember[]> {
  const rows = await sequelize.query<Row>(
    `SELECT u.id, u.username, ${STARS.map((stars, index) => `${STORED[index]} AS stored_${stars}, ${RIGHT[index]} AS right_${stars}`).join(', ')}
    FROM users u LEFT JOIN member_ratings member ON member.user_id = u.id
    LEFT JOIN (
      SELECT user_id, ${STARS.map((stars) => `SUM(rating = ${stars}) AS count_${stars}`).join(', ')}
      FROM reviews WHERE active = 1 AND ${users('user_id')} GROUP BY user_id
    ) votes ON votes.user_id = u.id
    WHERE ${users('u.id')} AND (${STARS.map((_, index) => `${STORED[index]} <> ${RIGHT[index]}`).join(' OR ')})
    ORDER BY u.id`,
    { replacements: { ...replacements }, type: QueryTypes.SELECT },
  );
  return rows.map((row) => ({
    id: Number(row.id),
    username: String(row.username),
    stored: distributionOf(row, 'stored'),
    right: distributionOf(row, 'right'),
  }));
}
