import { LRUCache } from 'lru-cache';
import { Typed } from './edits.js';
import { bitsOf } from './id-blocks.js';

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
  /** The letters of each word, see `lettersOf`. */
  letters: Uint32Array;
}

/** Words to look mistyped ones up in. */
export class Dictionary {
  #base: Sorted;
  #recent: Sorted = split([]);
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
    const found = [this.#base, this.#recent].flatMap((sorted) => compare(sorted, typed));
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
  return {
    words: sorted.map(([word]) => word),
    counts: sorted.map(([, count]) => count),
    letters: Uint32Array.from(sorted, ([word]) => lettersOf(word)),
  };
}

/** The letters of a word as a set of bits. Letters beyond a to z share bits. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
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

/**
 * Compares the words with what was typed. Each error accounts for one typed letter that the word lacks, so that few words
 * are compared letter by letter. These share the table's rows of the letters that they share.
 */
function compare({ words, counts, letters }: Sorted, text: string): Candidate[] {
  const typed = new Typed(text);
  const typedLetters = lettersOf(text);
  const found: Candidate[] = [];
  if (typed.most === 0) return found;
  /** The least distance in each row: of the letters that the words around `at` share, as far as they are known. */
  const least = [0];
  // A swap reaches two rows back.
  const isBeyond = (depth: number) =>
    depth > 0 && (least[depth] as number) > typed.most && (least[depth - 1] as number) > typed.most;
  let before = '';
  for (let at = 0; at < words.length; at += 1) {
    if (bitsOf(typedLetters & ~(letters[at] as number)) > typed.most) continue;
    const word = words[at] as string;
    let depth = 0;
    while (depth < least.length - 1 && word.charCodeAt(depth) === before.charCodeAt(depth)) depth += 1;
    least.length = depth + 1;
    before = word;
    const deepest = Math.min(word.length, typed.reach);
    let isLost = isBeyond(depth);
    while (!isLost && depth < deepest) {
      depth += 1;
      least.push(typed.fill(word, depth));
      isLost = isBeyond(depth);
    }
    const { errors, isWhole } = typed.fitOf(word, depth);
    if (errors > 0 && errors < Infinity) found.push({ word, errors, isWhole, count: counts[at] as number });
  }
  return found;
}
