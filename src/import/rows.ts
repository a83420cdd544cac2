import { CsvError, Parser } from 'csv-parse';
import { contentOf, type InputFile } from './files.js';
import { readDisarmed } from './formulas.js';
import { type Notes, type Place } from './faults.js';

/** The syntax of a kind of file. */
interface Syntax {
  delimiter: string;
  quoted: boolean;
  /** Whether text that is not UTF-8 is read as Latin-1; otherwise it is a fault. */
  latin1: boolean;
}

/** RFC 4180, in UTF-8. */
const CSV: Syntax = { delimiter: ',', quoted: true, latin1: false };

/** MovieLens's older format, without a header and without quotes. */
const DAT: Syntax = { delimiter: '::', quoted: false, latin1: true };

/** A record's place, and its values of the requested columns. */
export type Row<Column extends string> = Place & { values: Record<Column, string> };

/** A file and the columns to read from it. */
export interface RowSource<Column extends string> {
  file: InputFile;
  columns: readonly Column[];
  /** The columns that the file may lack; they read as ''. */
  optional?: readonly NoInfer<Column>[];
  /** Whether formulas are escaped by an apostrophe, as in Marquee's own exports. */
  disarmed?: boolean;
  faults: Notes;
  onBytes?: (bytes: number) => void;
}

/** The most characters of a record. A longer one means a quote that is never closed. */
const LONGEST_RECORD = 1_000_000;

/**
 * Reads a CSV file with a header. Invalid records become faults. After a broken quote the rest of the file is not read,
 * since the start of the next record is unknown.
 * @returns the valid records in the file's order, in batches
 */
export async function* csvRows<Column extends string>(
  source: RowSource<Column>,
): AsyncGenerator<Row<Column>[]> {
  const { file, columns, optional = [], disarmed = false, faults } = source;
  let header: Map<Column, number> | null = null;
  let width = 0;
  for await (const records of recordsOf(source, CSV)) {
    const rows: Row<Column>[] = [];
    for (const { line, fields } of records) {
      const place = { file: file.name, line };
      if (!header) {
        header = readHeader(place, fields, { columns, optional, faults });
        if (!header) return;
        width = fields.length;
      } else if (fields.length !== width) {
        faults.add(place, `${count(fields.length, 'field')} where the header has ${width}`);
      } else {
        const values = valuesOf(place, fields, header, { syntax: CSV, faults });
        if (values) rows.push({ ...place, values: disarmed ? unescaped(values) : values });
      }
    }
    yield rows;
  }
  if (!header) faults.add({ file: file.name, line: null }, 'is empty: not even a header is there');
}

function unescaped<Column extends string>(values: Record<Column, string>): Record<Column, string> {
  for (const column in values) values[column] = readDisarmed(values[column]);
  return values;
}

/**
 * Reads a `.dat` file of MovieLens, whose columns are known. Surplus fields of a record belong to the second column, since
 * a title may hold the delimiter.
 * @returns the valid records in the file's order, in batches
 */
export async function* datRows<Column extends string>(
  source: RowSource<Column>,
): AsyncGenerator<Row<Column>[]> {
  const { file, columns, faults } = source;
  const positions = new Map(columns.map((column, index) => [column, index]));
  for await (const records of recordsOf(source, DAT)) {
    const rows: Row<Column>[] = [];
    for (const { line, fields } of records) {
      const place = { file: file.name, line };
      const surplus = fields.length - columns.length;
      if (surplus < 0) {
        faults.add(
          place,
          `${count(fields.length, 'field')} where ${columns.length} belong (${columns.join('::')})`,
        );
        continue;
      }
      const title = fields.slice(1, 2 + surplus).join('::');
      const whole = [fields[0] as string, title, ...fields.slice(2 + surplus)];
      const values = valuesOf(place, whole, positions, { syntax: DAT, faults });
      if (values) rows.push({ ...place, values });
    }
    yield rows;
  }
}

/** A record before decoding: its fields as Latin-1, one character for each byte. */
interface RawRecord {
  line: number;
  fields: string[];
}

async function* recordsOf(
  { file, faults, onBytes }: Pick<RowSource<string>, 'file' | 'faults' | 'onBytes'>,
  syntax: Syntax,
): AsyncGenerator<RawRecord[]> {
  let records: RawRecord[] = [];
  let line = 1;
  const parser = new Parser({
    delimiter: syntax.delimiter,
    quote: syntax.quoted ? '"' : false,
    escape: syntax.quoted ? '"' : null,
    record_delimiter: ['\r\n', '\n'],
    encoding: 'latin1',
    relax_column_count: true,
    max_record_size: LONGEST_RECORD,
    // Collected here, since reading them from the stream costs a promise for each record.
    on_record: (fields: string[]) => {
      if (fields.length > 1 || fields[0] !== '') records.push({ line, fields });
      line += 1;
      for (const field of fields) if (field.includes('\n')) line += field.split('\n').length - 1;
      return null;
    },
  });
  const ended = new Promise<void>((resolve, reject) => parser.on('close', resolve).on('error', reject));
  ended.catch(() => {});
  parser.resume();
  try {
    let first = true;
    for await (const chunk of contentOf(file, onBytes)) {
      const bytes = first && chunk.subarray(0, 3).equals(BYTE_ORDER_MARK) ? chunk.subarray(3) : chunk;
      first = false;
      await new Promise<void>((resolve, reject) => {
        parser.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
      yield records;
      records = [];
    }
    parser.end();
    await ended;
    yield records;
  } catch (error) {
    yield records;
    if (error instanceof CsvError) faults.add({ file: file.name, line }, structureFault(error));
    else faults.add({ file: file.name, line: null }, `cannot be read: ${(error as Error).message}`);
  }
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

function structureFault(error: CsvError): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is never closed';
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return `a record of over ${LONGEST_RECORD} characters: is a quote never closed? (not read further)`;
  }
  return 'a quote within a field that is not quoted as a whole, or not doubled (not read further)';
}

function readHeader<Column extends string>(
  place: Place,
  fields: string[],
  { columns, optional, faults }: Required<Pick<RowSource<Column>, 'columns' | 'optional' | 'faults'>>,
): Map<Column, number> | null {
  const names = fields.map((field) => field.trim().toLowerCase());
  const absent = columns.filter(
    (column) => !names.includes(column.toLowerCase()) && !optional.includes(column),
  );
  const twice = columns.filter(
    (column) => names.indexOf(column.toLowerCase()) !== names.lastIndexOf(column.toLowerCase()),
  );
  if (absent.length > 0) faults.add(place, `the header lacks ${absent.join(', ')}`);
  if (twice.length > 0) faults.add(place, `the header has ${twice.join(', ')} twice`);
  if (absent.length + twice.length > 0) return null;
  return new Map(columns.map((column) => [column, names.indexOf(column.toLowerCase())]));
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The values of the requested columns, or null if one has an invalid encoding. */
function valuesOf<Column extends string>(
  place: Place,
  fields: string[],
  positions: Map<Column, number>,
  { syntax, faults }: { syntax: Syntax; faults: Notes },
): Record<Column, string> | null {
  const values = {} as Record<Column, string>;
  for (const [column, position] of positions) {
    const field = fields[position] ?? '';
    // oxlint-disable-next-line no-control-regex
    if (/^[\x01-\x7f]*$/.test(field)) {
      values[column] = field;
      continue;
    }
    const text = decode(field, syntax);
    if (text === null || text.includes('\0')) {
      faults.add(place, text === null ? `${column} is not UTF-8` : `${column} holds a NUL`);
      return null;
    }
    values[column] = text;
  }
  return values;
}

function decode(field: string, { latin1 }: Syntax): string | null {
  try {
    return utf8.decode(Buffer.from(field, 'latin1'));
  } catch {
    return latin1 ? field : null;
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
