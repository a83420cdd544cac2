import { readsFromPrimary } from '../read-connection.js';

/** The most rows that one statement looks up: what waits for them should not wait for many more. */
const MOST = 16;

interface Waiting<Row> {
  resolve: (row: Row | null) => void;
  reject: (error: unknown) => void;
}

/**
 * Looks rows up by a key, those that are asked for in one turn of the event loop by one statement: under load most
 * of a look-up's cost is the way to the database and back. Nobody waits for others to come.
 * @param keyOf a row's key
 * @param read reads the rows of these keys, of which there are 1, 2, 4, 8 or 16, the last perhaps several times
 * @returns what looks one up: the row or null. In a transaction, and at a replica, it reads at once by itself
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

/** Keys, of which there is one at least, the last repeated until they are a power of two: each number is a statement to prepare. */
export function padded<Key>(keys: readonly Key[]): Key[] {
  const length = 2 ** Math.ceil(Math.log2(keys.length));
  return Array.from({ length }, (_, index) => keys[Math.min(index, keys.length - 1)] as Key);
}

/** What stands behind IN for so many values. */
export function questionMarks(howMany: number): string {
  return `(${Array.from({ length: howMany }, () => '?').join(', ')})`;
}
