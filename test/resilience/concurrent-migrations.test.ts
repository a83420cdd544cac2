import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { skip } from '../support/skip.js';
import { type ScratchDatabase, scratchDatabase } from '../support/scratch-database.js';
import { sequelizeCli } from '../support/sequelize-cli.js';

const AT_ONCE = 2;

describe('several instances that start at once', function together() {
  this.timeout(60_000);
  let database: ScratchDatabase;

  before(async function mysqlOrSkip() {
    if (dialect === 'sqlite') skip(this, 'starts the command line four times: runs with TEST_DATABASE_URL');
    database = await scratchDatabase('migrations');
  });
  after(() => database?.close());

  /** Runs a command in several processes at once; each must succeed. */
  async function together(command: string): Promise<string[]> {
    const outcomes = await Promise.all(
      Array.from({ length: AT_ONCE }, () => sequelizeCli(database.url, command)),
    );
    for (const { status, out, error } of outcomes) expect(status, out + error).to.equal(0);
    return outcomes.map(({ out }) => out);
  }

  it('migrate and seed the database once', async () => {
    const migrated = await together('db:migrate');
    const [tables] = await database.rows<{ n: number }>('SELECT COUNT(*) AS n FROM SequelizeMeta');
    const runs = migrated.flatMap((text) => text.match(/: migrated/g) ?? []);
    expect(runs).to.have.length(tables?.n ?? 0);
    const seeded = await together('db:seed:all');
    expect(seeded.flatMap((text) => text.match(/demo-catalogue: migrated/g) ?? [])).to.have.length(1);
    const [admins] = await database.rows<{ n: number }>(
      "SELECT COUNT(*) AS n FROM users WHERE role = 'admin'",
    );
    expect(admins?.n).to.equal(1);
  });
});
