import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { CsvParser, LineParser, type RecordParser, SyntaxFault } from '../../src/import/csv-parser.js';

/** A text's records, parsed in pieces of this size. */
function recordsOf(text: string, size: number, parser: RecordParser = new CsvParser()) {
  const records = [];
  for (let at = 0; at < text.length; at += size) {
    parser.write(text.slice(at, at + size));
    records.push(...parser.take());
  }
  parser.end();
  return [...records, ...parser.take()];
}

const fieldsOf = (text: string, size: number) => recordsOf(text, size).map(({ fields }) => fields);

/** What csv-parse makes of it, without empty lines, or null where it refuses. */
function reference(text: string): string[][] | null {
  try {
    const records: string[][] = parse(text, { record_delimiter: ['\r\n', '\n'], relax_column_count: true });
    return records.filter((fields) => fields.length > 1 || fields[0] !== '');
  } catch {
    return null;
  }
}

/** The processor time of `work` in milliseconds, and the longest that one piece took. */
function costOf(text: string): { spent: number; longest: number; fault: string } {
  const before = process.cpuUsage();
  const parser = new CsvParser();
  let longest = 0;
  let fault = '';
  try {
    for (let at = 0; at < text.length; at += 16_384) {
      const start = process.cpuUsage();
      parser.write(text.slice(at, at + 16_384));
      parser.take();
      longest = Math.max(longest, process.cpuUsage(start).user / 1_000);
    }
    parser.end();
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    fault = error.message;
  }
  return { spent: process.cpuUsage(before).user / 1_000, longest, fault };
}

describe('the CSV parser', function () {
  this.timeout(60_000);

  it('reads any text as csv-parse does, however it comes in pieces', () => {
    const part = fc.constantFrom('a', '"', '""', ',', '\n', '\r\n', '\r', '"a"', ' ', 'é');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (parts, size) => {
        const text = `${parts.join('')}\n`;
        const expected = reference(text);
        if (expected) expect(fieldsOf(text, size)).to.deep.equal(expected);
        else expect(() => fieldsOf(text, size)).to.throw(SyntaxFault);
      }),
      { numRuns: 5_000 },
    );
  });

  it('counts lines, empty ones and those within quotes too', () => {
    for (const size of [1, 2, 3, 100]) {
      const records = recordsOf('a\r\n\r\n\n"b\nc\r\nd",e\n\nf', size);
      expect(records.map(({ line }) => line)).to.deep.equal([1, 4, 8]);
      const lines = recordsOf('1::a::b\r\n\r\n2::c', size, new LineParser('::'));
      expect(lines).to.deep.equal([
        { line: 1, fields: ['1', 'a', 'b'] },
        { line: 3, fields: ['2', 'c'] },
      ]);
    }
  });

  for (const [kind, text, fault] of [
    ['800,000 empty lines', '\n'.repeat(800_000), ''],
    ['5 MB of empty lines', '\r\n'.repeat(2_500_000), ''],
    ['5 MB of rows', 'a,b\n'.repeat(1_250_000), ''],
    ['5 MB in one quoted field', `"${'x'.repeat(5_000_000)}"`, 'over 1000000 characters'],
    ['5 MB of quotes', '"'.repeat(5_000_000), 'over 1000000 characters'],
    ['5 MB without a line break', 'x'.repeat(5_000_000), 'over 1000000 characters'],
    ['5 MB of commas', ','.repeat(5_000_000), 'over 1000000 characters'],
    ['5 MB of NULs', '\0'.repeat(5_000_000), 'over 1000000 characters'],
    ['5 MB of line breaks in quotes', `"${'\n'.repeat(5_000_000)}`, 'over 1000000 characters'],
  ] as const) {
    it(`takes ${kind} in a moment, and no piece for long`, () => {
      const cost = costOf(text);
      expect(cost.fault).to.contain(fault);
      if (!fault) expect(cost.fault).to.equal('');
      expect(cost.spent, 'in all').to.be.below(1_500);
      expect(cost.longest, 'one piece').to.be.below(100);
    });
  }
});
