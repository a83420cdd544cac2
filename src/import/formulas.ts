/*
 * Spreadsheets run what they take for a formula, whoever wrote it. An apostrophe in front makes it a text there; a text
 * that has apostrophes there already gets one more, so that taking one away always gives the text as it was.
 */

/** What spreadsheets take for the beginning of a formula, in full width too, and white space that they skip. */
const TEMPTING = /^'*[=+\-@\t\r\n＝＋－＠]/;
const DISARMED = /^''*[=+\-@\t\r\n＝＋－＠]/;

/** A text as it may stand in a CSV file's cell: spreadsheets do not execute it. */
export function disarmFormula(text: string): string {
  return TEMPTING.test(text) ? `'${text}` : text;
}

/** The text that a cell of a CSV file means: the inverse of `disarmFormula`. */
export function readDisarmed(cell: string): string {
  return DISARMED.test(cell) ? cell.slice(1) : cell;
}
