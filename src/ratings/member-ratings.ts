import { QueryTypes } from 'sequelize';
import { dialect } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';
import { BY_KEY, chunks, selectIds } from '../database/sql/row-locks.js';
import { write } from '../database/sql/statements.js';
import { type Differences, grouped } from './differences.js';
import { type Distribution, STARS } from './distribution.js';
import { lockMembers } from './locks.js';

/*
 * The only writer of `member_ratings`, the distribution of the stars that each user's shown reviews give. A user's row comes
 * with the first such review. Everything here runs in the caller's transaction, which has locked the movies: these rows come
 * behind them in the lock order, since the deletion of a movie changes those of all its reviewers.
 */

const COLUMNS = STARS.map((stars) => `rating_${stars}`);
const ADDED = COLUMNS.map((column) => `${column} = ${column} + ?`).join(', ');
const SHIFT = `UPDATE member_ratings${BY_KEY} SET ${ADDED}`;
const INSERT = `INSERT INTO member_ratings (user_id, ${COLUMNS.join(', ')}) VALUES (?, ?, ?, ?, ?, ?)`;
const OR_UPDATE = dialect === 'mysql' ? 'ON DUPLICATE KEY UPDATE' : 'ON CONFLICT (user_id) DO UPDATE SET';
const ADD = `${INSERT} ${OR_UPDATE} ${ADDED}`;
const SET = `${INSERT} ${OR_UPDATE} ${COLUMNS.map((column) => `${column} = ?`).join(', ')}`;

/**
 * Changes the distributions of members. One who gains a review is locked in `users`: the new row's foreign key must wait for
 * nobody.
 */
export async function countMemberVotes(differences: Differences): Promise<void> {
  const changed = [...differences].filter(([, difference]) => difference.some((count) => count !== 0));
  const [first] = changed;
  if (first && changed.length === 1) {
    const [id, difference] = first;
    const gains = difference.some((count) => count > 0);
    await (gains
      ? write(ADD, [id, ...difference, ...difference])
      : write(`${SHIFT} WHERE user_id = ?`, [...difference, id]));
    return;
  }
  const gaining = changed.filter(([, difference]) => difference.some((count) => count > 0));
  await makeRows(gaining.map(([id]) => id));
  await lockMembers(changed.map(([id]) => id));
  for (const { ids, difference } of grouped(new Map(changed))) {
    for (const chunk of chunks(ids)) {
      await sequelize.query(`${SHIFT} WHERE user_id IN (?)`, {
        replacements: [...difference, chunk],
        type: QueryTypes.UPDATE,
      });
    }
  }
}

/** Locks the rows of locked users, which several changes will write, and makes those that are missing. */
export async function lockMemberRatings(userIds: number[]): Promise<void> {
  if (dialect === 'sqlite') return;
  await makeRows([...new Set(userIds)]);
  await lockMembers(userIds);
}

/** Makes the rows of locked users that have none. */
async function makeRows(userIds: number[]): Promise<void> {
  for (const chunk of chunks(userIds.toSorted((a, b) => a - b))) {
    const present = new Set(
      await selectIds('SELECT user_id AS id FROM member_ratings WHERE user_id IN (?)', [chunk]),
    );
    for (const id of chunk.filter((user) => !present.has(user))) {
      await write(ADD, [id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    }
  }
}

/** Subtracts the reviews of movies that are about to be deleted from the distributions of their authors. */
export async function uncountReviewersOf(movieIds: number[]): Promise<void> {
  const differences = new Map<number, number[]>();
  for (const chunk of chunks(movieIds)) {
    const rows = await sequelize.query<{ user_id: number; rating: number; reviews: number }>(
      `SELECT user_id, rating, COUNT(*) AS reviews FROM reviews
      WHERE watchlist_id IN (?) AND active = 1 GROUP BY user_id, rating`,
      { replacements: [chunk], type: QueryTypes.SELECT },
    );
    for (const { user_id, rating, reviews } of rows) {
      const difference = differences.get(user_id) ?? [0, 0, 0, 0, 0];
      difference[rating - 1] = (difference[rating - 1] as number) - reviews;
      differences.set(user_id, difference);
    }
  }
  await countMemberVotes(differences);
}

/** Deletes a user's distribution, before the user is deleted. */
export async function removeMember(userId: number): Promise<void> {
  await write('DELETE FROM member_ratings WHERE user_id = ?', [userId]);
}

/** Replaces the distribution of a member who is locked in `users`, too. */
export async function setMemberRatings(userId: number, distribution: Distribution): Promise<void> {
  await write(SET, [userId, ...distribution, ...distribution]);
}
