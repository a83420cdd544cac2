const WORDS: Record<string, boolean> = {
  true: true,
  1: true,
  yes: true,
  false: false,
  0: false,
  no: false,
};

/** The fault of a field that `parseBoolean` cannot read. */
export const NOT_A_BOOLEAN = 'Must be a valid boolean.';

/**
 * Reads a boolean field.
 * @param emptyValue the value of an empty field
 * @returns undefined if the text is no boolean
 */
export function parseBoolean(text: string, emptyValue: boolean): boolean | undefined {
  const word = text.trim().toLowerCase();
  return word === '' ? emptyValue : Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}
