import { LRUCache } from 'lru-cache';
import type { IdSet } from './id-set.js';

/** The most result sets in the cache. */
const ENTRIES_MAX = 10_000;
/** The most memory that they take, in bytes. */
const BYTES_MAX = 16 * 2 ** 20;

interface Entry {
  state: string;
  sets: readonly IdSet[];
}

/** The result sets of searches, with the state of the index that it was read in. */
const entries = new LRUCache<string, Entry>({
  max: ENTRIES_MAX,
  maxSize: BYTES_MAX,
  maxEntrySize: BYTES_MAX / 4,
  // The library refuses the size 0.
  sizeCalculation: ({ sets }, key) => sets.reduce((sum, set) => sum + set.room, key.length + 1),
});

/** The result sets under a key, if there are any. */
export function cachedResult(key: string): Entry | undefined {
  return entries.get(key);
}

/** Keeps result sets. The ones that were used least recently leave where there are too many. */
export function cacheResult(key: string, entry: Entry): void {
  entries.set(key, entry);
}
