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
interface Note {
  file: string;
  line: number | null;
  text: string;
}

/** Notes about an input's lines: all are counted, the first ones kept. */
export class Notes {
  #first: Note[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Notes something about a line, or with `line` null about the file as a whole. */
  add(place: { file: string; line: number | null }, text: string): void {
    this.#count += 1;
    if (this.#first.length < LISTED) this.#first.push({ file: place.file, line: place.line, text });
  }

  /** The notes as `file:line: text`, at most `LISTED`, and a last line that counts the others. */
  lines(): string[] {
    const shown = this.#first.map(({ file, line, text }) =>
      line === null ? `${file}: ${text}` : `${file}:${line}: ${text}`,
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
