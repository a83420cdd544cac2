import { LONGEST_RECORD, type RawRecord, type RecordParser, SyntaxFault } from './csv-parser.js';

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Where in the array the next character is. */
type State = 'before the array' | 'before an element' | 'in an element' | 'after the array';

/**
 * Splits the text of a JSON array into its elements: records of one field, the element's text. It only looks for where an
 * element ends; whether its text is JSON is left to `JSON.parse`. Its time is linear in the length of any text.
 */
export class JsonArrayParser implements RecordParser {
  /** The physical line that the current element starts at. */
  line = 1;
  #records: RawRecord[] = [];
  #state: State = 'before the array';
  /** The part of the current element in earlier pieces. */
  #rest = '';
  /** The line of the current character. */
  #currentLine = 1;
  /** How many brackets and braces are open within the element. */
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #hasElements = false;

  write(text: string): void {
    let start = 0;
    for (let position = 0; position < text.length; position += 1) {
      const code = text.charCodeAt(position);
      if (this.#state === 'in an element') {
        if (this.#endsElement(code)) this.#endElement(text.slice(start, position), code);
      } else if (!isSpace(code)) {
        start = position;
        this.#begin(code);
      }
      if (code === LINE_FEED) this.#currentLine += 1;
    }
    if (this.#state === 'in an element') this.#rest += text.slice(start);
    if (this.#rest.length > LONGEST_RECORD) throw tooLong();
  }

  end(): void {
    if (this.#state === 'after the array') return;
    if (this.#state !== 'in an element') this.line = this.#currentLine;
    throw new SyntaxFault('the array is never closed');
  }

  take(): RawRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  /** Reads a character between elements that is no white space. */
  #begin(code: number): void {
    this.line = this.#currentLine;
    if (this.#state === 'before the array' && code === OPEN_BRACKET) this.#state = 'before an element';
    else if (this.#state === 'before an element' && code === CLOSE_BRACKET && !this.#hasElements) {
      this.#state = 'after the array';
    } else if (this.#state === 'before an element' && code !== COMMA && code !== CLOSE_BRACKET) {
      this.#state = 'in an element';
      this.#hasElements = true;
      this.#endsElement(code);
    } else {
      const sign = JSON.stringify(String.fromCharCode(code));
      throw new SyntaxFault(`${sign} where ${EXPECTED[this.#state]} belongs (not read further)`);
    }
  }

  /** Reads a character of an element. Returns whether it is the one after its end. */
  #endsElement(code: number): boolean {
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (code === BACKSLASH) this.#isEscaped = true;
      else if (code === QUOTE) this.#isInString = false;
      return false;
    }
    if (this.#depth === 0 && (code === COMMA || code === CLOSE_BRACKET)) return true;
    if (code === QUOTE) this.#isInString = true;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) this.#depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) this.#depth = Math.max(0, this.#depth - 1);
    return false;
  }

  #endElement(text: string, code: number): void {
    this.#records.push({ line: this.line, fields: [this.#rest + text] });
    this.#rest = '';
    this.#state = code === COMMA ? 'before an element' : 'after the array';
  }
}

function tooLong(): SyntaxFault {
  return new SyntaxFault(
    `an element of over ${LONGEST_RECORD} characters: is a quote or brace never closed? (not read further)`,
  );
}

const EXPECTED: Record<State, string> = {
  'before the array': 'an array',
  'before an element': 'an element',
  'in an element': 'an element',
  'after the array': 'the end of the file',
};

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === LINE_FEED || code === 0x0d;
}
