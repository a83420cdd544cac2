/**
 * The id of a movie within its files. Ids that are equal as numbers are one: spreadsheets and pandas write `1` as `1.0` in one
 * file and as `1` in the other, and drop leading zeros. Any other text is an id as it is.
 */
export function localId(text: string): string {
  const id = text.trim();
  if (/^[1-9]\d*$/.test(id)) return id;
  const whole = /^0*([1-9]\d*|0)(?:\.0*)?$/.exec(id)?.[1];
  return whole ?? id;
}
