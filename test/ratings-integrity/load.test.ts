import { expect } from 'chai';
import { expectFiguresExact } from './support/figures.js';
import { type ServerProcess, startProcess } from './support/processes.js';
import { expectNoFailures, leavingIds, Load, spareIds, STORM_MS } from './support/load.js';
import { addPeople, addCatalogue } from '../support/scratch-rows.js';
import { lastDeadlock } from '../support/deadlocks.js';
import { migratedDatabase, onMysql, type ScratchDatabase } from '../support/scratch-database.js';

const REVIEWERS: [number, number] = [1, 64];
const ADMIN = 900;

describe(`ratings under load, in ${onMysql ? 'two processes' : 'one process'}`, function storms() {
  this.timeout(60_000 + 2 * STORM_MS);
  let database: ScratchDatabase;
  let servers: ServerProcess[] = [];
  let users: number[];
  let deadlock: string;

  before(async () => {
    database = await migratedDatabase('storm');
    servers = [await startProcess(database)];
    if (onMysql) servers.push(await startProcess(database));
    users = await addPeople(database, ...REVIEWERS);
    await addPeople(database, ADMIN, ADMIN, 'admin');
    deadlock = await lastDeadlock(database);
  });
  beforeEach(async () => {
    const votes = ['review_reports', 'helpful_votes'];
    const tables = [
      'idempotency_keys',
      ...votes,
      'reviews',
      'member_ratings',
      'watch_lists',
      'stream_platforms',
    ];
    for (const table of tables) await database.write(`DELETE FROM ${table}`);
    await addCatalogue(database);
  });
  afterEach(async () => {
    expect(await lastDeadlock(database)).to.equal(deadlock);
    await expectFiguresExact(database);
  });
  after(async () => {
    await Promise.all(servers.map((server) => server.kill()));
    await database.close();
  });

  it('accepts the reviews of 64 users at the same instant', async () => {
    const load = new Load(servers, users, ADMIN);
    const answers = await Promise.all(
      users.map((user) =>
        load.ask('create', 'POST', '/watch/1/review-create/', user, { rating: 1 + (user % 5) }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([201]));
    const [movie] = await database.rows('SELECT number_rating FROM watch_lists WHERE id = 1');
    expect(movie).to.deep.equal({ number_rating: 64 });
  });

  it('counts the votes of 64 users for one review at the same instant, and one of twenty by one user', async () => {
    const load = new Load(servers, users, ADMIN);
    const { body } = await load.ask('create', 'POST', '/watch/1/review-create/', ADMIN, { rating: 4 });
    const path = `/watch/review/${body.id}/helpful/`;
    const voters = [...users, ...Array<number>(20).fill(users[0] as number)];
    const answers = await Promise.all(voters.map((user) => load.ask('vote', 'PUT', path, user)));
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([204]));
    const counted = await database.rows('SELECT helpful_count FROM reviews');
    expect(counted).to.deep.equal([{ helpful_count: 64 }]);
  });

  it('counts the reviews of one member for every movie at the same instant', async () => {
    const load = new Load(servers, users, ADMIN);
    const movies = await database.rows<{ id: number }>('SELECT id FROM watch_lists');
    const answers = await Promise.all(
      movies.map(({ id }) =>
        load.ask('create', 'POST', `/watch/${id}/review-create/`, 3, { rating: 1 + (id % 5) }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([201]));
    const { body } = await load.ask('profile', 'GET', '/watch/users/u3/');
    expect(body.number_reviews).to.equal(movies.length);
  });

  it('accepts one of twenty reviews that one user sends at the same instant', async () => {
    const load = new Load(servers, users, ADMIN);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        load.ask('create', 'POST', '/watch/2/review-create/', 7, { rating: 1 + (index % 5) }),
      ),
    );
    const refused = answers.filter(({ status }) => status === 400);
    expect(refused).to.have.length(19);
    for (const { body } of refused) {
      expect(body).to.deep.equal({ non_field_errors: ['You have already reviewed this movie!'] });
    }
    expect(await database.rows('SELECT user_id FROM reviews WHERE watchlist_id = 2')).to.have.length(1);
  });

  it('keeps every figure right while everything changes at once', async () => {
    const load = new Load(servers, users, ADMIN);
    const leaving = STORM_MS > 10_000 ? 600 : 60;
    load.leaving = await addPeople(database, ...leavingIds(leaving));
    await addPeople(database, ...spareIds(leaving));
    await load.storm();
    load.tally.report('mixed storm');
    expectNoFailures(load.tally);
    expect(load.tally.total).to.be.above(20);
  });
});
