import { expect } from 'chai';
import { HelpfulVote } from '../../src/models/helpful-vote.js';
import { Review } from '../../src/models/review.js';
import { ReviewReport } from '../../src/models/review-report.js';
import { SavedMovie } from '../../src/models/saved-movie.js';
import { WatchList } from '../../src/models/watch-list.js';
import { asAdmin, asUser, type UserClient } from '../support/clients.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';
import { csv, exportedZip, exportOf, importFile, zipOf } from '../support/own-data.js';

/** The columns of letterboxd.com/about/importing-data. */
const LETTERBOXD = ['LetterboxdURI', 'tmdbID', 'imdbID', 'Title', 'Year', 'Directors', 'Rating', 'Rating10'];
const OF_VIEWING = ['WatchedDate', 'Rewatch', 'Tags', 'Review'];

const TEXTS = [
  '=HYPERLINK("https://evil.example.org","free")',
  '- one\r\n- two; +3, @me\n\t=4',
  "'=already quoted",
  '  spaces at both ends  ',
  'Ends in a line break\n',
  '&amp; <b>no HTML here</b> 🎬 é',
  null,
];

async function textsOf({ user }: UserClient) {
  const reviews = await Review.findAll({ where: { user_id: user.id }, order: ['watchlist_id'] });
  return reviews.map(({ watchlist_id, rating, description, spoiler, created, updated }) => ({
    watchlist_id,
    rating,
    description: description ?? null,
    spoiler,
    created: created.toISOString(),
    updated: updated.toISOString(),
  }));
}

const savedBy = async ({ user }: UserClient) =>
  (await SavedMovie.findAll({ where: { user_id: user.id }, order: ['id'] })).map(
    ({ watchlist_id, created }) => [watchlist_id, created.toISOString()],
  );

describe('GET /account/export/', function exporting() {
  this.timeout(30_000);

  it('is taken back as it is, whatever the texts and the titles, and has nothing of others', async () => {
    const client = await asUser({ username: 'a@b+c' });
    const [first, second] = [await makePlatform({ name: '=One' }), await makePlatform()];
    await Promise.all(
      TEXTS.map(async (description, index) => {
        const { id } = await makeMovie({
          title: `=Film, "${index}"`,
          year: 2000 + index,
          platform_id: first.id,
        });
        const created = new Date(Date.UTC(2020, 1, 3, 4, 5, 6, 700 + index));
        const [user_id, rating] = [client.user.id, (index % 5) + 1];
        const written = { user_id, watchlist_id: id, rating, description, spoiler: index % 2 === 0, created };
        await Review.bulkCreate([{ ...written, updated: new Date(created.getTime() + index * 1_000) }]);
        await SavedMovie.create({ user_id, watchlist_id: id, created });
      }),
    );
    // One film on two platforms, and two films that only their ids tell apart.
    for (const platform_id of [first.id, second.id]) {
      const { id } = await makeMovie({ title: 'Heat', year: 1995, platform_id });
      await makeReview({
        user_id: client.user.id,
        watchlist_id: id,
        rating: platform_id === first.id ? 2 : 5,
      });
      const twin = await makeMovie({ title: 'Twin', platform_id: first.id });
      await makeReview({ user_id: client.user.id, watchlist_id: twin.id, description: `Twin ${twin.id}` });
    }
    await makeReview({ description: 'Of somebody else' });
    const zip = await exportedZip(client);
    const other = await asUser();
    const { body } = await importFile(other, 'export.zip', zip);
    expect(body).to.deep.include({ unmatched_count: 0, faults_count: 0, notes_count: 0 });
    expect(body.reviews.added).to.equal(TEXTS.length + 4);
    expect(await textsOf(other)).to.deep.equal(await textsOf(client));
    expect(await savedBy(other)).to.deep.equal(await savedBy(client));
    const again = await importFile(client, 'export.zip', zip, '?overwrite=true');
    expect(again.body).to.deep.include({ added: 0, updated: 0, already: 2 * TEXTS.length + 4 });
  });

  it('has the columns that Letterboxd imports, and no cell that a spreadsheet would run', async () => {
    const client = await asUser({ username: 'ana' });
    const movie = await makeMovie({ title: 'Heat', year: 1995, imdb_id: 'tt0113277' });
    const created = new Date('2021-05-06T07:08:09.000Z');
    await makeReview({
      user_id: client.user.id,
      watchlist_id: movie.id,
      rating: 4,
      description: '=1+1',
      created,
    });
    await SavedMovie.keep(client.user.id, movie.id);
    const theirs = await makeReview({ watchlist_id: movie.id });
    await HelpfulVote.create({ review_id: theirs.id, user_id: client.user.id });
    await ReviewReport.create({ review_id: theirs.id, user_id: client.user.id, reason: 'Spam' });
    const response = await client.send('GET', '/account/export/');
    expect(response.headers.get('content-disposition')).to.match(
      /^attachment; filename="marquee-ana-\d{4}-\d\d-\d\d\.zip"$/,
    );
    const files = await exportOf(client);
    expect(Object.keys(files)).to.deep.equal([
      'profile.csv',
      'reviews.csv',
      'saved.csv',
      'helpful.csv',
      'reports.csv',
    ]);
    const [review] = files['reviews.csv'] ?? [];
    expect(review).to.deep.include({
      Title: 'Heat',
      Year: '1995',
      imdbID: 'tt0113277',
      Rating: '4',
      Review: "'=1+1",
      WatchedDate: '2021-05-06',
    });
    for (const row of [review, files['saved.csv']?.[0]]) {
      const known = Object.keys(row ?? {}).slice(0, 6);
      expect(known).to.deep.equal(['Title', 'Year', 'imdbID', 'Rating', 'Review', 'WatchedDate']);
      expect([...LETTERBOXD, ...OF_VIEWING]).to.include.members(known);
    }
    expect(files['profile.csv']?.[0]).to.deep.include({ Username: 'ana', Role: 'user' });
    expect(files['helpful.csv']?.[0]).to.deep.include({ Title: 'Heat', Review: String(theirs.id) });
    expect(files['reports.csv']?.[0]).to.deep.include({ Reason: 'Spam', Closed: '' });
    const head = await client.send('HEAD', '/account/export/');
    expect([head.status, head.text]).to.deep.equal([200, '']);
    // Nobody reads another's, whatever the role.
    const admin = await asAdmin();
    expect((await exportOf(admin))['saved.csv']).to.deep.equal([]);
  });

  it('shows one moment while an import writes', async () => {
    const client = await asUser();
    const { id: platform_id } = await makePlatform();
    const titles = Array.from({ length: 400 }, (_, index) => `Film ${index}`);
    await WatchList.bulkCreate(
      titles.map((title) => ({ title, storyline: 'A story.', year: 2000, platform_id })),
    );
    const zip = await zipOf({
      'ratings.csv': csv('Date,Name,Year,URI,Rating', ...titles.map((title) => `,${title},2000,u,4`)),
      'watchlist.csv': csv('Date,Name,Year,URI', ...titles.map((title) => `,${title},2000,u`)),
    });
    const state = { isDone: false };
    const importing = importFile(client, 'x.zip', zip).finally(() => {
      state.isDone = true;
    });
    const seen = new Set<string>();
    do {
      const files = await exportOf(client);
      seen.add(`${files['reviews.csv']?.length} ${files['saved.csv']?.length}`);
    } while (!state.isDone);
    expect((await importing).body.added).to.equal(800);
    for (const counts of seen) expect(counts).to.be.oneOf(['0 0', '400 400']);
  });
});
