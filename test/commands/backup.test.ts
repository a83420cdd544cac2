import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { QueryTypes, Sequelize } from 'sequelize';
import { backUp, BackupError } from '../../src/database/backup.js';
import { config } from '../../src/config.js';
import { databaseFile, dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrations.js';
import { anonymous, asUser } from '../support/clients.js';
import { makeMovie, makePlatform, makeRatedMovie } from '../support/factories.js';
import { eventually, start, startCommand, withProcess } from '../support/processes.js';
import { emptyDatabase } from '../support/server.js';
import { skip } from '../support/skip.js';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function end(program: string, args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return promisify(execFile)(program, args, { env: { ...process.env, ...env } }).then(
    (streams) => ({ code: 0, ...streams }),
    (error: Ended) => error,
  );
}

/** Every row of every table, except the tables of SQLite's full-text indexes. */
async function contents(connection: Sequelize): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  const names: string[] = await connection.getQueryInterface().showAllTables();
  for (const name of names.filter((table) => !table.includes('_search')).toSorted()) {
    const rows = await connection.query(`SELECT * FROM ${name}`, { type: QueryTypes.SELECT });
    all[name] = rows.map((row) => JSON.stringify(row)).toSorted();
  }
  expect(all).to.include.keys('reviews', 'watch_lists', 'users', 'SequelizeMeta');
  return all;
}

async function contentsOf(url: string): Promise<Record<string, string[]>> {
  const connection = url.startsWith('sqlite:')
    ? new Sequelize({ dialect: 'sqlite', storage: url.slice('sqlite:'.length), logging: false })
    : new Sequelize(url, { dialect: 'mysql', logging: false });
  try {
    return await contents(connection);
  } finally {
    await connection.close();
  }
}

async function expectRatingsRight(url: string): Promise<void> {
  const { status, out } = await startCommand('ratings', ['verify'], { env: { DATABASE_URL: url } });
  expect(out).to.match(/[1-9] movies checked: every rating is right/);
  expect(status).to.equal(0);
}

/** Serves a restored database and compares its answers with those of the original. */
async function expectSameAnswers(url: string): Promise<void> {
  await withProcess({ DATABASE_URL: url }, async (server) => {
    for (const path of [
      '/readyz',
      '/watch/watchlist/',
      '/watch/platformlist/',
      '/watch/watchlist/?search=film',
    ]) {
      const { status, body } = await anonymous.at(server).get(path);
      expect(status, path).to.equal(200);
      expect(body, path).to.deep.equal((await anonymous.get(path)).body);
    }
  });
}

describe('backup', function backups() {
  this.timeout(120_000);
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'marquee-backup-'));
    await migrate();
  });
  beforeEach(emptyDatabase);
  after(() => rmSync(folder, { recursive: true, force: true }));

  if (dialect === 'sqlite') {
    it('copies the embedded database consistently during writes; the copy serves the same data', async () => {
      const platform = await makePlatform();
      const author = await asUser();
      const reviews: number[] = [];
      for (let count = 0; count < 3; count += 1) {
        const movie = await makeMovie({ platform_id: platform.id });
        const { body } = await author.post(`/watch/${movie.id}/review-create/`, { rating: 1 });
        reviews.push(body.id as number);
      }
      await makeRatedMovie([5, 4, 1]);
      let written = 0;
      const done = new AbortController();
      // The three reviews are changed in turn, so that a consistent copy has three consecutive numbers.
      const writing = (async () => {
        for (; !done.signal.aborted; written += 1) {
          const change = { rating: 1 + (written % 5), description: String(written + 1) };
          expect((await author.patch(`/watch/review/${reviews[written % 3]}/`, change)).status).to.equal(200);
        }
      })();
      const copy = join(folder, 'copy.sqlite');
      let outcome = await startCommand('backup', [copy]);
      // On a busy machine few writes may have come during the first one.
      for (let tries = 0; tries < 5; tries += 1) {
        if (written > 5) break;
        outcome = await startCommand('backup', [copy, '--overwrite']);
      }
      const acknowledged = written;
      done.abort();
      await writing;

      expect(outcome.status, outcome.error).to.equal(0);
      expect(acknowledged, 'writes while it ran').to.be.above(5);
      expect(readdirSync(folder)).to.deep.equal(['copy.sqlite']);
      expect(statSync(copy).mode & 0o777).to.equal(0o600);
      const saved = (await contentsOf(`sqlite:${copy}`)).reviews ?? [];
      const numbers = saved
        .map((row) => Number((JSON.parse(row) as { description: string | null }).description))
        .filter((number) => number > 0)
        .toSorted((a, b) => a - b);
      const last = numbers.at(-1) ?? 0;
      expect(last).to.be.within(1, acknowledged + 1);
      expect(numbers).to.deep.equal([last - 2, last - 1, last].filter((number) => number > 0));
      await expectRatingsRight(`sqlite:${copy}`);
      expect((await startCommand('backup', ['--verify', copy])).out).to.match(/every rating is right/);

      await backUp(databaseFile as string, copy, { overwrite: true });
      expect(await contentsOf(`sqlite:${copy}`)).to.deep.equal(await contents(sequelize));
      await expectSameAnswers(`sqlite:${copy}`);
    });

    it('refuses an existing file, its own database, a missing one and a damaged one, and leaves no file', async () => {
      const source = databaseFile as string;
      const target = join(folder, 'taken.sqlite');
      writeFileSync(target, 'mine');
      const damaged = join(folder, 'damaged.sqlite');
      await backUp(source, damaged);
      writeFileSync(damaged, 'x'.repeat(5_000), { flag: 'r+' });
      const listing = readdirSync(folder);
      const refusals: [string, string, boolean, RegExp][] = [
        [source, target, false, /exists already/],
        [source, source, true, /belongs to the database itself/],
        [source, `${source}-wal`, true, /belongs to the database itself/],
        [join(folder, 'none.sqlite'), join(folder, 'new.sqlite'), false, /no database/],
        [source, join(folder, 'none', 'new.sqlite'), false, /no folder/],
        [damaged, target, true, /SQLITE_NOTADB/],
      ];
      for (const [from, to, overwrite, message] of refusals) {
        const error = await backUp(from, to, { overwrite }).catch((thrown: unknown) => thrown);
        expect(error, to).to.be.instanceOf(Error).with.property('message').that.matches(message);
      }
      expect(await backUp(source, target).catch((thrown: unknown) => thrown)).to.be.instanceOf(BackupError);
      expect(readdirSync(folder)).to.deep.equal(listing);
      expect(statSync(target).size).to.equal(4);
    });

    it('removes what it verifies, where it is interrupted', async () => {
      const copy = join(folder, 'interrupted.sqlite');
      await backUp(databaseFile as string, copy);
      await expectInterrupted(copy, (scratch) => readdirSync(scratch).length > 0);
    });
  } else {
    const name = `${new URL(config.DATABASE_URL).pathname.slice(1)}_restored`;
    const restored = new URL(config.DATABASE_URL);
    restored.pathname = `/${name}`;
    const dropRestored = () => sequelize.query(`DROP DATABASE IF EXISTS \`${name}\``);
    after(dropRestored);

    it('prints the commands that save and restore a MySQL database, and they restore the same data', async function test() {
      await makeRatedMovie([5, 4, 1]);
      const dump = join(folder, 'dump.sql');
      const { status, error } = await startCommand('backup', [dump], { env: { PATH: '/nowhere' } });
      expect(status).to.equal(1);
      const lines = error.replaceAll('\\\n', '').split('\n');
      const [save, restore] = ['mysqldump ', 'mysql '].map((program) =>
        lines.find((line) => line.trim().startsWith(program))?.replace(' --password', ''),
      ) as [string, string];
      if ((await end('sh', ['-c', 'command -v mysqldump mysql'])).code !== 0) skip(this, 'the MySQL client');
      const password = { MYSQL_PWD: decodeURIComponent(restored.password) };
      const saved = await end('sh', ['-c', save], password);
      expect(saved.code, saved.stderr).to.equal(0);

      await dropRestored();
      await sequelize.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
      const own = config.DATABASE_URL.split('/').at(-1) as string;
      const back = await end('sh', ['-c', restore.replace(` ${own} `, ` ${name} `)], password);
      expect(back.code, back.stderr).to.equal(0);
      expect(await contentsOf(restored.href)).to.deep.equal(await contents(sequelize));
      await expectRatingsRight(restored.href);
      await expectSameAnswers(restored.href);
    });

    it('dumps a MySQL database, compressed or not, and verifies the dump beside it', async function dumps() {
      if ((await end('sh', ['-c', 'command -v mariadb-dump || command -v mysqldump'])).code !== 0)
        skip(this, 'mariadb-dump or mysqldump');
      await makeRatedMovie([5, 4, 1]);
      const listing = readdirSync(folder);
      for (const file of ['whole.sql', 'whole.sql.gz']) {
        const path = join(folder, file);
        const made = await startCommand('backup', [path]);
        expect(made.status, made.error).to.equal(0);
        expect(statSync(path).mode & 0o777).to.equal(0o600);
        const verified = await startCommand('backup', ['--verify', path]);
        expect(verified.out, verified.error).to.match(/1 movies checked: every rating is right/);
        expect(verified.status).to.equal(0);
      }
      expect((await startCommand('backup', [join(folder, 'whole.sql')])).error).to.match(/exists already/);
      expect(await rowsOfBackup()).to.have.length(1);

      await sequelize.query('UPDATE watch_lists SET number_rating = 9');
      const wrong = join(folder, 'wrong.sql');
      expect((await startCommand('backup', [wrong])).status).to.equal(0);
      expect((await startCommand('backup', ['--verify', wrong])).status).to.equal(1);
      writeFileSync(wrong, 'INSERT INTO nowhere VALUES (1);');
      const refused = await startCommand('backup', ['--verify', wrong]);
      expect(refused.status).to.equal(1);
      expect(refused.error).to.match(/failed: [^]*nowhere/);

      const elsewhere = new URL(config.DATABASE_URL);
      elsewhere.password = 'a-secret "of\\ours';
      elsewhere.username = 'nobody';
      const env = { DATABASE_URL: elsewhere.href };
      const failed = await startCommand('backup', [join(folder, 'none.sql')], { env });
      expect(failed.status).to.equal(1);
      expect(failed.error)
        .to.match(/Access denied/)
        .and.not.include('a-secret');

      expect(await scratchDatabases()).to.deep.equal([]);
      expect(temporary()).to.deep.equal([]);
      expect(readdirSync(folder).filter((file) => !listing.includes(file))).to.have.members([
        'whole.sql',
        'whole.sql.gz',
        'wrong.sql',
      ]);
    });

    it('is made, and verified, by the script of the image for backups', async function script() {
      if ((await end('sh', ['-c', 'command -v mariadb-dump || command -v mysqldump'])).code !== 0)
        skip(this, 'mariadb-dump or mysqldump');
      await makeRatedMovie([5, 4, 1]);
      const backups = mkdtempSync(join(folder, 'backups-'));
      const made = await end('deploy/backup/backup.sh', [], { BACKUPS: backups });
      expect(made.code, made.stderr).to.equal(0);
      expect(made.stdout).to.match(/the dump is whole[^]*1 movies checked: every rating is right/);
      expect(readdirSync(backups).join()).to.match(/^marquee-[1-7]\.sql\.gz$/);
    });

    it('drops what it verifies, where it is interrupted', async function dropped() {
      if ((await end('sh', ['-c', 'command -v mariadb || command -v mysql'])).code !== 0)
        skip(this, 'the MySQL client');
      const slow = join(folder, 'slow.sql');
      writeFileSync(slow, 'CREATE TABLE first (id INT);\nSELECT SLEEP(60);\n');
      await expectInterrupted(slow, async () => (await scratchDatabases()).length > 0);
      expect(await scratchDatabases()).to.deep.equal([]);
      expect(temporary()).to.deep.equal([]);
    });
  }
});

/** Verifies a backup, sends each signal once it has begun, and expects it to say so and end. */
async function expectInterrupted(file: string, hasBegun: (scratch: string) => boolean | Promise<boolean>) {
  const scratch = mkdtempSync(join(tmpdir(), 'marquee-interrupted-'));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const started = start('src/commands/backup.js', { TMPDIR: scratch }, ['--verify', file]);
    await eventually(started, async () => (await hasBegun(scratch)) || undefined);
    started.child.kill(signal);
    expect(await started.ended, started.output()).to.equal(1);
    expect(started.output()).to.include('Interrupted');
    expect(readdirSync(scratch)).to.deep.equal([]);
  }
  rmSync(scratch, { recursive: true });
}

/** Databases into which this test's dumps are restored. */
async function scratchDatabases(): Promise<object[]> {
  const own = new URL(config.DATABASE_URL).pathname.slice(1).replaceAll('_', '\\_');
  return sequelize.query(`SHOW DATABASES LIKE '${own}\\_verify\\_%'`, { type: QueryTypes.SELECT });
}

/** Option files that were left behind. */
const temporary = () => readdirSync(tmpdir()).filter((file) => file.startsWith('.marquee-'));

/** What the database knows of its last backup. */
function rowsOfBackup(): Promise<object[]> {
  return sequelize.query("SELECT value FROM settings WHERE name = 'last_backup'", {
    type: QueryTypes.SELECT,
  });
}
