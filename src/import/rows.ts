import { CsvParser, LineParser } from './csv-parser.js';
import { headerFault, markupFault } from './file-kind.js';
import type { InputFile } from './files.js';
import { readDisarmed } from './formulas.js';
import { type Notes, type Place } from './faults.js';
import { recordsOf } from './records.js';

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

/** The most columns of a file. Exports have a dozen. */
const MOST_COLUMNS = 1_000;

/**
 * Reads a CSV file with a header. Invalid records become faults. After a broken quote the rest of the file is not read,
 * since the start of the next record is unknown.
 * @returns the valid records in the file's order, in batches
 */
export async function* csvRows<Column extends string>(
  source: RowSource<Column>,
): AsyncGenerator<Row<Column>[]> {
  const { file, columns, optional = [], disarmed = false, faults } = source;
  const before = faults.count;
  let header: Map<Column, number> | null = null;
  let width = 0;
  const required = columns.filter((column) => !optional.includes(column));
  const kindFault = (head: string) => headerFault(head, required);
  for await (const records of recordsOf(source, new CsvParser(), kindFault)) {
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
        const values = valuesOf(place, fields, header, { latin1: false, faults });
        if (values) rows.push({ ...place, values: disarmed ? unescaped(values) : values });
      }
    }
    yield rows;
  }
  if (!header && faults.count === before)
    faults.add({ file: file.name, line: null }, 'is empty: not even a header is there');
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
  for await (const records of recordsOf(source, new LineParser('::'), markupFault)) {
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
      const values = valuesOf(place, whole, positions, { latin1: true, faults });
      if (values) rows.push({ ...place, values });
    }
    yield rows;
  }
}

function readHeader<Column extends string>(
  place: Place,
  fields: string[],
  { columns, optional, faults }: Required<Pick<RowSource<Column>, 'columns' | 'optional' | 'faults'>>,
): Map<Column, number> | null {
  if (fields.length > MOST_COLUMNS) {
    faults.add(place, `the header has ${fields.length} columns; at most ${MOST_COLUMNS} are read`);
    return null;
  }
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

/** How fields are decoded. */
interface Decoding {
  /** Whether text that is not UTF-8 is read as Latin-1; otherwise it is a fault. */
  latin1: boolean;
  faults: Notes;
}

/** The values of the requested columns, or null if one has an invalid encoding. */
function valuesOf<Column extends string>(
  place: Place,
  fields: string[],
  positions: Map<Column, number>,
  { latin1, faults }: Decoding,
): Record<Column, string> | null {
  const values = {} as Record<Column, string>;
  for (const [column, position] of positions) {
    const field = fields[position] ?? '';
    // oxlint-disable-next-line no-control-regex
    if (/^[\x01-\x7f]*$/.test(field)) {
      values[column] = field;
      continue;
    }
    const text = decode(field, latin1);
    if (text === null || text.includes('\0')) {
      faults.add(place, text === null ? `${column} is not UTF-8` : `${column} holds a NUL`);
      return null;
    }
    values[column] = text;
  }
  return values;
}

function decode(field: string, latin1: boolean): string | null {
  try {
    return utf8.decode(Buffer.from(field, 'latin1'));
  } catch {
    return latin1 ? field : null;
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
