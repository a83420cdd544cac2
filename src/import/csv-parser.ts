/** The most characters of a record. A longer one means a quote that is never closed. */
export const LONGEST_RECORD = 1_000_000;

/** A record before decoding: its fields as Latin-1, one character for each byte. */
export interface RawRecord {
  /** The physical line that it starts at. */
  line: number;
  fields: string[];
}

/** The syntax is broken. What follows is not read, since the start of the next record is unknown. */
export class SyntaxFault extends Error {
  override name = 'SyntaxFault';
}

/** Parses a file's text, piece by piece, into records. Empty lines are no records. */
export interface RecordParser {
  /** The physical line that the current record starts at. */
  readonly line: number;
  /** Parses the next piece. @throws {SyntaxFault} */
  write(text: string): void;
  /** Ends the last record, which may lack a line break. @throws {SyntaxFault} */
  end(): void;
  /** Takes the records that have ended since the last call. After a fault too. */
  take(): RawRecord[];
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;

/** Where in a record the next character is. */
type State = 'at a field' | 'in a plain field' | 'in quotes' | 'after a quote' | 'before a line feed';

/**
 * Parses RFC 4180: delimiters, fields that may be quoted, and lines that end in CR LF or LF. It looks at each character once,
 * so its time is linear in the length of any text.
 */
export class CsvParser implements RecordParser {
  line = 1;
  #records: RawRecord[] = [];
  #state: State = 'at a field';
  #fields: string[] = [];
  /** The part of the current field in earlier pieces. */
  #field = '';
  /** How many characters of the current record were in earlier pieces. */
  #length = 0;
  /** The line breaks within the current record. */
  #breaks = 0;
  readonly #delimiter: number;

  /**
   * @param delimiter the character between two fields
   * @param limits the most fields and characters of a record
   */
  constructor(
    delimiter = ',',
    private readonly limits = { fields: Infinity, length: LONGEST_RECORD },
  ) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  write(text: string): void {
    let recordStart = 0;
    let position = 0;
    while (position < text.length) {
      if (this.#isBetweenRecords()) {
        recordStart = position = this.#skipEmptyLines(text, position);
        this.#length = 0;
        if (position === text.length) return;
      }
      position = this.#step(text, position);
      if (this.#length + position - recordStart > this.limits.length) throw tooLong(this.limits.length);
    }
    this.#length += text.length - recordStart;
  }

  end(): void {
    if (this.#state === 'in quotes') throw new SyntaxFault('a quote is never closed');
    if (!this.#isBetweenRecords()) this.#endRecord();
  }

  take(): RawRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  #isBetweenRecords(): boolean {
    return this.#state === 'at a field' && this.#fields.length === 0;
  }

  #skipEmptyLines(text: string, from: number): number {
    let position = from;
    for (;;) {
      const code = text.charCodeAt(position);
      if (code === LINE_FEED) position += 1;
      else if (code === CARRIAGE_RETURN && text.charCodeAt(position + 1) === LINE_FEED) position += 2;
      else return position;
      this.line += 1;
    }
  }

  /** Reads at least one character in the current state. Returns the position after them. */
  #step(text: string, position: number): number {
    const code = text.charCodeAt(position);
    if (this.#state === 'in quotes') return this.#quoted(text, position);
    if (this.#state === 'after a quote') {
      if (code === QUOTE) {
        this.#field += '"';
        this.#state = 'in quotes';
      } else if (code === CARRIAGE_RETURN) this.#state = 'before a line feed';
      else this.#endQuoted(code);
      return position + 1;
    }
    if (this.#state === 'before a line feed') {
      if (code !== LINE_FEED) throw strayQuote();
      this.#endRecord();
      return position + 1;
    }
    if (this.#state === 'at a field' && code === QUOTE) {
      this.#state = 'in quotes';
      return position + 1;
    }
    return this.#plain(text, position);
  }

  #plain(text: string, from: number): number {
    let position = from;
    let code = text.charCodeAt(position);
    while (position < text.length && code !== this.#delimiter && code !== LINE_FEED && code !== QUOTE) {
      position += 1;
      code = text.charCodeAt(position);
    }
    this.#state = 'in a plain field';
    this.#field += text.slice(from, position);
    if (position === text.length) return position;
    if (code === QUOTE) throw strayQuote();
    if (code === this.#delimiter) this.#endField();
    else this.#endRecord();
    return position + 1;
  }

  #quoted(text: string, from: number): number {
    const quote = text.indexOf('"', from);
    const part = text.slice(from, quote < 0 ? text.length : quote);
    for (let at = part.indexOf('\n'); at >= 0; at = part.indexOf('\n', at + 1)) this.#breaks += 1;
    this.#field += part;
    if (quote < 0) return text.length;
    this.#state = 'after a quote';
    return quote + 1;
  }

  #endQuoted(code: number): void {
    if (code === this.#delimiter) this.#endField();
    else if (code === LINE_FEED) this.#endRecord();
    else throw strayQuote();
  }

  #endField(): void {
    if (this.#fields.length >= this.limits.fields) {
      throw new SyntaxFault(`a record of over ${this.limits.fields} fields (not read further)`);
    }
    this.#fields.push(this.#field);
    this.#field = '';
    this.#state = 'at a field';
  }

  #endRecord(): void {
    // The carriage return of the line's end.
    if (this.#state === 'in a plain field' && this.#field.endsWith('\r'))
      this.#field = this.#field.slice(0, -1);
    this.#endField();
    const fields = this.#fields;
    this.#fields = [];
    if (fields.length > 1 || fields[0] !== '') this.#records.push({ line: this.line, fields });
    this.line += 1 + this.#breaks;
    this.#breaks = 0;
  }
}

/** Parses lines with a delimiter and without quotes, as MovieLens's older files have them. */
export class LineParser implements RecordParser {
  line = 1;
  #records: RawRecord[] = [];
  /** The part of the current line in earlier pieces. */
  #rest = '';

  constructor(private readonly delimiter: string) {}

  write(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#endLine(this.#rest + text.slice(start, end));
      this.#rest = '';
      start = end + 1;
    }
    this.#rest += text.slice(start);
    if (this.#rest.length > LONGEST_RECORD) throw tooLong(LONGEST_RECORD);
  }

  end(): void {
    this.#endLine(this.#rest);
  }

  take(): RawRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  #endLine(line: string): void {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text !== '') this.#records.push({ line: this.line, fields: text.split(this.delimiter) });
    this.line += 1;
  }
}

function tooLong(most: number): SyntaxFault {
  return new SyntaxFault(`a record of over ${most} characters: is a quote never closed? (not read further)`);
}

function strayQuote(): SyntaxFault {
  return new SyntaxFault(
    'a quote within a field that is not quoted as a whole, or not doubled (not read further)',
  );
}
