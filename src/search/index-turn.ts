import { randomUUID } from 'node:crypto';
import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { INDEX_STATE } from './index-queue.js';

/**
 * The state of the index: which index it is, how many changes it has had, and a mark of the last one. A check constraint
 * demands the first word, so that a version that does not know the titles' posting lists cannot change the index.
 */
const STATE = /^titles (\S+) (\d+) \S+$/;

/** A change of the index. */
export interface Turn {
  /** Identifies the index; another one where it was built anew. */
  epoch: string;
  /** The number of the change. Later changes have higher numbers, and become visible later. */
  number: number;
}

/** Reads a state of the index; null for none, or one of an older version. */
export function turnOf(state: string | null | undefined): Turn | null {
  const [, epoch, number] = STATE.exec(state ?? '') ?? [];
  return epoch === undefined ? null : { epoch, number: Number(number) };
}

/**
 * Waits until no other transaction changes the index, and gives the index a new state. To be called before any other
 * lock: two writers could add the same new word, where no row exists to lock.
 */
export async function takeTurn(): Promise<Turn> {
  await sequelize.query(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE value = value',
    {
      replacements: [INDEX_STATE, stateOf({ epoch: randomUUID(), number: 0 })],
    },
  );
  const [row] = await sequelize.query<{ value: string }>('SELECT value FROM settings WHERE name = ?', {
    replacements: [INDEX_STATE],
    type: QueryTypes.SELECT,
  });
  const { epoch, number } = turnOf(row?.value) ?? { epoch: randomUUID(), number: 0 };
  const turn = { epoch, number: number + 1 };
  await sequelize.query('UPDATE settings SET value = ? WHERE name = ?', {
    replacements: [stateOf(turn), INDEX_STATE],
  });
  return turn;
}

const stateOf = ({ epoch, number }: Turn) => `titles ${epoch} ${number} ${randomUUID()}`;
