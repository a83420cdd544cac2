import { expect } from 'chai';
import { type Preparation, Workplace } from './workplace.js';

const FILES = {
  'platforms.csv': 'name,about,website\nAurora,About,https://aurora.example/\n',
  'movies.csv': 'id,title,storyline,platform\n1,Lantern,A light.,Aurora\n2,Harbour,A port.,Aurora\n',
  'reviews.csv': 'username,watchlist,rating\nana,1,5\nben,1,4\ncy,1,4\n',
};

const imported: Preparation = (place) => place.import('csv', FILES);

describe('ratings', function () {
  this.timeout(60_000);
  let place: Workplace;
  beforeEach(async () => {
    place = await Workplace.open(imported);
  });
  afterEach(() => place.close());

  it('verifies right ratings', async () => {
    const { status, out } = await place.run('ratings', ['verify']);
    expect(status).to.equal(0);
    expect(out).to.equal(
      '2 movies checked: every rating is right.\n1 platforms checked: every count of movies is right.\n',
    );
  });

  it('names each field that differs, and sets it right', async () => {
    const before = await place.rows('SELECT * FROM watch_lists ORDER BY id');
    await place.write("UPDATE watch_lists SET avg_rating = 4.33, number_rating = 4 WHERE title = 'Lantern'");
    await place.write("UPDATE watch_lists SET rating_3 = 1, weighted_rating = 0 WHERE title = 'Harbour'");
    const found = await place.run('ratings', ['verify']);
    expect(found.status).to.equal(1);
    expect(found.out).to.match(/movie \d+ "Lantern": avg_rating is 4.33, should be 4.333333333333333/);
    expect(found.out).to.contain('number_rating is 4, should be 3');
    expect(found.out).to.contain('"Harbour": rating_3 is 1, should be 0');
    expect(found.out).to.contain('weighted_rating is 0, should be 3.5');
    const rebuilt = await place.run('ratings', ['rebuild']);
    expect(rebuilt.status).to.equal(0);
    expect(rebuilt.out).to.contain('2 movies checked, 2 changed');
    expect((await place.run('ratings', ['verify'])).status).to.equal(0);
    expect(await place.rows('SELECT * FROM watch_lists ORDER BY id')).to.deep.equal(before);
  });

  it('names each platform whose count differs, and sets it right', async () => {
    await place.write('UPDATE stream_platforms SET watchlist_count = 7');
    const found = await place.run('ratings', ['verify']);
    expect(found.status).to.equal(1);
    expect(found.out).to.match(/^platform \d+ "Aurora": watchlist_count is 7, should be 2$/m);
    expect(found.out).to.contain('every rating is right').and.contain('1 counts of movies are wrong');
    const rebuilt = await place.run('ratings', ['rebuild']);
    expect(rebuilt.status).to.equal(0);
    expect(rebuilt.out)
      .to.contain('2 movies checked, 0 changed')
      .and.contain('1 platforms checked, 1 changed');
    expect((await place.run('ratings', ['verify'])).status).to.equal(0);
    expect(await place.rows('SELECT watchlist_count FROM stream_platforms')).to.deep.equal([
      { watchlist_count: 2 },
    ]);
  });

  it('counts shown reviews only', async () => {
    await place.write('UPDATE reviews SET active = 0 WHERE rating = 5');
    expect((await place.run('ratings', ['verify'])).status).to.equal(1);
    await place.run('ratings', ['rebuild']);
    const [lantern] = await place.rows(
      "SELECT avg_rating, number_rating FROM watch_lists WHERE title = 'Lantern'",
    );
    expect(lantern).to.deep.equal({ avg_rating: 4, number_rating: 2 });
  });

  it('computes the weighted ratings anew when the priors change', async () => {
    const env = { RATING_PRIOR_MEAN: '2.7', RATING_PRIOR_VOTES: '3' };
    const other = await place.run('ratings', ['verify'], { env });
    expect(other.status).to.equal(1);
    expect(other.out).to.contain('computed with C=3.5 m=10; this configuration says C=2.7 m=3');
    expect((await place.run('ratings', ['rebuild'], { env })).out).to.contain('computed anew');
    expect((await place.run('ratings', ['verify'], { env })).status).to.equal(0);
    const weighted = await place.rows('SELECT weighted_rating FROM watch_lists ORDER BY id');
    expect(weighted.map((row) => row.weighted_rating)).to.deep.equal([(13 + 3 * 2.7) / 6, (3 * 2.7) / 3]);
    expect((await place.run('ratings', ['rebuild'], { env })).out).not.to.contain('computed anew');
  });

  it('says how it is used', async () => {
    for (const args of [[], ['mend'], ['verify', 'rebuild'], ['verify', '--fast']]) {
      const { status, error } = await place.run('ratings', args);
      expect(status, args.join(' ')).to.equal(2);
      expect(error).to.contain('Usage: npm run ratings');
    }
  });
});
