import { createHash } from 'node:crypto';
import { literal, type Model, type ModelStatic } from 'sequelize';
import { dialect, sequelize } from '../database.js';

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

/** What a full-text index is asked for, to find each word of `query` whole or as a word's beginning; null without words. */
export function searchMatch(query: string): string | null {
  const wanted = [...new Set(words(query).map((word) => tokens(word).at(-1)))];
  if (wanted.length === 0) return null;
  return wanted.map((word) => (dialect === 'sqlite' ? `${word}*` : `+${word}*`)).join(' ');
}

/**
 * The condition that each word of `query` is in the record, whole or as a word's beginning, as Sequelize takes it.
 * @param model one with a `search_text` column and its full-text index
 * @returns null where the query has no words
 */
export function searchCondition(model: ModelStatic<Model>, query: string) {
  const match = searchMatch(query);
  if (match === null) return null;
  const { name, tableName } = model;
  const text = sequelize.escape(match);
  if (dialect === 'sqlite') {
    return literal(
      `${name}.id IN (SELECT rowid FROM ${tableName}_search WHERE ${tableName}_search MATCH ${text})`,
    );
  }
  return literal(`MATCH (${name}.search_text) AGAINST (${text} IN BOOLEAN MODE)`);
}
