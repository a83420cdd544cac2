import { stringify } from 'csv-stringify/sync';
import { disarmFormula } from '../../src/import/formulas.js';

/** Records as plain values by column. */
export type Rows = Record<string, unknown>[];

/** How a list is written into a file. */
export interface Format {
  type: string;
  /** Gives the file's text, a part for each part of the rows. */
  write(parts: AsyncIterable<Rows>, columns: string[]): AsyncGenerator<string>;
}

export const BYTE_ORDER_MARK = '\u{FEFF}';

/** The formats, by the ends of the files' names. */
export const FORMATS: Record<string, Format> = {
  csv: { type: 'text/csv; charset=utf-8; header=present', write: writeCsv },
  json: { type: 'application/json; charset=utf-8', write: writeJson },
  ndjson: { type: 'application/x-ndjson; charset=utf-8', write: writeLines },
};

async function* writeCsv(parts: AsyncIterable<Rows>, columns: string[]): AsyncGenerator<string> {
  yield stringify([columns]);
  for await (const rows of parts) {
    yield stringify(rows, {
      columns,
      cast: {
        string: disarmFormula,
        date: (date) => date.toISOString(),
        boolean: String,
        object: (value) => disarmFormula(JSON.stringify(value)),
      },
      quoted_match: /[\r\n]/,
    });
  }
}

async function* writeJson(parts: AsyncIterable<Rows>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const rows of parts) {
    if (rows.length === 0) continue;
    yield before + rows.map((row) => JSON.stringify(row)).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* writeLines(parts: AsyncIterable<Rows>): AsyncGenerator<string> {
  for await (const rows of parts) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
