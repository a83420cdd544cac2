import { isDisplayed, isRightToLeft, LEADING, leadingOf, widthOf } from './letter-widths.js';

/** A line of a title. */
export interface FittedLine {
  text: string;
  /**
   * How wide the display face draws it, in units of the poster; another face, until this one is there, is narrowed to it.
   * Null where it has letters that the display face lacks.
   */
  width: number | null;
}

/** A title, fitted to a drawn poster. */
export interface FittedTitle {
  lines: FittedLine[];
  /** The size of its letters, in units of the poster. */
  size: number;
  /** The distance of its lines, by the size. */
  leading: number;
  isRightToLeft: boolean;
}

/** The width and height that a title may take, of a poster of 200 by 300. */
export const WIDTH = 172;
const HEIGHT = 178;
const SIZES = [68, 60, 52, 46, 40, 35, 30, 26, 22, 19];
/** The largest size of scripts that the display face lacks: their letters are higher than its capitals. */
const OTHER_MAX = 52;
const STEP = 6;

/** Scripts that break between any characters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** What no line begins with: marks that belong to the character before. */
const CLINGING = /^[\p{Pe}\p{Pf}\p{Po}\p{M}ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ～〜…]/u;
/** A word of marks alone, such as the colon of "Trois couleurs : Bleu". */
const MARKS = /^[\p{Pd}\p{Pe}\p{Pf}:;!?&+|·]+$/u;
/** Where a word may be broken: after a hyphen or a slash with letters on both sides. */
const BREAKS = /(?<=[\p{L}\p{N}]{2}[-‐–—/…])(?=[\p{L}\p{N}]{2})/u;
/** Marks of width zero: spaces of no width, soft hyphens, and the one that is used here. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;
/** Comes before what follows without a space. */
const JOIN = '\u2060';
const ELLIPSIS = '…';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Breaks a title into lines, in capitals and as large as its longest word allows. A title that is too long at the smallest
 * size ends in an ellipsis.
 */
export function fitTitle(title: string): FittedTitle {
  const words = wordsOf(capitals(title.normalize('NFC').replace(INVISIBLE, '')));
  const leading = leadingOf(title);
  const isOther = leading > LEADING || UNSPACED.test(title);
  const fitted = (texts: string[], size: number): FittedTitle => ({
    lines: texts.map((text) => ({
      text,
      width: isDisplayed(text) ? Math.round(widthOf(text) * size) : null,
    })),
    size,
    leading,
    isRightToLeft: isRightToLeft(title),
  });
  for (const size of SIZES) {
    if (isOther && size > OTHER_MAX) continue;
    const lines = wrap(words, size);
    if (lines && lines.length * size * leading <= HEIGHT) {
      return fitted(UNSPACED.test(title) ? balance(words, size, lines) : lines, size);
    }
  }
  const size = SIZES.at(-1) as number;
  const lines = wrap(
    words.flatMap((word) => cut(word, size)),
    size,
  ) as string[];
  const most = Math.floor(HEIGHT / (size * leading));
  return fitted(
    lines.length > most ? [...lines.slice(0, most - 1), shorten(lines[most - 1] ?? '', size)] : lines,
    size,
  );
}

/** Georgian's capitals are missing in most faces. */
const capitals = (title: string) =>
  /\p{Script=Georgian}/u.test(title) ? title : title.toLocaleUpperCase('en');

/** Words as lines break them; what clings to the one before begins with `JOIN`. */
function wordsOf(title: string): string[] {
  const words: string[] = [];
  for (const word of title.split(/\s+/).filter(Boolean)) {
    if (words.length > 0 && MARKS.test(word)) words.push(`${words.pop() as string} ${word}`);
    else words.push(...(UNSPACED.test(word) ? charactersOf(word) : partsOf(word)));
  }
  return words;
}

const joined = (parts: string[]) => parts.map((part, at) => (at === 0 ? part : `${JOIN}${part}`));

const partsOf = (word: string) => joined(word.split(BREAKS));

/** The characters of a word of an unspaced script. Words of other scripts in it stay whole. */
function charactersOf(word: string): string[] {
  const parts: string[] = [];
  for (const { segment } of graphemes.segment(word)) {
    const before = parts.at(-1);
    const isWhole = before !== undefined && !UNSPACED.test(before.slice(-1)) && !UNSPACED.test(segment);
    if (before !== undefined && (isWhole || CLINGING.test(segment)))
      parts[parts.length - 1] = before + segment;
    else parts.push(segment);
  }
  return joined(parts);
}

/** Narrows the lines as far as there are no more of them, so that no character is left alone on the last. */
function balance(words: readonly string[], size: number, lines: string[]): string[] {
  let balanced = lines;
  for (let most = WIDTH - STEP; most > 0; most -= STEP) {
    const narrower = wrap(words, size, most);
    if (!narrower || narrower.length > lines.length) break;
    balanced = narrower;
  }
  return balanced;
}

/** @returns null where a word is wider than the poster */
function wrap(words: readonly string[], size: number, most = WIDTH): string[] | null {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const own = word.replaceAll(JOIN, '');
    if (widthOf(own) * size > most) return null;
    const longer = line === '' || word.startsWith(JOIN) ? line + own : `${line} ${own}`;
    if (line !== '' && widthOf(longer) * size > most) {
      lines.push(line);
      line = own;
    } else line = longer;
  }
  return [...lines, line];
}

/** A word in parts that are no wider than the poster. */
function cut(word: string, size: number): string[] {
  const start = word.startsWith(JOIN) ? JOIN : '';
  const parts = [''];
  for (const { segment } of graphemes.segment(word.replaceAll(JOIN, ''))) {
    const longer = `${parts.at(-1) as string}${segment}`;
    if (widthOf(longer) * size > WIDTH) parts.push(segment);
    else parts[parts.length - 1] = longer;
  }
  return joined(parts).map((part, at) => (at === 0 ? start + part : part));
}

/** The last line of a title that goes on. */
function shorten(line: string, size: number): string {
  const characters = Array.from(graphemes.segment(line), ({ segment }) => segment);
  while (widthOf(characters.join('') + ELLIPSIS) * size > WIDTH) characters.pop();
  return `${characters.join('').trimEnd()}${ELLIPSIS}`;
}
