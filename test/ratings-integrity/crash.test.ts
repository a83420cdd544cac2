import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { expectFiguresExact } from './support/figures.js';
import { runCommand, startProcess } from './support/processes.js';
import { storedReviews, storedVotes, Voter, Writer } from './support/writers.js';
import { addPeople, addCatalogue } from '../support/scratch-rows.js';
import { migratedDatabase, onMysql, type ScratchDatabase } from '../support/scratch-database.js';

/** How often the server is killed; KILLS sets another number. */
const KILLS = Number(process.env.KILLS || 1);

/** The id of the review that is voted for, and of its author. */
const VOTED = 100;

/** The longest life of a server before it is killed, in milliseconds. */
const LIFE_MS = 600;

describe('ratings after a crash', function crashes() {
  this.timeout(30_000 + KILLS * 10_000);
  let database: ScratchDatabase;

  before(async () => {
    database = await migratedDatabase('storm');
  });
  after(() => database.close());

  /** Waits until MySQL has noticed the closed connections: it rolls their open transactions back. */
  async function othersGone(): Promise<void> {
    if (!onMysql) return;
    const query = `SELECT COUNT(*) AS n FROM information_schema.processlist WHERE db = '${database.name}'`;
    while (((await database.rows<{ n: number }>(query))[0]?.n ?? 0) > 1) await sleep(20);
  }

  it(`keep every acknowledged write through ${KILLS} kills at random instants`, async () => {
    let server = await startProcess(database);
    await addCatalogue(database);
    const users = await addPeople(database, 1, 12);
    await addPeople(database, VOTED, VOTED);
    // Its author is not among the writers, so that it stays.
    await database.write(`INSERT INTO reviews (id, user_id, watchlist_id, rating, created, \`update\`)
      VALUES (${VOTED}, ${VOTED}, 6, 4, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000')`);
    await runCommand(database, 'ratings', ['rebuild']);
    // Two reviews for each user on few movies, so that writers collide.
    const writers = users.flatMap((user) => [
      new Writer(user, 1 + (user % 3)),
      new Writer(user, 4 + (user % 2)),
    ]);
    const voters = users.map((user) => new Voter(user, VOTED));
    const clients = [...writers, ...voters];
    const acknowledged = () => clients.reduce((sum, client) => sum + client.acknowledged, 0);
    try {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const before = acknowledged();
        const writing = Promise.all(clients.map((client) => client.write(server.url)));
        while (acknowledged() === before) await Promise.race([sleep(5), writing]);
        await sleep(Math.random() * LIFE_MS);
        await server.kill();
        await writing;
        await othersGone();
        server = await startProcess(database);
        const stored = await storedReviews(database);
        expect(writers.map((writer) => writer.fault(stored)).filter(Boolean)).to.deep.equal([]);
        const votes = await storedVotes(database);
        expect(voters.map((voter) => voter.fault(votes)).filter(Boolean)).to.deep.equal([]);
        await expectFiguresExact(database);
      }
    } finally {
      await server.kill();
    }
    if (process.env.KILLS) console.log(`      ${acknowledged()} acknowledged writes, ${KILLS} kills`);
  });
});
