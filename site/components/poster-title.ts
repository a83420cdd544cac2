/** A title, fitted to a drawn poster. */
export interface FittedTitle {
  lines: string[];
  /** The size of its letters, in units of the poster. */
  size: number;
  isRightToLeft: boolean;
}

/** The width and height that a title may take, of a poster of 200 by 300. */
const WIDTH = 174;
const HEIGHT = 178;
const SIZES = [68, 60, 52, 46, 40, 35, 30, 26, 22, 19];
/** The width of a letter by its size: League Gothic's capitals, other alphabets, and square scripts. */
const NARROW = 0.4;
const MEDIUM = 0.62;
const SQUARE = 1.02;
const SQUARE_SCRIPTS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * Breaks a title into lines, in capitals and as large as its longest word allows. A title that is too long at the smallest
 * size ends in an ellipsis.
 */
export function fitTitle(title: string): FittedTitle {
  const words = wordsOf(title.toLocaleUpperCase('en'));
  const isRightToLeft = RIGHT_TO_LEFT.test(title);
  for (const size of SIZES) {
    const lines = wrap(words, size);
    if (lines && lines.length * size * 0.98 <= HEIGHT) return { lines, size, isRightToLeft };
  }
  const size = SIZES.at(-1) as number;
  const lines = wrap(words.flatMap(cut), size) ?? [];
  const most = Math.floor(HEIGHT / (size * 0.98));
  const shown = lines.slice(0, most);
  if (lines.length > most) shown[most - 1] = `${(shown[most - 1] as string).slice(0, -1)}…`;
  return { lines: shown, size, isRightToLeft };
}

/** Words as lines break them; scripts without spaces break between all characters. */
function wordsOf(title: string): string[] {
  return title
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) => (SQUARE_SCRIPTS.test(word) ? segmentsOf(word) : [word]));
}

/** Square characters one by one, each marked so that no space comes between them. */
function segmentsOf(word: string): string[] {
  return [...word].map((character, at) => (at === 0 ? character : `${JOIN}${character}`));
}

const JOIN = '\u2060';

/** @returns null where a word is wider than the poster */
function wrap(words: readonly string[], size: number): string[] | null {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (widthOf(word) * size > WIDTH) return null;
    const joined = line === '' || word.startsWith(JOIN) ? line + word : `${line} ${word}`;
    if (line !== '' && widthOf(joined) * size > WIDTH) {
      lines.push(line);
      line = word;
    } else line = joined;
  }
  return [...lines, line].map((text) => text.replaceAll(JOIN, ''));
}

/** The width of a text, by the size of its letters. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text.replaceAll(JOIN, '')) {
    if (/\p{M}/u.test(character)) continue;
    width += SQUARE_SCRIPTS.test(character)
      ? SQUARE
      : /[\p{Script=Latin}\p{Script=Common}]/u.test(character)
        ? NARROW
        : MEDIUM;
  }
  return width;
}

const CUT = 20;

/** A word that is too long for a line, in parts. */
function cut(word: string): string[] {
  return word.match(new RegExp(`.{1,${CUT}}`, 'gsu')) ?? [];
}
