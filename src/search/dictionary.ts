import { LRUCache } from 'lru-cache';
import { Typed } from './edits.js';

/** The most words that `near` gives. */
const NEAR_MAX = 24;
/** So many new words are kept apart before all are sorted again. */
const RECENT_MAX = 2_000;

/** The most results in the cache. */
const CACHED_MAX = 1_000;

/** A word that may be meant. */
export interface Near {
  word: string;
  /** The typing errors, from 1 on. */
  errors: number;
}

interface Candidate extends Near {
  isWhole: boolean;
  count: number;
}

/** Words in ascending order, and how many movies have each. */
interface Sorted {
  words: string[];
  counts: number[];
}

/** Words to look mistyped ones up in. */
export class Dictionary {
  #base: Sorted;
  #recent: Sorted = { words: [], counts: [] };
  /** Results of `near`, until words are added. */
  readonly #cache = new LRUCache<string, Near[]>({ max: CACHED_MAX });

  /** @param words the words, each once, with the number of movies that have each */
  constructor(words: readonly (readonly [word: string, count: number])[] = []) {
    this.#base = split(words);
  }

  /** Adds words, with the number of movies that have each. A word that is there keeps its number. */
  add(words: Iterable<readonly [word: string, count: number]>): void {
    this.#cache.clear();
    const recent = new Map(this.#recent.words.map((word, at) => [word, this.#recent.counts[at] as number]));
    for (const [word, count] of words) {
      const { words: known } = this.#base;
      if (known[firstFrom(known, word)] !== word && !recent.has(word)) recent.set(word, count);
    }
    if (recent.size <= RECENT_MAX) {
      this.#recent = split([...recent]);
      return;
    }
    for (const [at, word] of this.#base.words.entries()) recent.set(word, this.#base.counts[at] as number);
    this.#base = split([...recent]);
    this.#recent = split([]);
  }

  /** The number of words. */
  get size(): number {
    return this.#base.words.length + this.#recent.words.length;
  }

  /**
   * The words that begin as somebody typed, but for one to as many errors as are forgiven: the best first, by errors,
   * then whole words, then by the number of movies.
   */
  near(typed: string): Near[] {
    const cached = this.#cache.get(typed);
    if (cached) return cached;
    const found = [this.#base, this.#recent].flatMap((sorted) => walk(sorted, new Typed(typed)));
    const near = found
      .toSorted((a, b) => a.errors - b.errors || Number(b.isWhole) - Number(a.isWhole) || b.count - a.count)
      .slice(0, NEAR_MAX)
      .map(({ word, errors }) => ({ word, errors }));
    this.#cache.set(typed, near);
    return near;
  }
}

function split(entries: readonly (readonly [string, number])[]): Sorted {
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { words: sorted.map(([word]) => word), counts: sorted.map(([, count]) => count) };
}

/** The position of the first word that is not before `word`. */
function firstFrom(words: readonly string[], word: string): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[middle] as string) < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The position of the first word from `start` on that does not begin with `prefix`. */
function pastPrefix(words: readonly string[], prefix: string, start: number): number {
  const begins = (at: number) => words[at]?.startsWith(prefix) === true;
  let step = 1;
  while (begins(start + step)) step *= 2;
  let [low, high] = [start + (step >>> 1), Math.min(start + step, words.length)];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (begins(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Walks the words as a trie: neighbours share the table's rows of the letters that they share, and words with a
 * beginning that has too many errors are passed over together.
 */
function walk({ words, counts }: Sorted, typed: Typed): Candidate[] {
  const found: Candidate[] = [];
  if (typed.most === 0) return found;
  /** The least distance in each row: of the letters that the words around `at` share, as far as they are known. */
  const least = [0];
  let before = '';
  for (let at = 0; at < words.length;) {
    const word = words[at] as string;
    let depth = 0;
    while (depth < least.length - 1 && word.charCodeAt(depth) === before.charCodeAt(depth)) depth += 1;
    least.length = depth + 1;
    before = word;
    const deepest = Math.min(word.length, typed.reach);
    let isLost = false;
    while (!isLost && depth < deepest) {
      depth += 1;
      least.push(typed.fill(word, depth));
      // A swap reaches two rows back.
      isLost = (least[depth] as number) > typed.most && (least[depth - 1] as number) > typed.most;
    }
    const { errors, isWhole } = typed.fitOf(word, depth);
    if (errors > 0 && errors < Infinity) found.push({ word, errors, isWhole, count: counts[at] as number });
    at = isLost && errors === Infinity ? pastPrefix(words, word.slice(0, depth), at) : at + 1;
  }
  return found;
}
