import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import { array, assert, asyncProperty, constantFrom, oneof, property, string } from 'fast-check';
import { FORMATS } from '../../admin/import-export/formats.js';
import { disarmFormula, readDisarmed } from '../../src/import/formulas.js';
import { cpuOf } from '../support/processor-time.js';

/** What a spreadsheet takes for the beginning of a formula: a sign, after anything that it skips. */
const RUN = /^[\s\p{Z}\p{Cc}\p{Cf}]*[=+\-@＝＋－＠−]/u;

const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '−'];
const SKIPPED = [
  '',
  ' ',
  '\u00a0',
  '\u2003',
  '\u3000',
  '\u200b',
  '\ufeff',
  '\u00ad',
  '\u0001',
  '\v',
  '\f',
  '\u2028',
  '\u0085',
];
const SEPARATORS = [',', ';', '\t', '\r', '\n', '\r\n'];

const text = array(
  oneof(
    constantFrom(...SIGNS, ...SKIPPED, ...SEPARATORS, "'", '"', 'a', '1'),
    string({ unit: 'grapheme', maxLength: 3 }),
  ),
  { maxLength: 12 },
).map((parts) => parts.join(''));

async function written(rows: Record<string, unknown>[]): Promise<string> {
  async function* batches() {
    yield rows;
  }
  let csv = '';
  for await (const chunk of (FORMATS.csv as (typeof FORMATS)[string]).write(batches(), [
    'id',
    'text',
    'last',
  ]))
    csv += chunk;
  return csv;
}

/** The cells that a spreadsheet sees which splits lines at this separator. */
function cellsOf(csv: string, delimiter: string): string[] {
  const options = {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  };
  return parse(csv, options).flat();
}

describe('formulas in CSV files', () => {
  it('are disarmed at the beginning, after white space of any kind, and after a separator', () => {
    for (const sign of SIGNS) {
      for (const skipped of SKIPPED) {
        const formula = `${skipped}${sign}1+1`;
        expect(disarmFormula(formula)).to.equal(`'${formula}`);
        for (const separator of SEPARATORS) {
          expect(disarmFormula(`a${separator}${formula}`)).to.equal(`a${separator}'${formula}`);
          expect(disarmFormula(`a${separator}"${formula}"`)).to.equal(`a${separator}'"${formula}"`);
        }
      }
    }
    for (const begun of ['\t', '\r', '\n', '\tx']) expect(disarmFormula(begun)).to.equal(`'${begun}`);
  });

  it('leave other texts alone', () => {
    for (const plain of [
      '',
      'a',
      "'tis",
      'a-b',
      'a = b',
      'a; b',
      '1;2',
      "it's; 'so'",
      'a@b.example',
      'x\ny',
      '“-”',
    ]) {
      expect(disarmFormula(plain)).to.equal(plain);
      expect(readDisarmed(plain)).to.equal(plain);
    }
  });

  it('come back as they were', () => {
    assert(
      property(text, (original) => readDisarmed(disarmFormula(original)) === original),
      { numRuns: 20_000 },
    );
  });

  for (const [name, separator] of [
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ] as const) {
    it(`are in no cell of an export for a spreadsheet that splits at ${name}`, async () => {
      await assert(
        asyncProperty(text, text, async (first, second) => {
          const csv = await written([{ id: 1, text: first, last: second }]);
          if (separator === ',') {
            const [, row] = parse(csv);
            expect(row?.map(readDisarmed)).to.deep.equal(['1', first, second]);
          }
          let cells: string[];
          try {
            cells = cellsOf(csv, separator);
          } catch {
            // Quotes that are unbalanced for this separator: no cell that the parser would tell.
            return;
          }
          for (const cell of cells) expect(RUN.test(cell), JSON.stringify([cell, csv])).to.equal(false);
        }),
        { numRuns: 3_000 },
      );
    });
  }

  it('are disarmed in linear time', async () => {
    for (const piece of ["'", ' ', '"', ";'", "' ", ';=', '\t', '\u00a0', "''="]) {
      const long = piece.repeat(200_000);
      expect(await cpuOf(() => readDisarmed(disarmFormula(long))), JSON.stringify(piece)).to.be.below(400);
    }
  });
});
