import { expect } from 'chai';
import { addCatalogue } from '../../../bench/fill.js';
import { dialect } from '../../../src/database/connection-options.js';
import { sequelize } from '../../../src/database/database.js';
import { slowGate } from '../../../src/database/gate.js';
import { User } from '../../../src/models/user.js';
import { WatchList } from '../../../src/models/watch-list.js';
import { indexMovies, queueForgotten } from '../../../src/search/indexing.js';
import { anonymous, asUser } from '../../support/clients.js';
import { makeMovie, makePlatform, makeReview } from '../../support/factories.js';
import { idsOf } from '../../support/lists.js';

const LIST = '/watch/watchlist/';

/** How often a request passes the gate of slow statements. */
async function turnsOf(path: string, client = anonymous): Promise<number> {
  const run = slowGate.run.bind(slowGate);
  let turns = 0;
  slowGate.run = (work, ...rest) => {
    turns += 1;
    return run(work, ...rest);
  };
  try {
    const { status, text } = await client.get(path);
    expect(status, `${path} ${text}`).to.equal(200);
  } finally {
    slowGate.run = run;
  }
  return turns;
}

/** The statements that a request sends. */
async function statementsOf(path: string): Promise<string[]> {
  const { connectionManager } = sequelize;
  const connect = connectionManager.getConnection.bind(connectionManager);
  const seen: string[] = [];
  const undo: (() => void)[] = [];
  connectionManager.getConnection = async (options) => {
    const connection = (await connect(options)) as Record<string, (...sent: unknown[]) => unknown>;
    const method = dialect === 'sqlite' ? 'all' : 'addCommand';
    const send = connection[method] as (...sent: unknown[]) => unknown;
    undo.push(() => (connection[method] = send));
    connection[method] = (sent, ...rest) => {
      const command = sent as { sql?: string; statement?: { query: string } };
      seen.push(typeof sent === 'string' ? sent : (command.statement?.query ?? command.sql ?? ''));
      return send.call(connection, sent, ...rest);
    };
    return connection;
  };
  try {
    const { status, text } = await anonymous.get(path);
    expect(status, text.slice(0, 200)).to.equal(200);
  } finally {
    connectionManager.getConnection = connect;
    undo.toReversed().forEach((put) => put());
  }
  return seen;
}

/** Words that differ, none of them the beginning of another. */
const wordsOf = (howMany: number, start = 0) =>
  Array.from({ length: howMany }, (_, index) => `w${(start + index + 46_656).toString(36)}`);

/** The number of movies that a search finds, without the server's full-text index. */
async function counted(terms: string[]): Promise<number> {
  const path = `${LIST}?search=${terms.join('+')}&ordering=-id`;
  if (dialect === 'mysql') for (const sql of await statementsOf(path)) expect(sql).not.to.contain('AGAINST');
  return (await anonymous.get(`${path}&page_size=1`)).body.count as number;
}

describe('reads that may take long', () => {
  it('wait for their turn, and those that an index has in order do not', async () => {
    const { watchlist_id, user_id } = await makeReview({ description: 'Seen.' });
    const { username: author } = await User.findByPk(user_id, { rejectOnEmpty: true });
    await indexMovies();
    const [movie, reviews] = [`${LIST}${watchlist_id}/`, `/watch/${watchlist_id}/review/`];
    const quick = [
      movie, LIST, `${LIST}?page_size=100`, `${LIST}?ordering=-title`, `${LIST}?platform=1&ordering=avg_rating`,
      `${LIST}?cursor=&ordering=-created`, `${LIST}?ordering=title,id`, `${LIST}?offset=1000`, reviews, `${reviews}?ordering=-update`,
      `${reviews}?cursor=`, `${reviews}?review_user=${author}`, '/watch/platformlist/', '/watch/platformlist/?ordering=-name', `/watch/reviews/?username=${author}`,
    ]; // prettier-ignore
    const slow = [
      `${LIST}?ordering=title,created`, `${LIST}?ordering=title,-id`, `${LIST}?active=true`, `${LIST}?title=heat`,
      `${LIST}?avg_rating__gte=1`, `${LIST}?created__lte=2030-01-01&ordering=title`, `${LIST}?offset=1001`,
      `${LIST}?platform=1&offset=1001&ordering=-title`, `${reviews}?offset=1001&ordering=-created`,
      `${LIST}?cursor=&ordering=avg_rating,title`, `${LIST}?search=seen&ordering=title`, `${reviews}?search=seen`,
      `${reviews}?rating=3`, `${reviews}?ordering=rating,-created`,
      `/watch/reviews/?username=${author}&ordering=-rating`, '/watch/platformlist/?search=streams',
    ]; // prettier-ignore
    for (const path of quick) expect(await turnsOf(path), path).to.equal(0);
    for (const path of slow) expect(await turnsOf(path), path).to.be.above(0);
    const member = await asUser();
    for (const path of [reviews, ...quick.filter((each) => each.includes('review'))])
      expect(await turnsOf(path, member), `${path} of a member`).to.equal(0);
  });

  it('search by any number of words without the full-text index of the server', async () => {
    const { id: platform_id } = await makePlatform();
    const words = wordsOf(30);
    const all = await WatchList.create({ title: 'All', storyline: words.join(' '), platform_id });
    await WatchList.create({ title: 'Most', storyline: words.slice(1).join(' '), platform_id });
    const ask = async (terms: string[]) => {
      const path = `${LIST}?search=${terms.join('+')}`;
      if (dialect === 'mysql')
        for (const sql of await statementsOf(path)) expect(sql).not.to.contain('AGAINST');
      const answer = await anonymous.get(`${path}&page_size=10`);
      expect(answer.body.count).to.equal(answer.body.results.length);
      return idsOf(answer);
    };
    for (const state of ['queued', 'indexed']) {
      expect(await ask(words), state).to.deep.equal([all.id]);
      expect(await ask(words.map((word) => word.slice(0, -1)).slice(0, 1)), state).to.have.length(2);
      expect(await ask([...words, 'absent']), state).to.deep.equal([]);
      expect(await ask(wordsOf(1_000)), state).to.deep.equal([]);
      await indexMovies();
    }
    const short = Array.from({ length: 2_400 }, (_, index) => (index + 1_296).toString(36));
    const { status, body } = await anonymous.get(`${LIST}?search=${short.join('+')}`);
    expect([status, body.count]).to.deep.equal([200, 0]);
  });

  it('search by many words that a thousand movies share, and a few have all', async () => {
    const { id: platform_id } = await makePlatform();
    const words = wordsOf(24);
    const made = await WatchList.bulkCreate(
      Array.from({ length: 1_300 }, (_, index) => ({
        title: `Film ${index}`,
        storyline: words.slice(0, index < 1_200 ? 24 : 20).join(' '),
        platform_id,
      })),
    );
    // The first time they are queued, more than a search reads itself.
    for (const state of ['queued', 'indexed']) {
      expect(await counted(words), state).to.equal(1_200);
      expect(await counted(words.slice(0, 20)), state).to.equal(1_300);
      expect(await counted([...words, 'film', '7']), state).to.equal(111);
      await indexMovies();
    }
    await WatchList.destroy({ where: { id: made.slice(0, 1_100).map(({ id }) => id) } });
    await makeMovie({ title: words.join(' ') });
    expect(await counted(words)).to.equal(101);
    await indexMovies();
    expect(await counted(words.toReversed())).to.equal(101);
  }).timeout(60_000);

  it('search the reviews of a movie or a user by any number of words, among these alone', async () => {
    const words = wordsOf(120);
    const review = await makeReview({ description: words.join(' ') });
    const { watchlist_id } = review;
    await makeReview({ watchlist_id, description: words.slice(0, 119).join(' ') });
    await makeReview({ description: words.join(' ') });
    const ask = async (terms: string[]) => {
      const path = `/watch/${watchlist_id}/review/?search=${terms.join('+')}`;
      for (const sql of await statementsOf(path)) expect(sql).not.to.match(/AGAINST|MATCH/);
      const answer = await anonymous.get(`${path}&ordering=-rating`);
      expect(answer.body.count).to.equal(answer.body.results.length);
      return idsOf(answer);
    };
    expect(await ask(words)).to.deep.equal([review.id]);
    expect(await ask(['w'])).to.have.length(2);
    expect(await ask([...words, 'absent'])).to.deep.equal([]);
    expect(await ask(wordsOf(1_500))).to.deep.equal([]);
  });

  it('page from the end where that is nearer, in any order', async () => {
    await addCatalogue(3, 21_000);
    await queueForgotten();
    await indexMovies();
    const page = async (query: string) => {
      const answer = await anonymous.get(`${LIST}?${query}`);
      return [answer.status, answer.body.count, ...idsOf(answer)];
    };
    expect(await page('page=7000&page_size=3')).to.deep.equal([200, 21_000, 20_998, 20_999, 21_000]);
    expect(await page('page=6000&page_size=3&ordering=-id')).to.deep.equal([
      200, 21_000, 3_003, 3_002, 3_001,
    ]);
    expect(await page('offset=20998&limit=5&ordering=-created')).to.deep.equal([200, 21_000, 2, 1]);
    expect(await page('offset=21000&limit=5')).to.deep.equal([200, 21_000]);
    expect(await page('offset=999999999&limit=5')).to.deep.equal([200, 21_000]);
    expect((await anonymous.get(`${LIST}?page=9007199254740`)).status).to.equal(404);
    expect(await page('offset=20999&limit=5&search=story&ordering=-created')).to.deep.equal([200, 21_000, 1]);
    const before = await anonymous.get(`${LIST}?offset=20990&limit=4`);
    expect(before.body.previous).to.contain('offset=20986');
    expect(before.body.next).to.contain('offset=20994');
  }).timeout(60_000);
});

describe('a search in an order of two columns', () => {
  it('reads the rows up to the end of its page, however many it finds', async () => {
    await addCatalogue(3, 21_000);
    await queueForgotten();
    await indexMovies();
    for (const order of [
      'title,created',
      '-title,avg_rating',
      '-avg_rating,-title,id',
      'number_rating,-id',
    ]) {
      const all = await anonymous.get(`${LIST}?ordering=${order}&page=3&page_size=7`);
      const found = await anonymous.get(`${LIST}?ordering=${order}&page=3&page_size=7&search=story`);
      expect([found.body.count, ...idsOf(found)], order).to.deep.equal([21_000, ...idsOf(all)]);
      const [seen, wanted]: [number[], number[]] = [[], []];
      for (const [ids, search] of [
        [seen, '&search=story'],
        [wanted, ''],
      ] as const) {
        let next = `${LIST}?cursor=&page_size=5&ordering=${order}${search}`;
        for (let page = 0; page < 4; page += 1) {
          const answer = await anonymous.get(next);
          ids.push(...idsOf(answer));
          next = (answer.body.next as string).replace(/^https?:..[^/]+/, '');
        }
      }
      expect(seen, order).to.deep.equal(wanted);
    }
    if (dialect === 'sqlite') return;
    const sent = await statementsOf(`${LIST}?ordering=title,created&search=story&page_size=9`);
    expect(sent.at(-1)).to.contain('record.title_key <= ').and.not.contain('COUNT');
  }).timeout(60_000);
});
