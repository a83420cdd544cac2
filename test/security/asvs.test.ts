import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../src/project-root.js';

const text = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');

/** The table's rows: number, level, requirement, state, sources, tests. */
const rows = text
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((part) => part.trim()))
  .map(([, number = '', level = '', , state = '', where = '', tests = '']) => ({
    number,
    level,
    state,
    where,
    tests,
  }));

/** The files that a text mentions, as `folder/file.ext`. */
function filesIn(prose: string): string[] {
  return [...prose.matchAll(/`((?:src|admin|site|test|migrations|scripts)\/[^`]*\.\w+)`/g)].map(
    ([, file]) => file as string,
  );
}

describe('docs/security.md', () => {
  it('names only files that exist', () => {
    const named = filesIn(text);
    expect(named.length).to.be.above(100);
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).to.deep.equal([]);
  });

  it('has each requirement once, by its number, with its state', () => {
    const numbers = rows.map(({ number }) => number);
    expect(numbers.length).to.be.above(90);
    expect(new Set(numbers).size).to.equal(numbers.length);
    for (const { number, level, state } of rows) {
      expect(number).to.match(/^[1-9]\.\d+\.\d+$/);
      expect(level, number).to.be.oneOf(['1', '2']);
      expect(state, number).to.be.oneOf(['met', 'partly', 'not met']);
    }
  });

  it('claims nothing without a test, and gives a reason for each unmet requirement', () => {
    for (const { number, state, where, tests } of rows) {
      expect(where, number).not.to.equal('');
      if (state !== 'met') continue;
      const files = filesIn(tests);
      expect(files, number).not.to.deep.equal([]);
      for (const file of files) expect(file, number).to.match(/^test\/.*\.test\.ts$/);
    }
  });
});
