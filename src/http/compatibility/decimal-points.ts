const KEY_END = '_rating":';
const COMMA = ','.charCodeAt(0);
const BRACE = '}'.charCodeAt(0);
/** The letter before `_rating` in `number_rating`, which is a whole number. */
const END_OF_NUMBER = 'r'.charCodeAt(0);

/**
 * Writes JSON in which mean ratings always bear a decimal point, as Python's do: a typed client, such as Dart's, reads `4.0`
 * and fails on `4`. Means are at most 5, so a whole one is a single digit. A text cannot hold the end of a key: its quotes
 * are escaped.
 */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  let written = '';
  let from = 0;
  for (let at = json.indexOf(KEY_END); at >= 0; at = json.indexOf(KEY_END, at + KEY_END.length)) {
    const behind = at + KEY_END.length + 1;
    const next = json.charCodeAt(behind);
    if ((next === COMMA || next === BRACE) && json.charCodeAt(at - 1) !== END_OF_NUMBER) {
      written += `${json.slice(from, behind)}.0`;
      from = behind;
    }
  }
  return from === 0 ? json : written + json.slice(from);
}
