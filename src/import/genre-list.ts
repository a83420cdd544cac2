/*
 * The genres of a movie in one cell: names separated by bars. A bar or backslash of a name has a backslash before it, and so
 * has white space at either end of a name, which is otherwise ignored.
 */

/** Writes names of genres as one text. */
export function joinGenres(names: readonly string[]): string {
  return names.map((name) => name.replace(/[\\|]|^\s|\s$/gu, String.raw`\$&`)).join('|');
}

/** Reads a text that `joinGenres` or a person wrote. Names without any character are left out. */
export function splitGenres(text: string): string[] {
  const names: string[] = [];
  let name = '';
  /** The length of the name without white space at its end. */
  let length = 0;
  const end = () => {
    if (length > 0) names.push(name.slice(0, length));
    name = '';
    length = 0;
  };
  for (const [token] of text.matchAll(/\\[\\|\s]|[^]/gu)) {
    const isEscaped = token.length > 1 && token.startsWith('\\');
    if (token === '|') end();
    else if (isEscaped || token.trim() !== '') {
      name += isEscaped ? token.slice(1) : token;
      length = name.length;
    } else if (name !== '') name += token;
  }
  end();
  return names;
}
