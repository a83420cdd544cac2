import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect } from 'chai';
import { cpuOf } from '../support/processor-time.js';
import { Review } from '../../src/models/review.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { User } from '../../src/models/user.js';
import { WatchList } from '../../src/models/watch-list.js';
import { expectMovieCountsExact } from '../support/movie-counts.js';
import { expectRatingsExact } from '../support/ratings.js';
import { makeMember, PanelClient, staffClient } from '../support/panel.js';
import { filled, importsAs, tally } from './panel-import.js';

const PLATFORMS = 'name,about,website\nAurora,Films of the north,https://aurora.example/\n';
const MOVIES = `id,title,storyline,platform,active\na,Ordet,A word.,Aurora,\nb,"'=1+1",'-x,aurora,false\n`;
const REVIEWS = `username,watchlist,rating,description,active,spoiler
ana,a,5,Good,,true
Ben,a,2,,false,
ana,b,4,'@home,,
`;

const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('marquee-import-'));
const counts = () => Promise.all([StreamPlatform.count(), WatchList.count(), User.count(), Review.count()]);

describe('admin panel: import', function () {
  this.timeout(60_000);
  const admin = staffClient('admin', 'ada');

  const { post, events, report } = importsAs(admin);

  it('previews an import, does it, and adds nothing the second time', async () => {
    const files = { platforms: PLATFORMS, movies: MOVIES, reviews: REVIEWS };
    const planned = await report('check', files);
    expect(planned.written).to.equal(false);
    expect(planned.counts).to.deep.equal({
      platforms: tally(1, 0),
      movies: { ...tally(2, 0), filled: filled({}) },
      users: tally(2, 0),
      reviews: tally(3, 0),
    });
    expect(await counts()).to.deep.equal([0, 0, 1, 0]);

    const done = await report('write', files);
    expect(done).to.deep.include({ written: true, counts: planned.counts });
    expect(await counts()).to.deep.equal([1, 2, 3, 3]);
    const [ordet, formula] = await WatchList.findAll({ order: [['id', 'ASC']] });
    expect(ordet).to.include({ title: 'Ordet', number_rating: 1, avg_rating: 5 });
    expect(formula).to.include({ title: '=1+1', storyline: '-x', active: false });
    const reviews = await Review.findAll({ order: [['rating', 'ASC']] });
    expect(reviews.map(({ active, spoiler, description }) => [active, spoiler, description])).to.deep.equal([
      [false, false, null],
      [true, false, '@home'],
      [true, true, 'Good'],
    ]);
    await expectRatingsExact();
    await expectMovieCountsExact();

    for (const step of ['check', 'write']) {
      expect((await report(step, files)).counts).to.deep.equal({
        platforms: tally(0, 1),
        movies: { ...tally(0, 2), filled: filled({}) },
        users: tally(0, 2),
        reviews: tally(0, 3),
      });
    }
    expect(await counts()).to.deep.equal([1, 2, 3, 3]);
    expect(leftovers()).to.deep.equal([]);
  });

  it('reports its progress', async () => {
    const told = await events('write', { platforms: PLATFORMS, movies: MOVIES, reviews: REVIEWS });
    const phases = told.flatMap((event) => ('progress' in event ? event.progress.phase : []));
    expect([...new Set(phases)]).to.deep.equal(['reading', 'users', 'movies', 'reviews']);
  });

  it('names lines and fields in the API’s words and writes nothing', async () => {
    const files = {
      platforms: `${PLATFORMS}Nowhere,,example\n`,
      movies: `${MOVIES}c,,Blank.,Aurora,maybe\n`,
      reviews: `${REVIEWS}b o,a,6,\nana,z,x,\nBEN,a,1,,,\n`,
    };
    for (const step of ['check', 'write']) {
      const { faults, counts: none, passedOver, written } = await report(step, files);
      expect({ none, written }).to.deep.equal({ none: null, written: false });
      expect(
        faults.first.map(({ file, line, column, text }) => `${file}:${line} ${column}: ${text}`),
      ).to.deep.equal([
        'platforms.csv:3 about: This field may not be blank.',
        'platforms.csv:3 website: Enter a valid URL.',
        'movies.csv:4 title: This field may not be blank.',
        'movies.csv:4 active: Must be a valid boolean.',
        'reviews.csv:5 null: 4 fields where the header has 6',
        'reviews.csv:6 null: 4 fields where the header has 6',
      ]);
      expect(faults.count).to.equal(6);
      expect(passedOver.count).to.equal(1);
    }
    const { faults } = await report('check', {
      ...files,
      reviews: 'username,watchlist,rating,created\nb o,a,6,soon\nana,z,x,2026-02-03T04:05:06Z\n',
    });
    expect(faults.first.slice(4).map(({ line, column, text }) => `${line} ${column}: ${text}`)).to.deep.equal(
      [
        '2 username: Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.',
        '2 rating: Ensure this value is less than or equal to 5.',
        '2 created: Not a valid moment, such as 2026-01-31T12:00:00Z.',
        '3 rating: A valid integer is required.',
        '3 watchlist: there is no movie "z"',
      ],
    );
    expect(await counts()).to.deep.equal([0, 0, 1, 0]);
  });

  it('rolls the whole import back if its last write fails', async () => {
    Review.addHook('afterBulkCreate', 'failing', () => {
      throw new Error('The disk is full');
    });
    try {
      const told = await events('write', { platforms: PLATFORMS, movies: MOVIES, reviews: REVIEWS });
      expect(told.at(-1)).to.deep.equal({
        detail: 'Something went wrong on the server. Nothing was imported.',
      });
    } finally {
      Review.removeHook('afterBulkCreate', 'failing');
    }
    expect(await counts()).to.deep.equal([0, 0, 1, 0]);
  });

  it('refuses other roles, other sites, bodies that are too large and bodies that are not a form', async () => {
    const moderator = await PanelClient.loggedIn(admin.panel, await makeMember('moderator'));
    expect((await post('write', { platforms: PLATFORMS }, { client: moderator })).status).to.equal(403);
    expect(
      (await post('write', { platforms: PLATFORMS }, { client: new PanelClient(admin.panel) })).status,
    ).to.equal(303);
    const headers = { 'sec-fetch-site': 'same-site' };
    expect((await post('write', { platforms: PLATFORMS }, { headers })).status).to.equal(403);
    const large = await post('check', { platforms: 'x'.repeat(5_000_001) });
    expect(large.status).to.equal(413);
    expect(((await large.json()) as { detail: string }).detail).to.match(/^The files may have 5 MB together/);
    expect((await post('check', {})).status).to.equal(400);
    const broken = {
      method: 'POST',
      body: 'nothing',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    };
    expect((await admin.fetch('/admin/import/check', broken)).status).to.equal(400);
    for (const name of ['platforms', 'unknown']) {
      const body = `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a.csv"\r\n\r\nhalf`;
      const cut = await admin.fetch('/admin/import/check', { ...broken, body });
      expect(cut.status, name).to.equal(400);
    }
    const spent = await cpuOf(async () => {
      const parts = await admin.fetch('/admin/import/check', { ...broken, body: '--x\r\n'.repeat(900_000) });
      expect([parts.status, await parts.json()]).to.deep.equal([
        400,
        { detail: 'The form has too many parts.' },
      ]);
    });
    expect(spent).to.be.below(2_000);
    expect((await admin.fetch('/admin/import/check', { method: 'POST', body: 'a=b' })).status).to.equal(400);
    expect(await counts()).to.deep.equal([0, 0, 2, 0]);
    expect(leftovers()).to.deep.equal([]);
  });
});
