import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { embeddedDriver, EmbeddedSequelize } from '../../src/database/embedded.js';

const ASKED: Record<string, (database: EmbeddedSequelize, index: number) => Promise<unknown>> = {
  reads: (database) =>
    database.query('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) SELECT * FROM n'),
  writes: (database, index) => database.query(`INSERT INTO numbers VALUES (${index})`),
  connections: (database, index) =>
    database.connectionManager.getConnection({ type: 'read', uuid: `reads ${index}` } as never),
}; // prettier-ignore

describe('the embedded database', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'marquee-close-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  // The driver ends the process where a connection is closed while it opens.
  for (const [kind, ask] of Object.entries(ASKED)) {
    it(`gives or refuses the ${kind} that were asked for before it is closed`, async () => {
      for (let turns = 0; turns < 6; turns += 1) {
        const storage = join(folder, `${kind}-${turns}.sqlite`);
        const options = { dialect: 'sqlite', storage, dialectModule: embeddedDriver, logging: false } as const;
        const database = new EmbeddedSequelize(options);
        await database.query('CREATE TABLE numbers (number INTEGER)');
        const outcomes = Promise.allSettled([0, 1, 2, 3, 4].map((index) => ask(database, index)));
        for (let turn = 0; turn < turns; turn += 1) await setImmediate();
        await database.close();
        for (const outcome of await outcomes)
          if (outcome.status === 'rejected') expect(String(outcome.reason), `${turns} turns`).to.match(/closed/);
      } // prettier-ignore
    });
  }
});
