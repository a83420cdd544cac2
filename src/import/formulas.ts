/*
 * CSV injection: spreadsheets run a cell that looks like a formula. A leading apostrophe makes it a text. A spreadsheet that
 * splits at semicolons or tabs, as those of many languages do, may make a cell of any part of a text, so each part that looks
 * like a formula gets an apostrophe. One that already begins with apostrophes gets one more, so that removing one always
 * restores the text.
 */

/** The sign of a formula, in full width too, after what spreadsheets skip: white space, invisible characters and quotes. */
const FORMULA = String.raw`'*(?:(?![\t\r\n])[\s\p{Z}\p{Cc}\p{Cf}"])*[=+\-@＝＋－＠−]`;
/** White space that begins a cell, of which a spreadsheet may skip some. */
const BREAK = String.raw`'*[\t\r\n]`;
/** The beginning of a cell. */
const START = String.raw`(?<=^|[,;\t\r\n])`;

const ARMED = new RegExp(`^(?=${BREAK})|${START}(?=${FORMULA})`, 'gu');
const DISARMED = new RegExp(`^'(?=${BREAK})|${START}'(?=${FORMULA})`, 'gu');

/** Escapes a text for a cell of a CSV file, so that spreadsheets do not run it, whichever separator they split at. */
export function disarmFormula(text: string): string {
  return text.replaceAll(ARMED, "'");
}

/** The text of a cell that `disarmFormula` wrote. */
export function readDisarmed(cell: string): string {
  return cell.includes("'") ? cell.replaceAll(DISARMED, '') : cell;
}
