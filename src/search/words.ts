import { createHash } from 'node:crypto';
import { dialect } from '../database/connection-options.js';

/** Letters that carry no accent which Unicode could take off, and their plain forms. */
const PLAIN: Record<string, string> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ħ: 'h', ı: 'i', ŋ: 'n', ς: 'σ',
}; // prettier-ignore

/** The longest part of a word that is written as one; InnoDB leaves out words of over 84 characters. */
const PART_MAX = 64;

/** The words of a text, case and accents taken off. */
function words(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[ßæœøđðłþħıŋς]/g, (letter) => PLAIN[letter] as string)
    .normalize('NFKC');
  return plain.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/**
 * A word as the full-text indexes hold it: in `a-z0-9` behind a prefix. So written no word is too short, a stop word, or
 * parted differently by one database than by another, and a word's beginning is still the beginning of what is written.
 * A long word becomes several, each later one marked with what went before it; the last is enough to find the word by.
 */
function tokens(word: string): string[] {
  const parts = [''];
  for (const code of [...word].map(written)) {
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

/** A character in `a-z0-9`: itself, or `q` and its code point in four digits of base 36, so that no code begins another. */
function written(character: string): string {
  if (/[a-pr-z0-9]/.test(character)) return character;
  return `q${(character.codePointAt(0) as number).toString(36).padStart(4, '0')}`;
}

/** What a record's `search_text` column holds for these texts: each word once. */
export function searchText(...texts: (string | null | undefined)[]): string {
  return [...new Set(texts.flatMap((text) => words(text ?? '')).flatMap(tokens))].join(' ');
}

/** What each word of `query` is found by, a word or the beginning of one as `search_text` has them; none without words. */
export function searchTerms(query: string): string[] {
  const wanted = [...new Set(words(query).map((word) => tokens(word).at(-1) as string))].toSorted();
  // What another one begins with is found with it.
  return wanted.filter((term, index) => !wanted[index + 1]?.startsWith(term));
}

/** What a full-text index is asked for, to find records that have all these. */
export function fullTextQuery(terms: readonly string[]): string {
  return terms.map((term) => (dialect === 'sqlite' ? `${term}*` : `+${term}*`)).join(' ');
}

/** The first one and two characters of a word as it is written. */
const BEGINNINGS = [/^mq(?:q.{4}|.)/, /^mq(?:q.{4}|.){2}/];
/** What a beginning is marked with: no word is written with it. */
const BEGINNING = '*';

/**
 * What a `search_text` is found by in an inverted index: its words, and, for a short beginning would find too many words
 * to go through, the beginnings of one and two characters.
 */
export function indexKeys(text: string | null): Set<string> {
  const written = text ? text.split(' ') : [];
  const short = BEGINNINGS.flatMap((pattern) => written.map((word) => pattern.exec(word)?.[0]));
  return new Set([...written, ...short.filter((one) => one !== undefined).map((one) => one + BEGINNING)]);
}

/** The keys of an inverted index by which a term is found: from the first of these to below the second. */
export function keysOfTerm(term: string): [from: string, below: string] {
  // The characters after the mark and after `z`.
  if (BEGINNINGS.some((pattern) => pattern.exec(term)?.[0] === term))
    return [`${term}${BEGINNING}`, `${term}+`];
  return [term, `${term}{`];
}

/** Whether a `search_text` has a word for each of the terms. */
export function hasTerms(text: string, terms: readonly string[]): boolean {
  const written = text.split(' ');
  return terms.every((term) => written.some((word) => word.startsWith(term)));
}
