import { spellingOf } from './spellable.js';

/*
 * Typing errors: the optimal string alignment distance, in which a wrong, missing, superfluous or swapped letter counts
 * one, between what was typed and a word or its best beginning.
 */

/** Letters from which on one error is forgiven, and two. */
const FORGIVEN_FROM = [4, 8] as const;
/** The most errors that are forgiven in a word. */
export const ERRORS_MAX = FORGIVEN_FROM.length;

/** How many errors are forgiven in a word of that many letters. */
function forgivenIn(letters: number): number {
  return FORGIVEN_FROM.filter((from) => letters >= from).length;
}

/** How a word fits what somebody typed. */
export interface Fit {
  /** The typing errors; Infinity where they are not forgiven. */
  errors: number;
  /** Whether the whole word is meant, and not its beginning. */
  isWhole: boolean;
}

/**
 * Compares a typed word with others: with whole words and with their beginnings. As many errors are forgiven as in a word
 * of the typed length, or of the length of a whole word that is meant: a letter may be missing.
 */
export class Typed {
  /** The most errors that are forgiven. */
  readonly most: number;
  readonly #width: number;
  /** Distances between beginnings of the typed word, by column, and of the other word, by row. */
  readonly #table: Uint8Array;

  constructor(private readonly typed: string) {
    const [one, two] = [forgivenIn(typed.length + 1), forgivenIn(typed.length + ERRORS_MAX)];
    this.most = two === ERRORS_MAX ? two : one;
    this.#width = typed.length + 1;
    this.#table = new Uint8Array((typed.length + this.most + 1) * this.#width);
    for (let at = 0; at < this.#width; at += 1) this.#table[at] = at;
  }

  /** The letters of a word that can decide. */
  get reach(): number {
    return this.typed.length + this.most;
  }

  /**
   * Computes the row of a word's beginning of `depth` letters, from those of the two shorter beginnings.
   * @returns the least distance in it
   */
  fill(word: string, depth: number): number {
    const [typed, table, width] = [this.typed, this.#table, this.#width];
    const row = depth * width;
    const letter = word.charCodeAt(depth - 1);
    const letterBefore = depth > 1 ? word.charCodeAt(depth - 2) : -1;
    table[row] = depth;
    let leastInRow = depth;
    for (let at = 1; at < width; at += 1) {
      const typedLetter = typed.charCodeAt(at - 1);
      const above = row - width + at;
      let least = (table[above - 1] as number) + (typedLetter === letter ? 0 : 1);
      least = Math.min(least, (table[above] as number) + 1, (table[row + at - 1] as number) + 1);
      if (typedLetter === letterBefore && at > 1 && typed.charCodeAt(at - 2) === letter)
        least = Math.min(least, (table[above - width - 2] as number) + 1);
      table[row + at] = least;
      if (least < leastInRow) leastInRow = least;
    }
    return leastInRow;
  }

  /** How a word fits whose first `depth` letters have rows. */
  fitOf(word: string, depth: number): Fit {
    const last = this.#width - 1;
    let errors = Infinity;
    for (let row = 0; row <= depth; row += 1)
      errors = Math.min(errors, this.#table[row * this.#width + last] as number);
    const whole = depth === word.length ? (this.#table[depth * this.#width + last] as number) : Infinity;
    const isWhole = whole <= forgivenIn(Math.max(this.typed.length, word.length));
    if (errors <= forgivenIn(this.typed.length)) return { errors, isWhole };
    return { errors: isWhole ? whole : Infinity, isWhole };
  }
}

/** How a word fits what somebody typed. */
function fitOf(typed: Typed, word: string): Fit {
  const depth = Math.min(word.length, typed.reach);
  for (let at = 1; at <= depth; at += 1) typed.fill(word, at);
  return typed.fitOf(word, depth);
}

/**
 * The errors in a query for a title: for each term those of the title's word that it fits best.
 * @param titleText the tokens of the title
 * @returns Infinity where a term fits none
 */
export function errorsFor(terms: readonly string[], titleText: string): number {
  const tokens = titleText.split(' ');
  const spellings = tokens.map(spellingOf).filter((word) => word !== null);
  let sum = 0;
  for (const term of terms) {
    if (tokens.some((token) => token.startsWith(term))) continue;
    const letters = spellingOf(term);
    if (letters === null) return Infinity;
    const typed = new Typed(letters);
    sum += Math.min(...spellings.map((word) => fitOf(typed, word).errors), Infinity);
  }
  return sum;
}
