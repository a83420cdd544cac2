import { expect } from 'chai';
import { localId } from '../../src/import/formats/local-id.js';

describe('the id of a movie within its files', () => {
  it('is one for texts that are equal as numbers', () => {
    for (const text of ['1', '1.0', ' 1.00 ', '01', '1.']) expect(localId(text), text).to.equal('1');
    for (const text of ['0', '0.0', '000']) expect(localId(text), text).to.equal('0');
    expect(localId('100')).to.equal('100');
    expect(localId('9007199254740993')).to.equal('9007199254740993');
  });

  it('is any other text as it is', () => {
    for (const text of ['a', '1.5', '1e3', '-1', 'tt01', '1 0', '', '__proto__']) {
      expect(localId(text), text).to.equal(text);
    }
  });

  it('takes no longer for a long text', () => {
    const before = process.cpuUsage();
    for (const long of ['0'.repeat(1_000_000), '1'.repeat(1_000_000)]) localId(`${long}x`);
    expect(process.cpuUsage(before).user / 1_000).to.be.below(500);
  });
});
