import { stringify } from 'csv-stringify/sync';
import { disarmFormula } from '../../src/import/formulas.js';
import { joinGenres } from '../../src/import/genre-list.js';

/** Records as plain values by column. */
export type Rows = Record<string, unknown>[];

/** A file format of exports. */
export interface Format {
  /** The media type. */
  type: string;
  /** Yields the file's text, a chunk for each batch of rows. */
  write(batches: AsyncIterable<Rows>, columns: string[]): AsyncGenerator<string>;
}

export const BYTE_ORDER_MARK = '\u{FEFF}';

/** The formats by file extension. */
export const FORMATS: Record<string, Format> = {
  csv: { type: 'text/csv; charset=utf-8; header=present', write: writeCsv },
  json: { type: 'application/json; charset=utf-8', write: writeJson },
  ndjson: { type: 'application/x-ndjson; charset=utf-8', write: writeNdjson },
};

async function* writeCsv(batches: AsyncIterable<Rows>, columns: string[]): AsyncGenerator<string> {
  yield stringify([columns]);
  for await (const rows of batches) {
    yield stringify(rows, {
      columns,
      cast: {
        string: disarmFormula,
        date: (date) => date.toISOString(),
        boolean: String,
        object: (value) => disarmFormula(isTexts(value) ? joinGenres(value) : JSON.stringify(value)),
      },
      quoted_match: /[\r\n]/,
    });
  }
}

/** Whether a value is a list of texts: the only ones are names of genres. */
function isTexts(value: object): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

async function* writeJson(batches: AsyncIterable<Rows>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    yield separator + rows.map((row) => JSON.stringify(row)).join(',\n');
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

async function* writeNdjson(batches: AsyncIterable<Rows>): AsyncGenerator<string> {
  for await (const rows of batches) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
