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
    if (this.#first.length < this.listed) this.#first.push({ file, line, column, text });
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
