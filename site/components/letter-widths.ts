/*
 * Widths of letters by their size, to break titles on drawn posters without a browser. Those of the display face, League
 * Gothic, are its advances, rounded up; those of scripts that it lacks are of the widest usual face, in bold.
 */

/** The display face's capitals and marks. */
const DISPLAY: readonly [number, string][] = [
  [0.16, " .,'‘’·"],
  [0.18, '!:;¡|'],
  [0.19, 'I'],
  [0.22, 'J-'],
  [0.25, '1º°'],
  [0.28, '"[]()'],
  [0.3, 'LŁ'],
  [0.31, 'F$“”„'],
  [0.33, 'EZ7•²³'],
  [0.34, 'TŦS8*{}'],
  [0.345, '569?¿'],
  [0.36, 'CGOØPÞQRVY0234/'],
  [0.37, 'BU'],
  [0.38, 'DĐHĦKX'],
  [0.39, 'A«»–'],
  [0.4, 'NŊ€'],
  [0.43, '&@£×'],
  [0.49, 'M—…™'],
  [0.52, 'WŒ%+<=>±^'],
  [0.62, 'Æ_~#'],
];
const BY_LETTER = new Map(
  DISPLAY.flatMap(([width, letters]) => [...letters].map((letter) => [letter, width])),
);

/** Letters of the Latin script that the display face lacks. */
const OTHER_LATIN = 0.85;
const WIDE_CYRILLIC = 1.15;
const OTHER: readonly [number, RegExp][] = [
  [
    1.02,
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u,
  ],
  [1.4, /\p{Extended_Pictographic}/u],
  [WIDE_CYRILLIC, /[ЖМШЩЮЫФЊЉѢѤѨѬѶ]/],
  [0.8, /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}]/u],
  [
    0.75,
    /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Thai}\p{Script=Lao}]/u,
  ],
  [1.35, /[\p{Script=Tamil}\p{Script=Malayalam}]/u],
];
/** Marks that take a place of their own. */
const MARK = 0.6;
/** Letters of all other scripts. */
const UNKNOWN = 1;

const RIGHT_TO_LEFT =
  /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The distance of the display face's lines, by the size. */
export const LEADING = 0.98;
const LOW =
  /^[\p{Script=Latin}\p{Script=Common}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]*$/u;
/** Scripts whose capitals are as high as the display face's. */
const HIGH =
  /^[\p{Script=Latin}\p{Script=Common}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}]*$/u;

/** The distance of a text's lines: more where a script has marks above and below. */
export function leadingOf(text: string): number {
  if (LOW.test(text)) return LEADING;
  return HIGH.test(text) ? 1.1 : 1.4;
}

/** Whether a text runs from the right: its first letter does. */
export function isRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** Whether the display face draws a text in capitals by itself, so that its width is known. */
export function isDisplayed(text: string): boolean {
  return [...text].every((letter) => BY_LETTER.has(baseOf(letter)));
}

/** The width of a text in capitals, by the size of its letters. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += widthOfLetter(letter);
  return width;
}

function widthOfLetter(letter: string): number {
  const known = BY_LETTER.get(letter);
  if (known !== undefined) return known;
  if (/[\p{Mn}\p{Cf}\p{Cc}]/u.test(letter)) return 0;
  if (/\p{Mc}/u.test(letter)) return MARK;
  if (/\p{Script=Latin}/u.test(letter)) return BY_LETTER.get(baseOf(letter)) ?? OTHER_LATIN;
  return OTHER.find(([, letters]) => letters.test(letter))?.[0] ?? UNKNOWN;
}

/** Accented letters that the display face has: Latin-1, Latin Extended-A and -B but for Esperanto's, and Vietnamese. */
const ACCENTED = /[\u00c0-\u024f\u1ea0-\u1ef9]/;
const MISSING = /[ĈĜĤĔĬŎŜŬ]/;

/** The letter below an accent, if the display face has it with the accent. */
function baseOf(letter: string): string {
  return ACCENTED.test(letter) && !MISSING.test(letter) ? (letter.normalize('NFD')[0] as string) : letter;
}
