/** How many faults or notes a listing names one by one. */
export const LISTED = 20;

/** The input cannot be imported; the message names what is wrong with it, a line each. */
export class BadInput extends Error {
  override name = 'BadInput';
}

/** Where in a file something is: `line` is the physical line that the record starts at. */
export interface Place {
  file: string;
  line: number;
}

/** Something said about a place in a file; without a line it is about the file as a whole. */
export interface Note {
  file: string;
  line: number | null;
  /** The field that it is about; null where that is the whole line. */
  column: string | null;
  text: string;
}

/** Notes about an input's lines: all are counted, the first ones kept. */
export class Notes {
  #first: Note[] = [];
  #count = 0;

  /** @param listed how many are kept */
  constructor(private readonly listed = LISTED) {}

  get count(): number {
    return this.#count;
  }

  get first(): readonly Note[] {
    return this.#first;
  }

  /** Notes something about a line, or one of its fields, or with `line` null about the file as a whole. */
  add(
    { file, line }: { file: string; line: number | null },
    text: string,
    column: string | null = null,
  ): void {
    this.#count += 1;
    if (this.#first.length < this.listed) this.#first.push({ file, line, column, text });
  }

  /** The first notes as `file:line: column: text`, and a last line that counts the others. */
  lines(): string[] {
    const shown = this.#first.map(({ file, line, column, text }) =>
      [line === null ? file : `${file}:${line}`, column, text].filter((part) => part !== null).join(': '),
    );
    const more = this.#count - shown.length;
    return more > 0 ? [...shown, `and ${more} more`] : shown;
  }

  /** @throws {BadInput} naming the notes, where there are any */
  refuseAny(): void {
    if (this.#count === 0) return;
    throw new BadInput(
      `Nothing was imported; these lines are wrong:\n${this.lines()
        .map((line) => `  ${line}`)
        .join('\n')}`,
    );
  }
}
