import { keysOfTerm, indexKeys } from './words.js';

/*
 * The keys of titles in the inverted index, beside those of all words. A key has the token, its position in the title
 * and, for the last token, a mark: `tmqman@2$`. No key of all words begins with `t`.
 */

/** The first character of each key. */
const SPACE = 't';
const END = '$';
/** A title of 200 characters has fewer tokens, but for letters that fold into a dozen. A longer query begins none. */
export const TITLE_TOKENS_MAX = 250;

/**
 * The keys of a title's tokens. A beginning of one or two characters has keys of its own: `tmqm*@2`.
 * @param text null for a movie without a title
 */
export function titleKeys(text: string | null): Set<string> {
  const keys = new Set<string>();
  const tokens = text ? text.split(' ') : [];
  for (const [position, token] of tokens.entries()) {
    const end = position === tokens.length - 1 ? END : '';
    for (const key of indexKeys(token)) keys.add(`${SPACE}${key}@${position}${key === token ? end : ''}`);
  }
  return keys;
}

/** The key of titles that have this token at this position, as their last token or not. */
export function titleKey(token: string, position: number, isLast: boolean): string {
  return `${SPACE}${token}@${position}${isLast ? END : ''}`;
}

/** The range of keys of titles that have a token for a term; `below` is exclusive. */
export function titleKeysOfTerm(term: string): [from: string, below: string] {
  const [from, below] = keysOfTerm(term);
  return [SPACE + from, SPACE + below];
}

/** The range of keys of titles that have this whole token. */
export function titleKeysOfToken(token: string): [from: string, below: string] {
  // `A` follows `@`.
  return [`${SPACE}${token}@`, `${SPACE}${token}A`];
}

/** The position in a key. */
export function positionIn(key: string): number {
  return Number(/@(\d+)\$?$/.exec(key)?.[1]);
}
