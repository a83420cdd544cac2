import { expect } from 'chai';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp, BackupError } from '../../src/database/backup.js';
import { databaseFile, dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrations.js';
import {
  contents,
  contentsOf,
  expectInterrupted,
  expectRatingsRight,
  expectSameAnswers,
} from '../support/backups.js';
import { asUser } from '../support/clients.js';
import { makeMovie, makePlatform, makeRatedMovie } from '../support/factories.js';
import { startCommand } from '../support/processes.js';
import { emptyDatabase } from '../support/server.js';
import { skip } from '../support/skip.js';

describe('a copy of the embedded database', function copies() {
  this.timeout(120_000);
  let folder: string;
  before(async function prepare() {
    if (dialect !== 'sqlite') return skip(this, 'the embedded database');
    folder = mkdtempSync(join(tmpdir(), 'marquee-backup-'));
    await migrate();
  });
  beforeEach(emptyDatabase);
  after(() => folder && rmSync(folder, { recursive: true, force: true }));

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
});
