/** Why a text is no JSON of bounded elements. */
export class JsonFault extends Error {
  override name = 'JsonFault';
}

/** The most characters of an element: comments are far shorter. */
const ELEMENT_MAX = 100_000;
/** How deep brackets may lie within each other. */
const DEPTH_MAX = 32;
/** The most characters of a key that are kept. */
const KEY_MAX = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/**
 * Cuts JSON into the elements of its lists, piece by piece: those of the whole where it is a list, else those of the lists
 * that it has under known keys. It looks at each character once, and keeps one element, so that neither many elements nor
 * deep brackets cost more than the file's length. The elements are not parsed, and what is passed over is checked for its
 * brackets only.
 */
export class JsonElements {
  /** Whether there was any list. */
  hasLists = false;
  /** What the open brackets are closed by. */
  readonly #open: number[] = [];
  #isDone = false;
  #isInString = false;
  #isEscaped = false;
  /** How many brackets are open around the elements; 0 outside of lists. */
  #level = 0;
  /** Whether the list has begun just now: it may be empty. */
  #isFirst = true;
  /** The parts of the current element, and of the last string outside of lists, in earlier pieces. */
  #element = '';
  #key = '';

  constructor(private readonly lists: ReadonlySet<string>) {}

  /**
   * Reads the next piece.
   * @returns the elements that end in it
   * @throws {JsonFault}
   */
  write(text: string): string[] {
    const elements: string[] = [];
    let elementStart = 0;
    let keyStart = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === BACKSLASH) this.#isEscaped = true;
        else if (code === QUOTE) {
          this.#isInString = false;
          if (this.#level === 0) this.#key += text.slice(keyStart, Math.min(at, keyStart + KEY_MAX));
        }
      } else if (code === QUOTE) {
        this.#isInString = true;
        [this.#key, keyStart] = ['', at + 1];
      } else if (code === LIST || code === OBJECT) {
        if (this.#begin(code)) elementStart = at + 1;
      } else if (code === COMMA || code === LIST_END || code === OBJECT_END) {
        if (this.#level > 0 && this.#open.length === this.#level) {
          const element = this.#element + text.slice(elementStart, at);
          this.#element = '';
          elementStart = at + 1;
          this.#take(element, code === COMMA, elements);
        }
        if (code !== COMMA) this.#end(code);
      } else if (this.#open.length === 0 && !/\s/.test(text[at] as string)) {
        throw new JsonFault('there is something around its brackets');
      }
    }
    if (this.#level > 0) this.#element += text.slice(elementStart);
    else if (this.#isInString && this.#key.length < KEY_MAX) this.#key += text.slice(keyStart);
    this.#requireShort(this.#element);
    return elements;
  }

  /** @throws {JsonFault} where brackets are open */
  end(): void {
    if (!this.#isDone) throw new JsonFault('it ends within its brackets');
  }

  /** @returns whether a list of elements begins */
  #begin(code: number): boolean {
    if (this.#isDone) throw new JsonFault('there is something behind its last bracket');
    const isList = code === LIST;
    this.#open.push(isList ? LIST_END : OBJECT_END);
    if (this.#open.length > DEPTH_MAX)
      throw new JsonFault(`over ${DEPTH_MAX} brackets lie within each other`);
    if (!isList || this.#level > 0) return false;
    const isWhole = this.#open.length === 1;
    const isKnown = this.#open.length === 2 && this.#open[0] === OBJECT_END && this.lists.has(this.#key);
    if (!isWhole && !isKnown) return false;
    [this.#level, this.#isFirst, this.hasLists] = [this.#open.length, true, true];
    return true;
  }

  #take(element: string, isMore: boolean, elements: string[]): void {
    this.#requireShort(element);
    if (isMore || !this.#isFirst || element.trim() !== '') elements.push(element);
    this.#isFirst = false;
  }

  #end(code: number): void {
    if (this.#open.pop() !== code) throw new JsonFault('its brackets do not fit');
    if (this.#open.length < this.#level) this.#level = 0;
    this.#isDone = this.#open.length === 0;
  }

  #requireShort(element: string): void {
    if (element.length > ELEMENT_MAX) {
      throw new JsonFault(`an element has over ${ELEMENT_MAX.toLocaleString('en')} characters`);
    }
  }
}
