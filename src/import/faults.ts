/** How many faults or notes a listing shows in full. */
export const LISTED = 20;

/** The input cannot be imported. The message has a line for each fault. */
export class BadInput extends Error {
  override name = 'BadInput';
}

/** A place in a file. `line` is the physical line that the record starts at. */
export interface Place {
  file: string;
  line: number;
}

/** A remark about a line of a file, or with `line` null about the whole file. */
export interface Note {
  file: string;
  line: number | null;
  /** The field; null for the whole line. */
  column: string | null;
  text: string;
}

/** The most characters of a note's text. It may quote a field, which may be long. */
const TEXT_MAX = 500;

/** Notes about an input's lines. All are counted, and the first ones stored. */
export class Notes {
  #first: Note[] = [];
  #count = 0;

  /** @param listed how many are stored */
  constructor(private readonly listed = LISTED) {}

  get count(): number {
    return this.#count;
  }

  get first(): readonly Note[] {
    return this.#first;
  }

  /** Adds a note about a line or one of its fields, or with `line` null about the whole file. */
  add(
    { file, line }: { file: string; line: number | null },
    text: string,
    column: string | null = null,
  ): void {
    this.#count += 1;
    // What is wrong with a file as a whole says more than its lines.
    if (line === null && this.#first.length === this.listed) this.#first.pop();
    if (this.#first.length === this.listed) return;
    const note = { file, line, column, text: printable(text) };
    if (line === null) this.#first.unshift(note);
    else this.#first.push(note);
  }

  /** Adds the faults of a line's fields, by column; null where a field has none. */
  addAll(place: Place, faults: Readonly<Record<string, string | null>>): void {
    for (const [column, fault] of Object.entries(faults)) if (fault) this.add(place, fault, column);
  }

  /** The first notes as `file:line: column: text`, and a last line with the number of further ones. */
  lines(): string[] {
    const shown = this.#first.map(({ file, line, column, text }) =>
      [line === null ? file : `${file}:${line}`, column, text].filter((part) => part !== null).join(': '),
    );
    const more = this.#count - shown.length;
    return more > 0 ? [...shown, `and ${more} more`] : shown;
  }

  /** @throws {BadInput} with the notes, if there are any */
  refuseAny(): void {
    if (this.#count === 0) return;
    throw new BadInput(
      `Nothing was imported; these lines are wrong:\n${this.lines()
        .map((line) => `  ${line}`)
        .join('\n')}`,
    );
  }
}

/** A text that is not long, and that a terminal takes for nothing but text. */
function printable(text: string): string {
  const short = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
  return short.toWellFormed().replace(/\p{Cc}/gu, '\u{FFFD}');
}
