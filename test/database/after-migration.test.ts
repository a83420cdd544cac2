import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../../src/project-root.js';
import { runNode } from '../support/processes.js';
import { onMysql, scratchDatabase } from '../support/scratch-database.js';
import { skip } from '../support/skip.js';

const module = (name: string) => JSON.stringify(join(ROOT, 'dist', 'src', 'database', `${name}.js`));

/** Migrates, lets another connection change the schema, and writes, as a process does after its start. */
const SCRIPT = `
  import { migrate } from ${module('migrations')};
  import { transaction } from ${module('transactions')};
  import { closeDatabase, sequelize } from ${module('database')};
  import { sqlite3 } from ${module('sqlite3')};
  await migrate();
  const other = new sqlite3.Database(process.env.DATABASE_URL.slice('sqlite:'.length));
  await new Promise((done) => other.exec('ANALYZE', done));
  await new Promise((done) => other.close(done));
  await transaction(() => sequelize.query('DELETE FROM reviews'));
  await closeDatabase();
`;

describe('the process that has migrated the embedded database', () => {
  before(function embeddedOrSkip() {
    if (onMysql) skip(this, 'is about the embedded database');
  });

  it('finds the tables beside full-text indexes, whatever another process does to the schema', async () => {
    const database = await scratchDatabase('migrated');
    try {
      const args = ['--input-type=module', '--eval', SCRIPT];
      const { status, error } = await runNode(args, { env: { DATABASE_URL: database.url } });
      expect([status, error]).to.deep.equal([0, '']);
    } finally {
      await database.close();
    }
  }).timeout(30_000);
});
