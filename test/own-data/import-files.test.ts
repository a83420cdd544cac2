import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import type { UserClient } from '../support/clients.js';
import {
  csv,
  importFile,
  memberAndMovies,
  type MovieMaker,
  RATINGS,
  REVIEWS,
  reviewsOf,
  WATCHLIST,
  zipOf,
} from '../support/own-data.js';
import { expectFields } from '../support/refusals.js';

describe('the files that POST /account/import/ reads', () => {
  let client: UserClient;
  let movie: MovieMaker;
  beforeEach(async () => {
    ({ client, movie } = await memberAndMovies());
  });

  it('reads semicolons, UTF-16 and Windows-1252, and names what it cannot read', async () => {
    await movie('Amélie', 2001);
    const german = `${RATINGS.replaceAll(',', ';')}\r\n"3. März 2020";Amélie;2001;;4,5\r\n`;
    for (const content of [
      Buffer.from(german, 'latin1'),
      Buffer.from(`\u{FEFF}${german}`, 'utf16le'),
      Buffer.from(german),
    ]) {
      const { body } = await importFile(client, 'ratings.csv', content);
      expect(body).to.deep.include({ matched: 1, unmatched_count: 0, faults_count: 0, notes_count: 0 });
    }
    expect((await reviewsOf(client))[0]).to.deep.include({ rating: 5, created: '2020-03-03' });
    const tooLong = 'x'.repeat(2_001);
    const { body } = await importFile(
      client,
      'reviews.csv',
      csv(
        REVIEWS,
        `,Amélie,2001,,4,,${tooLong},,`,
        ',Amélie,soon,,4,,,,',
        ',,2001,,4,,,,',
        ',A,2001,,4,,,,,,x',
        ',"A" b',
      ),
      '?overwrite=1',
    );
    expect(
      body.faults.map(({ line, message }: { line: number; message: string }) => `${line} ${message}`),
    ).to.deep.equal([
      '2 Review: Ensure this field has no more than 2000 characters.',
      '3 Year: "soon" is no year from 1870 to 2100.',
      '4 It has no title and no IMDb id.',
      '5 It has more fields than the header.',
      '6 a quote within a field that is not quoted as a whole, or not doubled (not read further)',
    ]);
  });

  it('takes an own export back exactly, and as spreadsheets save it; a date that is none is told', async () => {
    for (const title of ['Heat', 'Up', 'Alien']) await movie(title, 1999);
    const own = 'Title,imdbID,Rating,Review,Spoiler,Created,Updated,Platform,Movie';
    const file = csv(
      own,
      'Heat,,4,  ,WAHR,24.12.2012 18:30,24.12.2012 18:31:05,,',
      'Up,,3, x ,FALSCH,12/24/2012 6:30 PM,soon,,',
      'Alien,,3,,Falso,2012-12-24T18:30:00.123Z,,,',
    );
    const { body } = await importFile(client, 'reviews.csv', file);
    expect(body).to.deep.include({ added: 3, faults_count: 0, notes_count: 1 });
    expect(body.notes[0].message).to.equal('The date "soon" is not understood: the line counts as of today.');
    const reviews = await Review.findAll({ where: { user_id: client.user.id }, order: ['id'] });
    expect(
      reviews.map(({ description, spoiler, created }) => [description, spoiler, created.toISOString()]),
    ).to.deep.equal([
      ['  ', true, '2012-12-24T18:30:00.000Z'],
      [' x ', false, '2012-12-24T18:30:00.000Z'],
      [null, false, '2012-12-24T18:30:00.123Z'],
    ]);
    const again = await importFile(client, 'reviews.csv', file, '?overwrite=true');
    expect(again.body).to.deep.include({ updated: 0, already: 3 });
    const trakt = [{ rating: 4, rated_at: 'soon', movie: { title: 'Heat', year: 1999 } }];
    expect((await importFile(client, 'x.json', JSON.stringify(trakt))).body.notes_count).to.equal(1);
  });

  it('refuses files that are none of these', async () => {
    const bomb = await zipOf({ 'ratings.csv': Buffer.alloc(51_000_000) });
    expect(bomb.length).to.be.below(1_000_000);
    const encrypted = await zipOf({ 'ratings.csv': csv(RATINGS, ',Heat,1995,,4') });
    for (const at of [6, encrypted.indexOf('PK\x01\x02') + 8]) encrypted[at] = (encrypted[at] ?? 0) | 1;
    const zip = await zipOf({ 'ratings.csv': csv(RATINGS, ',Heat,1995,,4') });
    const damaged = Buffer.from(zip);
    damaged.writeInt32LE(1, zip.indexOf('PK\x01\x02') + 16);
    const cases: [name: string, content: string | Buffer, message: RegExp][] = [
      ['ratings.csv', '', /No file was submitted/],
      ['ratings.csv', 'a,b\n1,2\n', /ratings\.csv has no columns that are known/],
      ['watched.csv', csv(WATCHLIST, ',Heat,1995,'), /without ratings/],
      ['x.json', '{"a": 1}', /holds no ratings/],
      ['x.json', '[{"a": 1}]', /holds no ratings/],
      ['x.json', '[{', /broken or cut off/],
      ['x.pdf', '%PDF-1.7', /is a PDF document/],
      ['x.html', '<html>', /web page/],
      ['x.zip', zip.subarray(0, 40), /ZIP archive is broken/],
      ['x.zip', damaged, /ZIP archive is broken.*ratings\.csv is damaged/],
      ['x.zip', await zipOf({ 'notes.txt': 'x' }), /holds none of/],
      ['x.zip', bomb, /over 50 MB unpacked/],
      ['x.zip', encrypted, /encrypted/],
    ];
    for (const [name, content, message] of cases) {
      const answer = await importFile(client, name, content);
      expectFields(answer, 'file');
      expect(answer.body.file[0]).to.match(message);
    }
    const large = await importFile(client, 'ratings.csv', Buffer.alloc(10_000_001, 'x'));
    expect(large.status).to.equal(413);
    expectFields(await importFile(client, 'ratings.csv', csv(RATINGS), '?dry_run=perhaps'), 'dry_run');
    // A name that leads out of the archive is a name only.
    const { body } = await importFile(client, 'x.zip', await zipOf({ 'a/ratings.csv': csv(RATINGS) }));
    expect(body.matched).to.equal(0);
    // As some programs write them.
    const dotted = await importFile(client, 'x.zip', await zipOf({ './ratings.csv': csv(RATINGS) }));
    expect(dotted.status).to.equal(200);
  });
});
