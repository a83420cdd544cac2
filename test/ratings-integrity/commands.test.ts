import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ratingsFrom } from '../support/ratings.js';
import { expectFiguresExact, votesOf } from './support/figures.js';
import { runCommand, type ServerProcess, startProcess } from './support/processes.js';
import { expectNoFailures, Load, spareIds, STORM_MS } from './support/load.js';
import { addPeople, addCatalogue } from '../support/scratch-rows.js';
import { lastDeadlock } from '../support/deadlocks.js';
import { migratedDatabase, type ScratchDatabase } from '../support/scratch-database.js';

const ADMIN = 900;
const FOLDER = join(tmpdir(), `marquee-storm-csv-${process.pid}`);

/** A folder for the import command, in which this many users review each of ten movies. */
async function writeCsv(users: number): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const movies = Array.from({ length: 10 }, (_, index) => index + 1);
  const file = (name: string, lines: string[]) => writeFile(join(FOLDER, name), `${lines.join('\n')}\n`);
  await file('platforms.csv', ['name,about,website', 'Imported,Films.,https://example.org']);
  await file('movies.csv', [
    'id,title,storyline,platform,active',
    ...movies.map((id) => `${id},Film ${id},A story.,Imported,true`),
  ]);
  await file('reviews.csv', [
    'username,watchlist,rating,description',
    ...movies.flatMap((id) =>
      Array.from({ length: users }, (_, user) => `visitor${user},${id},${1 + ((id * user) % 5)},`),
    ),
  ]);
}

/**
 * Gives each movie and member three votes of five stars without a review, and each review three helpful votes of nobody. The
 * movie's fields stay consistent with each other.
 */
async function addPhantomVotes(database: ScratchDatabase): Promise<void> {
  const columns = [1, 2, 3, 4, 5].map((stars) => `rating_${stars} AS \`${stars}\``).join(', ');
  const movies = await database.rows<{ id: number } & Record<string, number>>(
    `SELECT id, ${columns} FROM watch_lists`,
  );
  for (const { id, ...distribution } of movies) {
    const rated = ratingsFrom([...votesOf(distribution), 5, 5, 5]);
    const values = Object.entries(rated).map(([field, value]) => `${field} = ${value}`);
    await database.write(
      `UPDATE watch_lists SET ${values.join(', ')}, rating_5 = rating_5 + 3 WHERE id = ${id}`,
    );
  }
  await database.write('UPDATE member_ratings SET rating_5 = rating_5 + 3');
  await database.write('UPDATE reviews SET helpful_count = helpful_count + 3');
}

describe('ratings while commands run beside the server', function commands() {
  this.timeout(90_000 + 3 * STORM_MS);
  let database: ScratchDatabase;
  let server: ServerProcess;
  let load: Load;
  let deadlock: string;

  before(async () => {
    database = await migratedDatabase('storm');
    server = await startProcess(database);
    await addCatalogue(database);
    const users = await addPeople(database, 1, 40);
    await addPeople(database, ADMIN, ADMIN, 'admin');
    await addPeople(database, ...spareIds(60));
    load = new Load([server], users, ADMIN);
    deadlock = await lastDeadlock(database);
    await writeCsv(Math.max(100, STORM_MS / 10));
  });
  after(async () => {
    await server.kill();
    await database.close();
    await rm(FOLDER, { recursive: true });
  });

  it('verify and rebuild find nothing wrong under load, and no request sees a wrong figure', async () => {
    const progress = { isOver: false };
    const storm = load.storm().finally(() => {
      progress.isOver = true;
    });
    while (!progress.isOver) {
      const verified = await runCommand(database, 'ratings', ['verify']);
      expect(verified.status, verified.output).to.equal(0);
      const rebuilt = await runCommand(database, 'ratings', ['rebuild']);
      expect(rebuilt.output.match(/checked, 0 changed\./g), rebuilt.output).to.have.length(5);
    }
    await storm;
    load.tally.report('storm beside verify and rebuild');
    expectNoFailures(load.tally);
    expect(await lastDeadlock(database)).to.equal(deadlock);
    await expectFiguresExact(database);
  });

  it('rebuild corrects wrong figures under load', async () => {
    await addPhantomVotes(database);
    const wrong = await runCommand(database, 'ratings', ['verify']);
    expect(wrong.status, wrong.output).to.equal(1);
    const storm = load.storm(STORM_MS, ['panelDelete', 'updateWhere'], { catalogue: false });
    expect((await runCommand(database, 'ratings', ['rebuild'])).output).to.match(
      /movies checked, [1-9]\d* changed/,
    );
    const { status, output } = await runCommand(database, 'ratings', ['verify']);
    expect(status, output).to.equal(0);
    await storm;
    expectNoFailures(load.tally);
    await expectFiguresExact(database);
  });

  it('an import writes the same database, and no request fails', async () => {
    const progress = { isOver: false };
    const imported = runCommand(database, 'import', ['--format', 'csv', FOLDER]).finally(() => {
      progress.isOver = true;
    });
    // No movies are deleted: that would make the import fail, rightly.
    while (!progress.isOver)
      await load.storm(500, ['panelDelete', 'updateWhere', 'bulkCreate'], { catalogue: false });
    const { status, output } = await imported;
    expect(status, output).to.equal(0);
    load.tally.report('storm beside an import');
    expectNoFailures(load.tally);
    expect(await lastDeadlock(database)).to.equal(deadlock);
    await expectFiguresExact(database);
  });
});
