import { CsvParser, type RawRecord, SyntaxFault } from '../../import/csv-parser.js';
import { Turns } from '../../import/turns.js';
import type { NamedFile } from './archive.js';
import { BadFile, countLines, type Reading } from './entry.js';
import { textPieces } from './text.js';

/** A line of a table: its fields of the columns that are known. */
export class Row {
  /** @param indexes where the fields of columns are, by the columns' keys */
  constructor(
    readonly line: number,
    private readonly fields: readonly string[],
    private readonly indexes: ReadonlyMap<string, number>,
  ) {}

  /** The field of a column as it is written; empty where there is none. */
  raw(column: string): string {
    return this.fields[this.indexes.get(column) ?? -1] ?? '';
  }

  /** The same without white space at both ends. */
  field(column: string): string {
    return this.raw(column).trim();
  }
}

/** What is looked for in a table. */
export interface Sought {
  /** The keys of the columns that are read. */
  known: ReadonlySet<string>;
  /** Whether the keys of a line's fields are those of a header. */
  isHeader: (columns: ReadonlySet<string>) => boolean;
}

/** A CSV file, split into lines. */
export interface Table {
  /** The keys of the columns: their names in lower case, without spaces and signs. */
  columns: ReadonlySet<string>;
  rows: Row[];
  /** Lines that have more fields than the header. */
  tooLong: number[];
  /** Where the syntax breaks, and how; the lines before are read. */
  broken: { line: number; message: string } | null;
}

const columnKey = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The line by which Excel is told the delimiter. */
const SAID = /^"?sep=(.)"?\r?\n/;
const DELIMITERS = [',', ';', '\t'];
/** How many lines are looked through for the header: Letterboxd's lists begin with their own. */
const HEADER_LINES = 6;
/** Far more than what any site writes: of the fields and the characters of a line. */
const LIMITS = { fields: 100, length: 200_000 };

/**
 * Reads a CSV file. Commas, semicolons and tabs are told apart by its header.
 * @param into counts the lines
 * @throws {BadFile} where it has no such header, or too many lines
 */
export async function readTable(
  { name, content }: NamedFile,
  { known, isHeader }: Sought,
  into: Reading,
): Promise<Table> {
  const pieces = textPieces(content);
  const first = pieces.next().value as string | undefined;
  const head = first ?? '';
  const delimiter = delimiterOf(head);
  const parser = new CsvParser(delimiter, LIMITS);
  const turns = new Turns();
  let columns: ReadonlySet<string> | null = null;
  /** Where a line has the fields that are read, and where a row has them. */
  let places: number[] = [];
  let indexes = new Map<string, number>();
  let width = 0;
  let seen = 0;
  const table: Omit<Table, 'columns'> = { rows: [], tooLong: [], broken: null };
  const take = (records: RawRecord[]) => {
    for (const { line, fields } of records) {
      if (columns) {
        countLines(into, 1);
        // A field too many means a delimiter that is not quoted: which field is whose cannot be told.
        if (fields.slice(width).some((field) => field !== '')) table.tooLong.push(line);
        else {
          const picked = places.map((place) => fields[place] ?? '');
          table.rows.push(new Row(line, picked, indexes));
        }
      } else {
        const keys = new Map(fields.map((field, index) => [columnKey(field), index] as const).toReversed());
        if (isHeader(new Set(keys.keys()))) {
          const read = [...keys].filter(([key]) => known.has(key));
          places = read.map(([, place]) => place);
          indexes = new Map(read.map(([key], index) => [key, index]));
          [columns, width] = [new Set(keys.keys()), fields.length];
        }
        seen += 1;
        if (!columns && seen >= HEADER_LINES) throw noHeader(name);
      }
    }
  };
  try {
    for (const piece of all(head, pieces)) {
      parser.write(piece);
      take(parser.take());
      await turns.give();
    }
    parser.end();
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    table.broken = { line: parser.line, message: error.message };
  }
  take(parser.take());
  if (!columns) throw table.broken ? broken(name, table.broken) : noHeader(name);
  return { ...table, columns };
}

function* all(first: string, rest: Iterable<string>): Generator<string> {
  yield first.replace(SAID, '');
  yield* rest;
}

function delimiterOf(head: string): string {
  const [, said] = SAID.exec(head) ?? [];
  if (said !== undefined && DELIMITERS.includes(said)) return said;
  const line = /[^\r\n]+/.exec(head)?.[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] as string;
}

function broken(name: string, { line, message }: { line: number; message: string }): BadFile {
  return new BadFile(`${name} has no columns that are known. Line ${line}: ${message}.`);
}

function noHeader(name: string): BadFile {
  return new BadFile(
    `${name} has no columns that are known. Import ratings.csv, reviews.csv or watchlist.csv of Letterboxd or IMDb, Trakt’s JSON, or an export of this site.`,
  );
}
