import { expect } from 'chai';
import type { Config } from '../../src/config.js';
import { Review } from '../../src/models/review.js';
import { SavedMovie } from '../../src/models/saved-movie.js';
import { WatchList } from '../../src/models/watch-list.js';
import { asModerator, asUser } from '../support/clients.js';
import { makePlatform } from '../support/factories.js';
import { csv, importFile, zipOf } from '../support/own-data.js';
import { expectRatingsExact } from '../support/ratings.js';
import { withServer } from '../support/server.js';

const MOVIES = 300;

async function makeMovies(): Promise<WatchList[]> {
  const { id: platform_id } = await makePlatform();
  const titles = Array.from({ length: MOVIES }, (_, index) => `Film ${index}`);
  await WatchList.bulkCreate(
    titles.map((title) => ({ title, storyline: 'A story.', year: 2000, platform_id })),
  );
  return WatchList.findAll({ order: ['id'] });
}

const ratings = (movies: WatchList[], stars: number) =>
  csv(
    'Date,Name,Year,Letterboxd URI,Rating',
    ...movies.map(({ title }) => `2020-01-01,${title},2000,u,${stars}`),
  );

const zip = (shown: WatchList[], stars: number) =>
  zipOf({
    'ratings.csv': ratings(shown, stars),
    'watchlist.csv': csv('Date,Name,Year,URI', ...shown.map(({ title }) => `,${title},2000,u`)),
  });

describe('imports at once', function atOnce() {
  this.timeout(60_000);

  it('add each review once, in whichever order and beside reviews, and leave the ratings exact', async () => {
    const movies = await makeMovies();
    const [ana, ben, cleo] = [await asUser(), await asModerator(), await asUser()];
    const [up, down] = [await zip(movies, 4), await zip(movies.toReversed(), 2)];
    const reviewing = movies.slice(0, 40).map((movie, index) => async () => {
      const answer = await (index % 2 ? ana : cleo).post(`/watch/${movie.id}/review-create/`, { rating: 1 });
      expect(answer.status).to.be.oneOf([201, 400]);
    });
    const imports = [
      importFile(ana, 'a.zip', up),
      importFile(ana, 'a.zip', down),
      importFile(ben, 'a.zip', down, '?overwrite=true'),
      importFile(cleo, 'a.zip', up, '?overwrite=true'),
    ];
    const [answers] = await Promise.all([Promise.all(imports), Promise.all(reviewing.map((ask) => ask()))]);
    for (const { status, body } of answers) {
      expect(status).to.equal(200);
      expect(body).to.deep.include({ matched: 2 * MOVIES, unmatched_count: 0, faults_count: 0 });
    }
    const [first, second] = answers;
    expect(first?.body.saved.added + second?.body.saved.added).to.equal(MOVIES);
    for (const { user } of [ana, ben, cleo]) {
      expect(await Review.count({ where: { user_id: user.id } })).to.equal(MOVIES);
      expect(await SavedMovie.count({ where: { user_id: user.id } })).to.equal(MOVIES);
    }
    await expectRatingsExact();
  });

  it('are limited to five an hour, and so are dry runs by themselves', async () => {
    const rate: Partial<Config> = { THROTTLE_OWN_DATA: { limit: 2, windowMs: 3_600_000 } };
    await withServer(rate, async (server) => {
      const client = (await asUser()).at(server);
      for (const query of ['?dry_run=true', '']) {
        const statuses = [];
        for (let turn = 0; turn < 3; turn += 1) {
          statuses.push((await importFile(client, 'ratings.csv', ratings([], 1), query)).status);
        }
        expect(statuses).to.deep.equal([200, 200, 429]);
      }
    });
  });
});
