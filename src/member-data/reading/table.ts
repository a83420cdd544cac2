import { CsvParser, type RawRecord, SyntaxFault } from '../../import/csv-parser.js';
import { Turns } from '../../import/turns.js';
import type { NamedFile } from './archive.js';
import { BadFile, ENTRIES_MAX } from './entry.js';
import { textPieces } from './text.js';

/** A line of a table: its fields by the keys of their columns. */
export interface Row {
  line: number;
  /** The field of a column, without white space at both ends; empty where there is none. */
  field: (column: string) => string;
  /** The same as it is written. */
  raw: (column: string) => string;
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

/**
 * Reads a CSV file. Commas, semicolons and tabs are told apart by its header.
 * @param isHeader whether the keys of a line's fields are those of a header
 * @throws {BadFile} where it has no such header
 */
export async function readTable(
  { name, content }: NamedFile,
  isHeader: (columns: ReadonlySet<string>) => boolean,
): Promise<Table> {
  const pieces = textPieces(content);
  const first = pieces.next().value as string | undefined;
  const head = first ?? '';
  const delimiter = delimiterOf(head);
  const parser = new CsvParser(delimiter);
  const turns = new Turns();
  let columns: Map<string, number> | null = null;
  let width = 0;
  let seen = 0;
  const table: Omit<Table, 'columns'> = { rows: [], tooLong: [], broken: null };
  const take = (records: RawRecord[]) => {
    for (const { line, fields } of records) {
      if (columns) {
        // A field too many means a delimiter that is not quoted: which field is whose cannot be told.
        if (fields.slice(width).some((field) => field !== '')) table.tooLong.push(line);
        else table.rows.push(rowOf(line, fields, columns));
      } else {
        const keys = new Map(fields.map((field, index) => [columnKey(field), index] as const).toReversed());
        if (isHeader(new Set(keys.keys()))) [columns, width] = [keys, fields.length];
        seen += 1;
        if (!columns && seen >= HEADER_LINES) throw noHeader(name);
      }
    }
    if (table.rows.length > ENTRIES_MAX) {
      throw new BadFile(
        `${name} has more than ${ENTRIES_MAX.toLocaleString('en')} lines: import it in several files.`,
      );
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
  if (!columns) throw noHeader(name);
  return { ...table, columns: new Set((columns as Map<string, number>).keys()) };
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

function rowOf(line: number, fields: string[], columns: ReadonlyMap<string, number>): Row {
  const raw = (column: string) => fields[columns.get(column) ?? -1] ?? '';
  return { line, raw, field: (column) => raw(column).trim() };
}

function noHeader(name: string): BadFile {
  return new BadFile(
    `${name} has no columns that are known. Import ratings.csv, reviews.csv or watchlist.csv of Letterboxd or IMDb, Trakt’s JSON, or an export of this site.`,
  );
}
