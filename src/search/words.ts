import { createHash } from 'node:crypto';
import { dialect } from '../database/connection-options.js';

/** Letters that Unicode does not decompose into a base letter and an accent, and their plain forms. */
const PLAIN: Record<string, string> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ħ: 'h', ı: 'i', ŋ: 'n', ς: 'σ', ŧ: 't',
  // Arabic: alef wasla, alef maksura, teh marbuta, and Persian's kaf, yeh and heh.
  ٱ: 'ا', ى: 'ي', ة: 'ه', ک: 'ك', ی: 'ي', ہ: 'ه', ە: 'ه',
}; // prettier-ignore
const PLAIN_LETTERS = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/**
 * Marks that readers take for accents: combining diacritics, Hebrew points, Arabic points and tatweel. The vowel signs of
 * other scripts, such as Devanagari's and Thai's, tell words apart and stay.
 */
const MARKS =
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]/g;
/** Characters inside a word that nobody sees: soft hyphens, joiners, direction marks, a byte order mark. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/** The longest token, in characters; InnoDB does not index words of over 84. */
const PART_MAX = 64;

/** The words of a text, without case and accents. */
function words(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .replace(PLAIN_LETTERS, (letter) => PLAIN[letter] as string)
    .normalize('NFKC');
  return plain.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/**
 * Encodes a word for the full-text indexes, in `a-z0-9` behind a prefix. No encoded word is too short or a stop word, all
 * databases split it in the same way, and a prefix of the word is a prefix of the token. A long word becomes several
 * tokens, each later one marked with a hash of the parts before it; the last token is enough to find the word.
 */
function tokens(word: string): string[] {
  const parts = [''];
  for (const code of [...word].map(encodeCharacter)) {
    if ((parts.at(-1) as string).length + code.length > PART_MAX) parts.push('');
    parts[parts.length - 1] += code;
  }
  return parts.map((part, index) =>
    index === 0 ? `mq${part}` : `mr${mark(parts.slice(0, index).join(''))}${part}`,
  );
}

function mark(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Encodes a character as itself, or as `q` and its code point in four digits of base 36. No code is another's prefix. */
function encodeCharacter(character: string): string {
  if (/[a-pr-z0-9]/.test(character)) return character;
  return `q${(character.codePointAt(0) as number).toString(36).padStart(4, '0')}`;
}

/** The value of a `search_text` column for these texts: the tokens of their words, each once. */
export function searchText(...texts: (string | null | undefined)[]): string {
  return [...new Set(texts.flatMap((text) => words(text ?? '')).flatMap(tokens))].join(' ');
}

/** The tokens of a title's words, in their order and repeated where the words are. */
export function titleText(title: string): string {
  return words(title).flatMap(tokens).join(' ');
}

/** The terms of a search, each a token of `search_text` or a prefix of one; none for a query without words. */
export function searchTerms(query: string): string[] {
  const terms = [...new Set(words(query).map((word) => tokens(word).at(-1) as string))].toSorted();
  // A prefix of another term is redundant: a match of the longer one matches it too.
  return terms.filter((term, index) => !terms[index + 1]?.startsWith(term));
}

/** The full-text query for records that match all of the terms. */
export function fullTextQuery(terms: readonly string[]): string {
  return terms.map((term) => (dialect === 'sqlite' ? `${term}*` : `+${term}*`)).join(' ');
}

/** The first one and two characters of an encoded word. */
const SHORT_PREFIXES = [/^mq(?:q.{4}|.)/, /^mq(?:q.{4}|.){2}/];
/** Marks the key of a short prefix; no token has this character. */
const PREFIX_MARK = '*';

/**
 * The keys of a `search_text` in the inverted index: its tokens and their prefixes of one and two characters. A range of
 * tokens would be too long for such a short prefix.
 */
export function indexKeys(text: string | null): Set<string> {
  const indexed = text ? text.split(' ') : [];
  const prefixes = SHORT_PREFIXES.flatMap((pattern) => indexed.map((token) => pattern.exec(token)?.[0]));
  return new Set([
    ...indexed,
    ...prefixes.filter((prefix) => prefix !== undefined).map((prefix) => prefix + PREFIX_MARK),
  ]);
}

/** The range of keys in the inverted index that match a term; `below` is exclusive. */
export function keysOfTerm(term: string): [from: string, below: string] {
  // `+` follows the mark, and `{` follows `z`.
  if (SHORT_PREFIXES.some((pattern) => pattern.exec(term)?.[0] === term))
    return [`${term}${PREFIX_MARK}`, `${term}+`];
  return [term, `${term}{`];
}

/** Whether a `search_text` has a token for each of the terms. */
export function hasTerms(text: string, terms: readonly string[]): boolean {
  const indexed = text.split(' ');
  // No term is a prefix of another one, so each needs a token of its own.
  return (
    indexed.length >= terms.length && terms.every((term) => indexed.some((token) => token.startsWith(term)))
  );
}
