import { expect } from 'chai';
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { QueryTypes } from 'sequelize';
import { config } from '../../src/config.js';
import { dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrations.js';
import { Review } from '../../src/models/review.js';
import {
  contents,
  contentsOf,
  expectInterrupted,
  expectRatingsRight,
  expectSameAnswers,
} from '../support/backups.js';
import { makeRatedMovie } from '../support/factories.js';
import { startCommand } from '../support/processes.js';
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

describe('a dump of MySQL or MariaDB', function dumps() {
  this.timeout(120_000);
  let folder: string;
  before(async function prepare() {
    if (dialect !== 'mysql') return skip(this, 'MySQL or MariaDB');
    folder = mkdtempSync(join(tmpdir(), 'marquee-backup-'));
    await migrate();
  });
  beforeEach(emptyDatabase);
  after(async () => {
    if (!folder) return;
    rmSync(folder, { recursive: true, force: true });
    await dropRestored();
  });
  const name = `${new URL(config.DATABASE_URL).pathname.slice(1)}_restored`;
  const restored = new URL(config.DATABASE_URL);
  restored.pathname = `/${name}`;
  const dropRestored = () => sequelize.query(`DROP DATABASE IF EXISTS \`${name}\``);

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

  it('is not made of MySQL by MariaDB’s program', async function foreign() {
    const [{ version }] = (await sequelize.query('SELECT VERSION() AS version', {
      type: QueryTypes.SELECT,
    })) as [{ version: string }];
    if (/mariadb/i.test(version)) skip(this, 'MySQL');
    const program = await end('sh', ['-c', 'command -v mariadb-dump']);
    if (program.code !== 0) skip(this, 'mariadb-dump');
    const path = mkdtempSync(join(folder, 'path-'));
    symlinkSync(program.stdout.trim(), join(path, 'mariadb-dump'));
    const file = join(folder, 'foreign.sql');
    const { status, error } = await startCommand('backup', [file], { env: { PATH: path } });
    expect(status).to.equal(1);
    expect(error).to.match(/The server is MySQL, and mariadb-dump here is MariaDB's.*Install mysqldump/);
    expect(existsSync(file)).to.equal(false);
  });

  it('is verified without a change of the database that it was made of', async () => {
    await makeRatedMovie([5]);
    const file = join(folder, 'named.sql');
    expect((await startCommand('backup', [file])).status).to.equal(0);
    const own = new URL(config.DATABASE_URL).pathname.slice(1);
    const foreign = `USE \`${own}\`;\nDELETE FROM reviews;\n`;
    writeFileSync(file, `${foreign}${readFileSync(file, 'utf8')}`);
    expect((await startCommand('backup', ['--verify', file])).status).to.equal(1);
    expect(await Review.count()).to.equal(1);
  });

  it('is verified without the system commands in it', async () => {
    const file = join(folder, 'commands.sql');
    const made = join(folder, 'made-by-the-dump');
    writeFileSync(file, `\\! touch ${made}\nsystem touch ${made}\n`);
    expect((await startCommand('backup', ['--verify', file])).status).to.equal(1);
    expect(existsSync(made)).to.equal(false);
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
});
