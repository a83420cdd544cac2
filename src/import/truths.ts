const TRUTHS: Record<string, boolean> = {
  true: true,
  1: true,
  yes: true,
  false: false,
  0: false,
  no: false,
};

/** What is said of a field that `truthOf` cannot read. */
export const NO_BOOLEAN = 'Must be a valid boolean.';

/**
 * Reads a field that says yes or no.
 * @param preset what an empty field means
 * @returns undefined where it says neither
 */
export function truthOf(text: string, preset: boolean): boolean | undefined {
  const word = text.trim().toLowerCase();
  return word === '' ? preset : Object.hasOwn(TRUTHS, word) ? TRUTHS[word] : undefined;
}
