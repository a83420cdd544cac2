import { expect } from 'chai';
import { WatchList } from '../../src/models/watch-list.js';
import { startCommand } from '../support/processes.js';
import { expectVerified, importFiles, rows, runInProcess, write } from './commands.js';

const FILES = {
  'platforms.csv': 'name,about,website\nAurora,About,https://aurora.example/\n',
  'movies.csv': 'id,title,storyline,platform\n1,Lantern,A light.,Aurora\n2,Harbour,A port.,Aurora\n',
  'reviews.csv': 'username,watchlist,rating\nana,1,5\nben,1,4\ncy,1,4\n',
};

describe('ratings', function () {
  this.timeout(60_000);
  beforeEach(async () => {
    const { status, error } = await importFiles('csv', FILES);
    expect(status, error).to.equal(0);
    await WatchList.update({ genres: ['Drama', 'Noir'] }, { where: { title: 'Lantern' } });
  });

  it('verifies right ratings', async () => {
    const { status, out } = await startCommand('ratings', ['verify']);
    expect(status).to.equal(0);
    expect(out).to.equal(
      '2 movies checked: every rating is right.\n1 platforms checked: every count of movies is right.\n' +
        '2 genres checked: every count of movies is right.\n' +
        '3 reviews checked: all counts of reports and votes are right.\n3 members checked: all profiles are right.\n',
    );
  });

  it('names each field that differs, and sets it right', async () => {
    const before = await rows('SELECT * FROM watch_lists ORDER BY id');
    await write("UPDATE watch_lists SET avg_rating = 4.33, number_rating = 4 WHERE title = 'Lantern'");
    await write("UPDATE watch_lists SET rating_3 = 1, weighted_rating = 0 WHERE title = 'Harbour'");
    const found = await runInProcess('ratings', ['verify']);
    expect(found.status).to.equal(1);
    expect(found.out).to.match(/movie \d+ "Lantern": avg_rating is 4.33, should be 4.333333333333333/);
    expect(found.out).to.contain('number_rating is 4, should be 3');
    expect(found.out).to.contain('"Harbour": rating_3 is 1, should be 0');
    expect(found.out).to.contain('weighted_rating is 0, should be 3.5');
    const rebuilt = await runInProcess('ratings', ['rebuild']);
    expect(rebuilt.status).to.equal(0);
    expect(rebuilt.out).to.contain('2 movies checked, 2 changed');
    await expectVerified();
    expect(await rows('SELECT * FROM watch_lists ORDER BY id')).to.deep.equal(before);
  });

  it('names each platform whose count differs, and sets it right', async () => {
    await write('UPDATE stream_platforms SET watchlist_count = 7');
    const found = await runInProcess('ratings', ['verify']);
    expect(found.status).to.equal(1);
    expect(found.out).to.match(/^platform \d+ "Aurora": watchlist_count is 7, should be 2$/m);
    expect(found.out).to.contain('every rating is right').and.contain('1 counts of movies are wrong');
    const rebuilt = await runInProcess('ratings', ['rebuild']);
    expect(rebuilt.status).to.equal(0);
    expect(rebuilt.out)
      .to.contain('2 movies checked, 0 changed')
      .and.contain('1 platforms checked, 1 changed');
    await expectVerified();
    expect(await rows('SELECT watchlist_count FROM stream_platforms')).to.deep.equal([
      { watchlist_count: 2 },
    ]);
  });

  it('names each genre whose count differs, and sets it right', async () => {
    await write("UPDATE genres SET watchlist_count = 7 WHERE name = 'Noir'");
    const found = await runInProcess('ratings', ['verify']);
    expect(found.status).to.equal(1);
    expect(found.out).to.match(/^genre \d+ "Noir": watchlist_count is 7, should be 1$/m);
    const rebuilt = await runInProcess('ratings', ['rebuild']);
    expect(rebuilt.out).to.contain('2 genres checked, 1 changed');
    await expectVerified();
  });

  it('names each review whose counts differ, and sets it right', async () => {
    await write('UPDATE reviews SET helpful_count = 4 WHERE rating = 5');
    await write('UPDATE reviews SET open_reports = 1 WHERE rating = 5');
    const found = await runInProcess('ratings', ['verify']);
    expect(found.status).to.equal(1);
    expect(found.out).to.match(
      /^review \d+: open_reports is 1, should be 0\nreview \d+: helpful_count is 4, should be 0$/m,
    );
    expect(found.out).to.contain('3 reviews checked: 1 have wrong counts of reports and votes.');
    const rebuilt = await runInProcess('ratings', ['rebuild']);
    expect(rebuilt.out).to.contain('3 reviews checked, 1 changed.');
    await expectVerified();
  });

  it('names each member whose profile differs, and sets it right, also where the row is missing', async () => {
    await write('UPDATE member_ratings SET rating_5 = 0, rating_2 = 3 WHERE rating_5 = 1');
    await write('DELETE FROM member_ratings WHERE rating_4 = 1');
    const found = await runInProcess('ratings', ['verify']);
    expect(found.status).to.equal(1);
    expect(found.out).to.match(
      /^member \d+ "ana": stars are 0, 3, 0, 0, 0, should be 0, 0, 0, 0, 1\nmember \d+ "ben": stars are 0, 0, 0, 0, 0, /m,
    );
    expect(found.out).to.contain('3 members checked: 3 have wrong profiles.');
    const rebuilt = await runInProcess('ratings', ['rebuild']);
    expect(rebuilt.out).to.contain('3 members checked, 3 changed.');
    await expectVerified();
  });

  it('counts active reviews only', async () => {
    await write('UPDATE reviews SET active = 0 WHERE rating = 5');
    expect((await runInProcess('ratings', ['verify'])).status).to.equal(1);
    await runInProcess('ratings', ['rebuild']);
    const [lantern] = await rows("SELECT avg_rating, number_rating FROM watch_lists WHERE title = 'Lantern'");
    expect(lantern).to.deep.equal({ avg_rating: 4, number_rating: 2 });
  });

  it('recomputes the weighted ratings when the priors change', async () => {
    const env = { RATING_PRIOR_MEAN: '2.7', RATING_PRIOR_VOTES: '3' };
    const other = await startCommand('ratings', ['verify'], { env });
    expect(other.status).to.equal(1);
    expect(other.out).to.contain('computed with C=3.5 m=10; this configuration says C=2.7 m=3');
    expect((await startCommand('ratings', ['rebuild'], { env })).out).to.contain('computed anew');
    expect((await startCommand('ratings', ['verify'], { env })).status).to.equal(0);
    const weighted = await rows('SELECT weighted_rating FROM watch_lists ORDER BY id');
    expect(weighted.map((row) => row.weighted_rating)).to.deep.equal([(13 + 3 * 2.7) / 6, (3 * 2.7) / 3]);
    expect((await startCommand('ratings', ['rebuild'], { env })).out).not.to.contain('computed anew');
    // The priors are stored: back to those of the other tests.
    expect((await runInProcess('ratings', ['rebuild'])).out).to.contain('computed anew');
  });

  it('shows its usage', async () => {
    for (const args of [[], ['mend'], ['verify', 'rebuild'], ['verify', '--fast']]) {
      const { status, error } = await runInProcess('ratings', args);
      expect(status, args.join(' ')).to.equal(2);
      expect(error).to.contain('Usage: npm run ratings');
    }
  });
});
