import { readsFromPrimary } from '../read-connection.js';

/** The most rows per statement, so that a lookup does not wait for many others. */
const MOST = 16;

interface Waiting<Row> {
  resolve: (row: Row | null) => void;
  reject: (error: unknown) => void;
}

/**
 * Batches the lookups of one event-loop tick into one statement. Under load the round trip costs more than the query. No
 * lookup waits for later ones.
 * @param keyOf gives a row's key
 * @param read reads the rows of 1, 2, 4, 8 or 16 keys; the last key may be repeated
 * @returns a lookup of one row, or null. In a transaction or on a replica it reads at once, without a batch
 */
export function batchLoader<Key, Row>(
  keyOf: (row: Row) => Key,
  read: (keys: Key[]) => Promise<Row[]>,
): (key: Key) => Promise<Row | null> {
  let asked = new Map<Key, Waiting<Row>[]>();

  const readAsked = () => {
    const all = [...asked];
    asked = new Map();
    for (let from = 0; from < all.length; from += MOST) void answer(all.slice(from, from + MOST));
  };

  const answer = async (part: [Key, Waiting<Row>[]][]) => {
    const keys = part.map(([key]) => key);
    try {
      const rows = new Map((await read(padded(keys))).map((row) => [keyOf(row), row]));
      for (const [key, waiting] of part) for (const { resolve } of waiting) resolve(rows.get(key) ?? null);
    } catch (error) {
      for (const [, waiting] of part) for (const { reject } of waiting) reject(error);
    }
  };

  return async (key) => {
    if (!readsFromPrimary()) return (await read([key]))[0] ?? null;
    if (asked.size === 0) setImmediate(readAsked);
    return new Promise((resolve, reject) => {
      const waiting = asked.get(key);
      if (waiting) waiting.push({ resolve, reject });
      else asked.set(key, [{ resolve, reject }]);
    });
  };
}

/** Repeats the last of at least one key up to a power of two: every number of keys is another statement to prepare. */
export function padded<Key>(keys: readonly Key[]): Key[] {
  const length = 2 ** Math.ceil(Math.log2(keys.length));
  return Array.from({ length }, (_, index) => keys[Math.min(index, keys.length - 1)] as Key);
}

/** The placeholders of an IN list. */
export function questionMarks(howMany: number): string {
  return `(${Array.from({ length: howMany }, () => '?').join(', ')})`;
}
