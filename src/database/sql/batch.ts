import DataLoader from 'dataloader';
import { readsFromPrimary } from '../read-connection.js';

/** The most rows per statement, so that a lookup does not wait for many others. */
const MOST = 16;

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
  const loader = new DataLoader<Key, Row | null>(
    async (keys) => {
      const rows = new Map((await read(padded([...new Set(keys)]))).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key) ?? null);
    },
    // Cached rows would outlive a change. The default schedule ends a batch with a callback, where each request is one.
    { cache: false, maxBatchSize: MOST, batchScheduleFn: setImmediate },
  );
  return async (key) => (readsFromPrimary() ? loader.load(key) : ((await read([key]))[0] ?? null));
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
