import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import { ReviewReport } from '../../src/models/review-report.js';
import { SavedMovie } from '../../src/models/saved-movie.js';
import { asUser, type UserClient } from '../support/clients.js';
import { makePlatform, makeReview } from '../support/factories.js';
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
import { expectRatingsExact } from '../support/ratings.js';

const IMDB =
  'Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors';

describe('POST /account/import/', () => {
  let client: UserClient;
  let movie: MovieMaker;
  beforeEach(async () => {
    ({ client, movie } = await memberAndMovies());
  });

  it('takes ratings of Letterboxd: half stars up, titles with quotes and commas, empty years, the same once more', async () => {
    await movie('Heat', 1995);
    await movie('Say "Hi", Ana', 2001);
    await movie('Up');
    const file = csv(
      RATINGS,
      '2024-02-03,Heat,1995,https://boxd.it/29Qe,0.5',
      '2024-02-04,"Say ""Hi"", Ana",2001,https://boxd.it/1,3.5',
      '2024-02-05,Up,,https://boxd.it/2,5',
      '2024-02-06,Unheard Of,1901,https://boxd.it/3,4',
      '2024-02-07,Heat,1995,https://boxd.it/4,9',
    );
    const dry = await importFile(client, 'ratings.csv', file, '?dry_run=true');
    expect(await reviewsOf(client)).to.deep.equal([]);
    const { status, body } = await importFile(client, 'ratings.csv', file);
    expect(status).to.equal(200);
    expect(body).to.deep.equal(dry.body);
    expect(body).to.deep.include({ matched: 3, added: 3, updated: 0, already: 0 });
    expect(body.unmatched).to.deep.equal([{ file: 'ratings.csv', line: 5, title: 'Unheard Of', year: 1901 }]);
    expect(body.faults).to.deep.equal([
      { file: 'ratings.csv', line: 6, message: 'Rating: "9" is no number from 0.5 to 5, in halves.' },
    ]);
    const plain = { description: null, spoiler: false };
    expect(await reviewsOf(client)).to.deep.equal([
      { title: 'Heat', rating: 1, ...plain, created: '2024-02-03' },
      { title: 'Say "Hi", Ana', rating: 4, ...plain, created: '2024-02-04' },
      { title: 'Up', rating: 5, ...plain, created: '2024-02-05' },
    ]);
    await expectRatingsExact();
    const again = await importFile(client, 'ratings.csv', file);
    expect(again.body).to.deep.include({ matched: 3, added: 0, updated: 0, already: 3 });
  });

  it('takes the whole ZIP of Letterboxd: texts of HTML, rewatches, what has no rating, folders of other things', async () => {
    for (const title of ['Heat', 'Alien', 'Up', 'Solaris']) await movie(title, 1999);
    const zip = await zipOf({
      'letterboxd-ana/ratings.csv': csv(RATINGS, '2024-01-01,Heat,1999,u,4', '2024-01-01,Alien,1999,u,2'),
      'letterboxd-ana/reviews.csv': `\u{FEFF}${[
        REVIEWS,
        '2023-05-01,Heat,1999,u,3,,"First time",,2023-05-01',
        '2024-05-01,Heat,1999,u,4.5,Yes,"Tom &amp; Al: <i>great</i>.<br />\nI <3 it",,2024-05-01',
        '2024-05-02,Up,1999,u,,,"No stars",,2024-05-02',
      ].join('\r\n')}\r\n`,
      'letterboxd-ana/watchlist.csv': csv(WATCHLIST, '2024-01-01,Solaris,1999,u'),
      'letterboxd-ana/deleted/reviews.csv': csv(REVIEWS, '2024-05-03,Solaris,1999,u,5,,Gone,,'),
      '__MACOSX/letterboxd-ana/._ratings.csv': 'nonsense',
      'letterboxd-ana/profile.csv': 'Username\nana\n',
      'letterboxd-ana/watched.csv': csv(WATCHLIST, '2024-01-01,Up,1999,u'),
    });
    const { body } = await importFile(client, 'letterboxd.zip', zip);
    expect(body).to.deep.include({ matched: 3, added: 3 });
    expect(body.saved).to.deep.equal({ added: 1, already: 0 });
    expect(
      body.faults.map(({ line, message }: { line: number; message: string }) => [line, message]),
    ).to.deep.equal([[5, 'It has a review and no rating: a review here has both.']]);
    expect(body.notes).to.have.length(1);
    expect(body.notes[0]).to.deep.include({ file: 'letterboxd-ana/reviews.csv', line: 2 });
    expect(
      (await reviewsOf(client)).map(({ title, rating, description }) => [title, rating, description]),
    ).to.deep.equal([
      ['Heat', 4, 'Tom & Al: great.\nI <3 it'],
      ['Alien', 2, null],
    ]);
    expect(await SavedMovie.count({ where: { user_id: client.user.id } })).to.equal(1);
  });

  it('takes IMDb by its ids, of ten, with the dates of other times and languages, and passes episodes over', async () => {
    await movie('Der Untergang', 2004, { imdb_id: 'tt0363163' });
    await movie('Pilot', 2004);
    await movie('Matrix, The (1999)', 1999);
    await movie('Seven Samurai', 1954);
    const file = csv(
      IMDB,
      'tt0363163,7,24.12.2012,Downfall,Der Untergang,https://www.imdb.com/title/tt0363163,Movie,8,1,2004,,,,',
      'tt9999999,10,2012-12-24,Pilot,Pilot,u,TV Episode,8,1,2004,,,,',
      'tt0133093,1,Mon Dec 24 00:00:00 2012,The Matrix,The Matrix,u,Movie,8,1,1999,,,,',
      'tt0047478,9,gestern,Seven Samurai,Shichinin no samurai,u,Movie,8,1,1954,,,,',
    );
    const { body } = await importFile(client, 'ratings.csv', file);
    expect(body).to.deep.include({ matched: 3, added: 3, faults_count: 0 });
    expect(body.unmatched).to.have.length(1);
    expect(body.notes[0]).to.deep.include({ line: 5 });
    const today = new Date().toISOString().slice(0, 10);
    expect(
      (await reviewsOf(client)).map(({ title, rating, created }) => [title, rating, created]),
    ).to.deep.equal([
      ['Der Untergang', 4, '2012-12-24'],
      ['Matrix, The (1999)', 1, '2012-12-24'],
      ['Seven Samurai', 5, today],
    ]);
  });

  it('takes Trakt’s ratings, comments and watchlist', async () => {
    await movie('TRON: Legacy', 2010, { imdb_id: 'tt1104001' });
    await movie('Lost', 2004, { kind: 'show' });
    await movie('Up', 2009);
    const tron = { title: 'TRON: Legacy', year: 2010, ids: { imdb: 'tt1104001' } };
    const zip = await zipOf({
      'ratings-movies.json': JSON.stringify([
        { rated_at: '2014-09-01T09:10:11.000Z', rating: 9, type: 'movie', movie: tron },
        { rated_at: '2014-09-01T09:10:11.000Z', rating: 11, type: 'movie', movie: tron },
      ]),
      'ratings-shows.json': JSON.stringify([
        {
          rated_at: '2014-09-01T09:10:11.000Z',
          rating: 4,
          type: 'show',
          show: { title: 'Lost', year: 2004, ids: {} },
        },
        { rating: 4, type: 'episode', episode: { title: 'Up' }, show: { title: 'Up', year: 2009 } },
      ]),
      'comments-movies.json': JSON.stringify([
        {
          type: 'movie',
          movie: tron,
          comment: { comment: 'Music!', spoiler: true, created_at: '2015-01-01T00:00:00Z' },
        },
      ]),
      'lists-watchlist.json': JSON.stringify([
        { listed_at: '2014-09-01T09:10:11.000Z', type: 'movie', movie: { title: 'Up', year: 2009, ids: {} } },
      ]),
    });
    const { body } = await importFile(client, 'trakt.zip', zip);
    expect(body).to.deep.include({ added: 3, faults_count: 1, notes_count: 1 });
    expect(body.faults[0]).to.deep.include({ file: 'ratings-movies.json', line: 2 });
    expect(
      (await reviewsOf(client)).map(({ title, rating, description, spoiler }) => [
        title,
        rating,
        description,
        spoiler,
      ]),
    ).to.deep.equal([
      ['TRON: Legacy', 5, 'Music!', true],
      ['Lost', 2, null, false],
    ]);
  });

  it('leaves reviews that are there, replaces them with overwrite, and never one that is hidden', async () => {
    const [heat, up, alien] = [
      await movie('Heat', 1995),
      await movie('Up', 2009),
      await movie('Alien', 1979),
    ];
    const mine = { user_id: client.user.id, rating: 2, description: 'Mine.', spoiler: true };
    const { id } = await makeReview({ ...mine, watchlist_id: heat.id });
    await makeReview({ ...mine, watchlist_id: up.id });
    await makeReview({ ...mine, watchlist_id: alien.id, active: false });
    await makeReview({ watchlist_id: heat.id, rating: 5 });
    const file = csv(REVIEWS, ',Heat,1995,,5,,New.,,', ',Alien,1979,,5,,New.,,', ',Up,2009,,3,,,,');
    const kept = await importFile(client, 'reviews.csv', file);
    expect(kept.body).to.deep.include({ matched: 3, added: 0, updated: 0, already: 3 });
    const { body } = await importFile(client, 'reviews.csv', file, '?overwrite=true');
    expect(body).to.deep.include({ matched: 3, added: 0, updated: 2, already: 1, notes_count: 1 });
    expect(
      (await reviewsOf(client)).map(({ rating, description, spoiler }) => [rating, description, spoiler]),
    ).to.deep.equal([
      [5, 'New.', true],
      [3, 'Mine.', true],
      [2, 'Mine.', true],
    ]);
    await expectRatingsExact();
    // The text is found, and the review is the same.
    const found = await client.get(`/watch/${heat.id}/review/?search=new`);
    expect(found.body.results.map((review: { id: number }) => review.id)).to.deep.equal([id]);
    expect(found.body.results[0].update > found.body.results[0].created).to.equal(true);
  });

  it('brings no review back that was hidden and deleted, nor without its reports', async () => {
    const [heat, up] = [await movie('Heat', 1995), await movie('Up', 2009)];
    const hidden = await makeReview({ user_id: client.user.id, watchlist_id: heat.id, active: false });
    const reported = await makeReview({ user_id: client.user.id, watchlist_id: up.id });
    await ReviewReport.create({ review_id: reported.id, user_id: (await asUser()).user.id, reason: 'Spam' });
    for (const { id } of [hidden, reported]) await client.delete(`/watch/review/${id}/`);
    const { body } = await importFile(client, 'ratings.csv', csv(RATINGS, ',Heat,1995,,5', ',Up,2009,,4'));
    expect(body).to.deep.include({ added: 2 });
    const written = await Review.findAll({ where: { user_id: client.user.id }, order: ['watchlist_id'] });
    expect(written.map(({ active, open_reports }) => [active, open_reports])).to.deep.equal([
      [false, 0],
      [true, 1],
    ]);
    await expectRatingsExact();
  });

  it('tells films of one title apart, and takes the one on several platforms that the member knows', async () => {
    const other = (await makePlatform()).id;
    await movie('Dune', 1984);
    await movie('Dune', 2021);
    await movie('Heat', 1995);
    const known = await movie('Heat', 1995, { platform_id: other });
    await SavedMovie.keep(client.user.id, known.id);
    const file = csv(
      RATINGS,
      ',Dune,,,4',
      ',Dune,2020,,4',
      ',Dune,2021,,4',
      ',Heat,1995,,4',
      ',heat,1996,,5',
      ',Heat,2013,,5',
    );
    const { body } = await importFile(client, 'ratings.csv', file);
    expect(body.unmatched.map(({ line }: { line: number }) => line)).to.deep.equal([2, 3, 7]);
    expect(body).to.deep.include({ added: 2, notes_count: 1 });
    const reviews = await Review.findAll({ where: { user_id: client.user.id }, order: ['id'] });
    expect(reviews.map(({ rating, watchlist_id }) => [rating, watchlist_id === known.id])).to.deep.equal([
      [4, false],
      [5, true],
    ]);
  });
});
