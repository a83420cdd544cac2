import { expect } from 'chai';
import * as fc from 'fast-check';
import { joinGenres, splitGenres } from '../../src/import/genre-list.js';

describe('lists of genres in a cell', () => {
  it('are read as they were written, whatever the names', () => {
    const character = fc.constantFrom('a', '|', '\\', ' ', '\t', '🎬', ',', '"');
    const name = fc.array(character, { minLength: 1, maxLength: 5 }).map((some) => some.join(''));
    fc.assert(
      fc.property(fc.array(name.filter((text) => text.trim() !== '')), (names) => {
        expect(splitGenres(joinGenres(names))).to.deep.equal(names);
      }),
      { numRuns: 2_000 },
    );
  });

  it('may be written by people', () => {
    expect(splitGenres(' Drama | Sci-Fi \\| Fantasy || a\\b |')).to.deep.equal([
      'Drama',
      'Sci-Fi | Fantasy',
      'a\\b',
    ]);
    expect(splitGenres('')).to.deep.equal([]);
    expect(splitGenres(' | ')).to.deep.equal([]);
  });

  it('are read in linear time', () => {
    const before = process.cpuUsage();
    for (const text of [' ', '\\', '|', 'a|', 'a ']) splitGenres(text.repeat(500_000));
    expect(process.cpuUsage(before).user / 1_000).to.be.below(5_000);
  });
});
