import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import type { Entry } from '../../src/member-data/reading/entry.js';
import { readMemberData } from '../../src/member-data/reading/read.js';
import { opinionsOf } from '../../src/member-data/writing/merge.js';
import { titleKeys } from '../../src/member-data/writing/title-keys.js';
import { zipOf } from '../support/own-data.js';
import { cpuOf } from '../support/processor-time.js';

/** The longest turn of the event loop during some work, in milliseconds of processor time. */
async function longestTurn(work: Promise<unknown>): Promise<number> {
  const state = { isOver: false, longest: 0 };
  const done = work.catch(() => undefined).finally(() => (state.isOver = true));
  for (let before = process.cpuUsage(); !state.isOver; before = process.cpuUsage()) {
    await setImmediate();
    const { user, system } = process.cpuUsage(before);
    state.longest = Math.max(state.longest, (user + system) / 1_000);
  }
  await done;
  return state.longest;
}

const filled = (line: string, bytes: number) => line.repeat(Math.ceil(bytes / line.length));

async function refusalOf(content: Buffer): Promise<string> {
  return readMemberData({ name: 'x', content }).then(
    () => '',
    (error: Error) => error.message,
  );
}

describe('an import of a file that is made to be costly', () => {
  const tooMany = /more than 50,000 lines/;
  const cases: [name: string, make: () => Promise<Buffer> | Buffer, message: RegExp][] = [
    ['many empty elements', () => Buffer.from(`[${filled('{},', 6_000_000)}{}]`), tooMany],
    ['elements of persons', () => Buffer.from(`[${filled('{"person":{}},', 3_000_000)}{}]`), tooMany],
    ['deep brackets', () => Buffer.from('['.repeat(9_000_000)), /over 32 brackets/],
    ['a long element', () => Buffer.from(`[{"a":"${filled('x', 200_000)}"}]`), /over 100,000 characters/],
    [
      'a list of another kind',
      () => zipOf({ 'ratings.json': `{"a":[${filled('{},', 6_000_000)}{}]}` }),
      /no ratings/,
    ],
    [
      'rows of many empty fields',
      () => Buffer.from(filled(`Name,Rating${','.repeat(990)}\n`, 5_000_000)),
      /over 100 fields/,
    ],
    ['rows without anything', () => Buffer.from(`Name,Rating\n${filled('a,\n', 600_000)}`), tooMany],
  ];
  for (const [name, make, message] of cases) {
    it(`refuses ${name}, in little time and many turns`, async () => {
      const content = await make();
      let refusal = '';
      const read = async () => {
        refusal = await refusalOf(content);
      };
      expect(await cpuOf(read)).to.be.below(1_000);
      expect(await longestTurn(read())).to.be.below(300);
      expect(refusal).to.match(message);
    });
  }

  for (const [name, part] of [
    ['commas', ','],
    ['spaces', ' '],
    ['digits', '1'],
    ['letters', 'a'],
  ] as const) {
    it(`reads a date with 190,000 ${name} in little time`, async () => {
      const content = Buffer.from(`Name,Year,Rating,Date\nHeat,1995,4,"1/${part.repeat(190_000)}x"\n`);
      expect(await cpuOf(() => readMemberData({ name: 'ratings.csv', content }))).to.be.below(500);
    });
  }

  it('counts what many files of an archive have together, notes too', async () => {
    const rows = `Name,Rating\n${filled('a,\n', 90_000)}`;
    expect(await refusalOf(await zipOf({ 'ratings.csv': rows, 'ratings-2.csv': rows }))).to.match(tooMany);
  });

  it('merges and looks titles up in time that grows with the lines only', async () => {
    const { reviews } = await readMemberData({
      name: 'reviews.csv',
      content: Buffer.from(`Name,Rating,Review\n${filled('Heat,4,x\n', 9 * 30_000)}`),
    });
    expect(reviews).to.have.length(30_000);
    const found = reviews.map((entry) => [entry, 1] as const);
    expect(await cpuOf(() => opinionsOf(found, []))).to.be.below(300);
    expect(titleKeys({ title: 'é'.repeat(1_000), originalTitle: 'Heat', year: null } as Entry)).to.deep.equal(
      ['heat'],
    );
  });

  it('reads JSON whose pieces end anywhere, and refuses what is none', async () => {
    const movie = { title: 'Say "[{\\"', year: 1999, ids: {} };
    const ratings = Array.from({ length: 2_000 }, () => ({ rating: 4, movie }));
    const text = JSON.stringify(
      { user: { ratings: [1] }, 'a"': '\\', ratings, watchlist: [{ movie }] },
      null,
      1,
    );
    const reading = await readMemberData({ name: 'x.json', content: Buffer.from(text) });
    expect([reading.reviews.length, reading.saved.length, reading.faults.length]).to.deep.equal([
      2_000, 1, 0,
    ]);
    expect(reading.reviews.every(({ title }) => title === movie.title)).to.equal(true);
    for (const end of ['', ']]', '] x', '},]', ',]', '}', ',{"a":1}]}']) {
      expect(await refusalOf(Buffer.from(`[{"movie":{"title":"a"}}${end}`)), end).to.match(
        /broken or cut off/,
      );
    }
  });
});
