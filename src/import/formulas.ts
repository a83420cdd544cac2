/*
 * CSV injection: spreadsheets run a cell that looks like a formula. A leading apostrophe makes it a text. A formula that
 * already begins with apostrophes gets one more, so that removing one always restores the text.
 */

/** The characters that begin a formula in spreadsheets, in full width too, and white space that they skip. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const ESCAPED = /^''*[=+\-@\t\r\n＝＋－＠]/;

/** Escapes a text for a cell of a CSV file, so that spreadsheets do not run it. */
export function disarmFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text of a cell that `disarmFormula` wrote. */
export function readDisarmed(cell: string): string {
  return ESCAPED.test(cell) ? cell.slice(1) : cell;
}
