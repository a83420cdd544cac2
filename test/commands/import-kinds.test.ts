import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { constants, crc32, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import type { Outcome } from '../support/processes.js';
import { count, folderOf, importFiles, rows, runInProcess } from './commands.js';

const PLATFORMS = 'name,about,website\nAurora,Films.,https://aurora.example/\n';
const MOVIES = 'id,title,storyline,platform,active\n1,Ordet,A word.,Aurora,\n';
const REVIEWS = 'username,watchlist,rating\nana,1,5\n';

const bytes = (...codes: number[]) => Buffer.from(codes);
const utf16 = (text: string, { mark = true, swap = false } = {}) => {
  const encoded = Buffer.from((mark ? '\u{FEFF}' : '') + text, 'utf16le');
  return swap ? encoded.swap16() : encoded;
};

/** Compresses a part that ends on a byte and refers to nothing before it: it may be repeated. */
function packed(data: string | Buffer): Buffer {
  return deflateRawSync(data, { finishFlush: constants.Z_FULL_FLUSH });
}

/** A gzip file of a head and this many copies of a part, which is compressed once. */
function bomb(head: string, part: Buffer, copies: number): Buffer {
  const sum = Buffer.alloc(8);
  const packedPart = packed(part);
  let checksum = crc32(head);
  for (let copy = 0; copy < copies; copy += 1) checksum = crc32(part, checksum);
  sum.writeUInt32LE(checksum);
  sum.writeUInt32LE((head.length + part.length * copies) % 2 ** 32, 4);
  const last = deflateRawSync('');
  const body = Array.from({ length: copies }, () => packedPart);
  return Buffer.concat([gzipSync('').subarray(0, 10), packed(head), ...body, last, sum]);
}

/** Imports files as they are. */
function importRaw(format: string, files: Record<string, string | Buffer>): Promise<Outcome> {
  return runInProcess('import', ['--format', format, folderOf(files)]);
}

describe('files that are no CSV in UTF-8', function () {
  this.timeout(60_000);

  const refusals: [string, string | Buffer, RegExp][] = [
    [
      'semicolons',
      PLATFORMS.replaceAll(',', ';'),
      /has semicolons between its columns, not commas: save it as "CSV UTF-8"/,
    ],
    ['quoted semicolons', '"name";"about";"website"\n"A";"b";"https://a.example/"\n', /has semicolons/],
    ['semicolons behind a byte order mark', `\u{FEFF}${PLATFORMS.replaceAll(',', ';')}`, /has semicolons/],
    ['semicolons and other names', 'Titel;Jahr\nHeat, the film;1995\n', /has semicolons/],
    ["Excel's sep line", 'sep=;\nname;about;website\n', /begins with the line sep=;/],
    ['tabs', PLATFORMS.replaceAll(',', '\t'), /has tabs between its columns/],
    ['bars', PLATFORMS.replaceAll(',', '|'), /has vertical bars between its columns/],
    ['UTF-16', utf16(PLATFORMS), /is in UTF-16: save it as "CSV UTF-8"/],
    ['UTF-16, big end first', utf16(PLATFORMS, { swap: true }), /is in UTF-16/],
    ['UTF-16 without a mark', utf16(PLATFORMS, { mark: false }), /is in UTF-16/],
    [
      'UTF-16 without a mark, in another script',
      utf16(`${PLATFORMS}\n${'電影目錄'.repeat(900)}`, { mark: false }),
      /is in UTF-16/,
    ],
    [
      'lines that end in CR alone',
      Buffer.from(PLATFORMS.replaceAll('\n', '\r')),
      /lines that end in CR alone: save it/,
    ],
    ['UTF-16 without a mark, big end first', utf16(PLATFORMS, { mark: false, swap: true }), /is in UTF-16/],
    ['UTF-32', bytes(0xff, 0xfe, 0, 0, 0x6e, 0, 0, 0), /is in UTF-32/],
    [
      'a ZIP archive',
      Buffer.concat([bytes(0x50, 0x4b, 3, 4), randomBytes(2_000)]),
      /is a ZIP archive or an Excel workbook/,
    ],
    [
      'an old Excel workbook',
      Buffer.concat([bytes(0xd0, 0xcf, 0x11, 0xe0), randomBytes(2_000)]),
      /is an Excel workbook/,
    ],
    ['gzip', gzipSync(PLATFORMS), /is gzipped: unpack it, or give it a name/],
    [
      'a web page',
      '<!doctype html>\n<html lang="en"><body>Not found</body></html>\n',
      /is a web page or XML/,
    ],
    ['JSON', '[{"name": "Aurora", "about": "x"}]\n', /is JSON/],
    ['NULs', Buffer.alloc(100_000), /is no text file: it is full of NUL bytes/],
    ['reviews', REVIEWS, /has the columns of reviews\.csv \(username, watchlist, rating\): is it swapped/],
    ['movies', MOVIES, /has the columns of movies\.csv/],
    ['MovieLens', 'movieId,title,genres\n1,Heat,Crime\n', /has the columns of MovieLens's movies\.csv/],
    ['other columns', 'name,about\n', /:1: the header lacks website/],
    ['a column twice', 'name,about,website,name\n', /:1: the header has name twice/],
    [
      '10,000 columns',
      `name,about,website${',x'.repeat(9_997)}\n`,
      /:1: the header has 10000 columns; at most 1000 are read/,
    ],
    [
      'a line of 2 MB',
      `name,about,website\nA,${'b'.repeat(2_000_000)},c\n`,
      /:2: a record of over 1000000 characters/,
    ],
    ['a NUL in a field', `name,about,website\nA\0,b,https://a.example/\n`, /:2: name holds a NUL/],
  ];
  for (const [kind, content, said] of refusals) {
    it(`are refused with what they are: ${kind}`, async () => {
      const { status, error } = await importRaw('csv', { 'platforms.csv': content });
      expect(status, error).to.equal(1);
      expect(error)
        .to.match(said)
        .and.match(/^ {2}platforms\.csv:/m);
      expect(error.split('\n').filter((line) => line.startsWith('  '))).to.have.length(1);
      expect(await count('stream_platforms')).to.equal(0);
    });
  }

  it('are refused within gzip too, and a bomb soon', async () => {
    const packed = await importFiles('csv', { 'platforms.csv.gz': utf16(PLATFORMS) });
    expect(packed.error).to.contain('platforms.csv.gz: is in UTF-16');
    const lines = bomb('name,about,website\n', Buffer.alloc(4_000_000, '\n'), 15);
    const zeros = bomb('', Buffer.alloc(4_000_000), 15);
    const rowsOfIt = bomb('name,about,website\n', Buffer.from(`A,${'b'.repeat(600)},c\n`.repeat(3_000)), 100);
    expect(gunzipSync(rowsOfIt).length).to.be.above(180_000_000);
    for (const [content, said] of [
      [lines, 'unpacks to over 200 times its size'],
      [zeros, 'is no text file'],
      [rowsOfIt, 'unpacks to over 200 times its size'],
    ] as const) {
      const { status, error } = await importRaw('csv', { 'platforms.csv.gz': content });
      expect(status).to.equal(1);
      expect(error).to.contain(said);
    }
  });

  it('may have columns of any name, however odd, and ids that are equal as numbers meet', async () => {
    const { status, error } = await importRaw('csv', {
      'platforms.csv':
        '__proto__,constructor,name,about,website,x,x,hasOwnProperty\n1,2,Aurora,b,https://a.example/,,,\n',
      'movies.csv':
        'id,title,storyline,platform\n1.0,One,x,Aurora\n2,Two,x,Aurora\n03,Three,x,Aurora\n__proto__,Odd,x,Aurora\n',
      'reviews.csv':
        'username,watchlist,rating\nana,1,1\nana,2.0,2\nana,3,3\n__proto__,__proto__,4\nconstructor,1,5\n',
    });
    expect(status, error).to.equal(0);
    const stored = await rows('SELECT title, number_rating FROM watch_lists ORDER BY id');
    expect(stored.map((row) => [row.title, row.number_rating])).to.deep.equal([
      ['One', 2],
      ['Two', 1],
      ['Three', 1],
      ['Odd', 1],
    ]);
    const twice = await importRaw('csv', {
      'platforms.csv': PLATFORMS,
      'movies.csv': 'id,title,storyline,platform\n1,One,x,Aurora\n1.0,Two,x,Aurora\n',
    });
    expect(twice.error).to.contain('movies.csv:3: id: 1 is there twice');
  });

  it('of titles may be named like a property of all objects', async () => {
    const titles = 'title,description\nHeat,Cops.\n';
    const { status, error } = await importRaw('titles', {
      '__proto___titles.csv': titles,
      'constructor_titles.csv': titles,
    });
    expect(status, error).to.equal(0);
    const stored = await rows(
      "SELECT website FROM stream_platforms WHERE website LIKE '%.invalid/' ORDER BY website",
    );
    expect(stored.map((row) => row.website)).to.deep.equal([
      'https://constructor.invalid/',
      'https://proto.invalid/',
    ]);
  });

  it('are named without what a terminal would carry out, and not at full length', async () => {
    const { error } = await importRaw('csv', {
      'platforms.csv': PLATFORMS,
      'movies.csv': `id,title,storyline,platform\n\u001B[31mx,A,b,Aurora\n\u001B[31mx,B,b,Aurora\n1,C,d,${'p'.repeat(900_000)}\n`,
      'reviews.csv': `username,watchlist,rating\nana,${'w'.repeat(900_000)},1\n`,
    });
    expect(error).to.contain('is there twice').and.not.contain('\u001B');
    expect(error.length).to.be.below(3_000);
  });
});
