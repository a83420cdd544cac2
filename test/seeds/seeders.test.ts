import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { ROOT } from '../../src/project-root.js';
import { textFault } from '../../src/models/validation.js';
import { type Outcome, runNode } from '../support/processes.js';
import { migratedDatabase, type ScratchDatabase } from '../support/scratch-database.js';
import { sequelizeCli } from '../support/sequelize-cli.js';
import { expectCountsRight, expectRatingsRight, type MovieRow } from './expectations.js';

const FIRST_ADMIN = 'src/seeds/first-admin.js';
const COUNTING = '20261123001500-add-watchlist-count-to-stream-platforms';
const BY_NORA = "user_id = (SELECT id FROM users WHERE username = 'nora.n')";

/** A compiled module's address, as a literal of a script. */
function address(path: string): string {
  return JSON.stringify(pathToFileURL(join(ROOT, 'dist', path)).href);
}

/** A script that calls a function of a compiled module and prints the result as JSON. */
function scriptCalling(module: string, name: string): string {
  return `
    const { ${name} } = await import(${address(module)});
    console.log(JSON.stringify((await ${name}()) ?? null));
    await (await import(${address('src/database/database.js')})).closeDatabase();`;
}

function expectSuccess({ status, error, out }: Outcome): void {
  expect(status, out + error).to.equal(0);
}

describe('sequelize-cli and the seeders', function seeders() {
  this.timeout(60_000);
  let database: ScratchDatabase;
  let seeded: Awaited<ReturnType<typeof census>>;

  const cli = (command: string, env?: Record<string, string>) => sequelizeCli(database.url, command, env);
  /** Calls a function of a compiled module in a process; the process prints the result as JSON. */
  const call = (module: string, name: string, env: Record<string, string> = {}) =>
    runNode(['--input-type=module', '--eval', scriptCalling(module, name)], {
      env: { DATABASE_URL: database.url, ...env },
    });
  const count = async (table: string, where = '1 = 1') => {
    const [row] = await database.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table} WHERE ${where}`);
    return Number(row?.n);
  };
  /** How many records of each kind there are. */
  const census = async () => ({
    users: await count('users'),
    platforms: await count('stream_platforms'),
    films: await count('watch_lists'),
    reviews: await count('reviews'),
  });

  before(async () => {
    database = await migratedDatabase('seeds');
  });
  after(() => database.close());

  it('refuse a poor ADMIN_PASSWORD without repeating it, and write nothing', async () => {
    const { status, out, error } = await cli('db:seed:all', { ADMIN_PASSWORD: '86420975318' });
    expect(status).to.equal(1);
    expect(error).to.contain('ADMIN_PASSWORD: This password is entirely numeric.');
    expect(out + error).not.to.contain('86420975318');
    expect(await census()).to.deep.equal({ users: 0, platforms: 0, films: 0, reviews: 0 });
  });

  it('make an admin with a random password that is shown once, and a catalogue', async () => {
    const outcome = await cli('db:seed:all');
    expectSuccess(outcome);
    expect(outcome.out).to.match(/username admin, password [A-Za-z0-9]{16,} /);
    expect(
      await count('users', "username = 'admin' AND role = 'admin' AND password LIKE '$argon2id$%'"),
    ).to.equal(1);
    seeded = await census();
    expect(seeded.platforms).to.be.at.least(6);
    expect(seeded.films).to.be.at.least(60);
    expect(seeded.users).to.be.at.least(16);
    expect(seeded.reviews).to.be.at.least(300);
    expect(await count('users', 'password IS NOT NULL')).to.equal(1);
    await expectRatingsRight(database);
    await expectCountsRight(database);
  });

  it('give every film a year, a kind, a runtime and genres, and no two one id of IMDb', async () => {
    const films = await database.rows<{ year: number; runtime: number; imdb_id: string }>(
      "SELECT year, runtime, imdb_id FROM watch_lists WHERE kind = 'movie' AND genre_ids <> ''",
    );
    expect(films).to.have.length(seeded.films);
    expect(films.filter(({ year, runtime }) => year < 1_895 || runtime < 60)).to.deep.equal([]);
    const ids = films.map(({ imdb_id }) => imdb_id).filter((id) => id !== null);
    expect(new Set(ids).size).to.equal(ids.length).and.to.be.at.least(80);
  });

  it('are counted by the migration that adds the counts', async () => {
    const undone = `db:migrate:undo:all --to ${COUNTING}.js`;
    expectSuccess(await cli(undone));
    expect(await database.rows('SELECT * FROM stream_platforms')).satisfy((platforms: object[]) =>
      platforms.every((platform) => !('watchlist_count' in platform)),
    );
    expectSuccess(await cli('db:migrate'));
    const [sum] = await database.rows<{ films: unknown }>(
      'SELECT SUM(watchlist_count) AS films FROM stream_platforms',
    );
    expect(Number(sum?.films)).to.equal(seeded.films);
    await expectCountsRight(database);
  });

  it('have storylines within the limits, and no two equal', async () => {
    const films = await database.rows<MovieRow>('SELECT title, storyline FROM watch_lists');
    for (const { title, storyline } of films) {
      expect(textFault(title, { max: 200 }), title).to.equal(null);
      expect(textFault(storyline, { max: 2_000 }), title).to.equal(null);
      expect(storyline.length, title).to.be.within(80, 400);
    }
    expect(new Set(films.map(({ storyline }) => storyline)).size).to.equal(films.length);
  });

  it('date no review before its film, its user or the last sixty days', async () => {
    const early = await database.rows(`
      SELECT reviews.id FROM reviews JOIN users ON users.id = user_id JOIN watch_lists ON watch_lists.id = watchlist_id
      WHERE reviews.created < watch_lists.created OR reviews.created < date_joined`);
    expect(early).to.deep.equal([]);
    const [range] = await database.rows<{ first: string; last: string }>(
      'SELECT MIN(created) AS first, MAX(created) AS last FROM reviews',
    );
    const { first, last } = range as { first: string; last: string };
    expect(Date.now() - Date.parse(String(first))).to.be.within(50 * 86_400_000, 61 * 86_400_000);
    expect(Date.parse(String(last))).to.be.below(Date.now() + 1_000);
  });

  it('share their record of runs with the app, and add nothing twice if it is lost', async () => {
    await database.write('DELETE FROM SequelizeData');
    expectSuccess(await call('src/database/migrations.js', 'seed'));
    expect(await census()).to.deep.equal(seeded);
    await expectRatingsRight(database);
    const outcome = await cli('db:seed:all');
    expectSuccess(outcome);
    expect(outcome.out).to.contain('No seeders found').and.not.to.contain('password');
    expect(await census()).to.deep.equal(seeded);
  });

  it('keep what others have added or taken over', async () => {
    await database.write(`INSERT INTO users (username, username_key, email, email_key, role, date_joined)
      VALUES ('visitor', 'visitor', 'visitor@example.org', 'visitor@example.org', 'user', '2026-01-01 00:00:00.000')`);
    // A hidden review does not count, so plain SQL may write it.
    await database.write(`INSERT INTO reviews (user_id, watchlist_id, rating, active, created, \`update\`)
      SELECT users.id, watch_lists.id, 4, 0, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000'
      FROM users, watch_lists WHERE username = 'visitor' AND title = 'Up'`);
    await database.write(`INSERT INTO watch_lists (title, title_key, storyline, platform_id, created, weighted_rating)
      SELECT 'Home Video', 'home video', 'Mine.', id, '2026-01-01 00:00:00.000', 3.5
      FROM stream_platforms WHERE name = 'Nightreel'`);
    await database.write(
      "UPDATE stream_platforms SET watchlist_count = watchlist_count + 1 WHERE name = 'Nightreel'",
    );
    await database.write("UPDATE users SET password = 'taken over' WHERE username = 'nora.n'");
    const reviews = await count('reviews', BY_NORA);

    expectSuccess(await cli('db:seed:undo:all'));
    expect(await count('users')).to.equal(3);
    expect(await count('reviews')).to.equal(reviews + 1);
    for (const title of ['Up', 'Home Video']) {
      expect(await count('watch_lists', `title = '${title}'`), title).to.equal(1);
    }
    expect(await count('watch_lists', "title <> 'Home Video'")).to.equal(
      await count('(SELECT DISTINCT watchlist_id FROM reviews) AS reviewed'),
    );
    expect(await count('stream_platforms', "name = 'Nightreel'")).to.equal(1);
    await expectRatingsRight(database);
    await expectCountsRight(database);
  });

  it("write nothing in a real user's name", async () => {
    const before = await count('reviews', BY_NORA);
    expectSuccess(await cli('db:seed:all'));
    expect(await count('reviews', BY_NORA)).to.equal(before);
    expect(await count('reviews')).to.equal(seeded.reviews + 1);
    expect(await count('watch_lists')).to.equal(seeded.films + 1);
    await expectRatingsRight(database);
  });

  it('remove all their records except the admin', async () => {
    await database.write(
      "DELETE FROM reviews WHERE user_id = (SELECT id FROM users WHERE username = 'visitor')",
    );
    await database.write("DELETE FROM users WHERE username = 'visitor'");
    await database.write("DELETE FROM watch_lists WHERE title = 'Home Video'");
    await database.write("UPDATE users SET password = NULL WHERE username = 'nora.n'");
    expectSuccess(await cli('db:seed:undo:all'));
    expect(await census()).to.deep.equal({ users: 1, platforms: 0, films: 0, reviews: 0 });
    expect(await count('genres')).to.equal(0);
  });

  it('undo and redo every migration', async () => {
    expectSuccess(await cli('db:migrate:undo:all'));
    expectSuccess(await cli('db:migrate'));
    expect(await census()).to.deep.equal({ users: 0, platforms: 0, films: 0, reviews: 0 });
  });

  it('make one admin when two processes start at once', async () => {
    const outcomes = await Promise.all([1, 2].map(() => call(FIRST_ADMIN, 'ensureFirstAdmin')));
    outcomes.forEach(expectSuccess);
    expect(outcomes.filter(({ out }) => out.trim() !== 'null')).to.have.length(1);
    expect(await count('users')).to.equal(1);
  });

  it('take over no account', async () => {
    await database.write("UPDATE users SET role = 'user'");
    const { status, error } = await call(FIRST_ADMIN, 'ensureFirstAdmin', {
      ADMIN_USERNAME: 'ADMIN',
    });
    expect(status).not.to.equal(0);
    expect(error).to.contain('npm run create-admin');
    expect(await count('users', "role = 'admin'")).to.equal(0);
    await database.write('DELETE FROM users');
  });
});
