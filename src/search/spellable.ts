/*
 * The words whose typing errors are forgiven: of letters alone, since a wrong digit makes another number, and of one
 * token.
 */

const TOKEN = /^mq((?:q.{4}|[a-pr-z])+)$/;
const CODE = /q(.{4})/g;
/** The shortest word that a forgiven query finds: four letters, of which one is too many. */
const LETTERS_MIN = 3;

/** The letters of a token; null for one whose typing errors are not forgiven. */
export function spellingOf(token: string): string | null {
  const [, encoded] = TOKEN.exec(token) ?? [];
  if (encoded === undefined) return null;
  const letters = encoded.replace(CODE, (_, code: string) => String.fromCodePoint(parseInt(code, 36)));
  return letters.length >= LETTERS_MIN && /^[\p{L}\p{M}]+$/u.test(letters) ? letters : null;
}
