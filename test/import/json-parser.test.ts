import { expect } from 'chai';
import * as fc from 'fast-check';
import { SyntaxFault } from '../../src/import/csv-parser.js';
import { JsonArrayParser } from '../../src/import/json-parser.js';

/** The elements of an array's text, parsed in pieces of this size, and their lines. */
function elementsOf(text: string, size: number) {
  const parser = new JsonArrayParser();
  const records = [];
  for (let at = 0; at < text.length; at += size) {
    parser.write(text.slice(at, at + size));
    records.push(...parser.take());
  }
  parser.end();
  return [...records, ...parser.take()];
}

/** The values that a text's elements have, or null where it is no array. */
function valuesOf(text: string, size: number): unknown {
  try {
    return elementsOf(text, size).map(({ fields }) => JSON.parse(fields[0] as string) as unknown);
  } catch (error) {
    if (error instanceof SyntaxFault || error instanceof SyntaxError) return null;
    throw error;
  }
}

function reference(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

describe('the parser of JSON arrays', function () {
  this.timeout(60_000);
  const size = fc.integer({ min: 1, max: 7 });

  it('splits any array into its elements, however it comes in pieces', () => {
    const indent = fc.constantFrom(undefined, 2, '\t');
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), indent, size, (array, space, pieces) => {
        const text = JSON.stringify(array, null, space);
        expect(valuesOf(text, pieces)).to.deep.equal(reference(text));
      }),
    );
  });

  it('takes no text for an array that JSON.parse refuses, and refuses none that it takes', () => {
    const parts = ['[', ']', '{', '}', ',', ':', '"', '\\', '"a"', '1', ' ', '\n', 'null', '{"a":1}', '"]"'];
    const text = fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((some) => some.join(''));
    fc.assert(
      fc.property(text, fc.boolean(), size, (inner, isClosed, pieces) => {
        const whole = isClosed ? `[${inner}]` : inner;
        expect(valuesOf(whole, pieces), whole).to.deep.equal(reference(whole));
      }),
      { numRuns: 5_000 },
    );
  });

  it('knows the lines that the elements start at', () => {
    const text = '\n[\n\n{"a":\n"x"},\r\n7,\n[\n]\n]\n';
    for (const pieces of [1, 3, 100]) {
      expect(elementsOf(text, pieces).map(({ line }) => line)).to.deep.equal([4, 6, 7]);
    }
  });

  it('reads any text in linear time, and no element of over a million characters', () => {
    for (const text of ['[', '{', '"', '\\', '[1,', '1', ' ']) {
      const parser = new JsonArrayParser();
      parser.write('[');
      const before = process.cpuUsage();
      try {
        for (let at = 0; at < 300; at += 1) {
          parser.write(text.repeat(Math.ceil(16_384 / text.length)));
          parser.take();
        }
      } catch (error) {
        expect(error, text).to.be.instanceOf(SyntaxFault);
      }
      expect(process.cpuUsage(before).user / 1_000, text).to.be.below(2_000);
    }
  });
});
