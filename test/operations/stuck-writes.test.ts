import { expect } from 'chai';
import { anonymous } from '../support/clients.js';
import { PASSWORD } from '../support/factories.js';
import { eventually, freePort, start } from '../support/processes.js';
import { migratedDatabase, onMysql, type ScratchDatabase } from '../support/scratch-database.js';
import { addCatalogue } from '../support/scratch-rows.js';

describe('a write that another process holds up', function () {
  this.timeout(60_000);
  let database: ScratchDatabase;
  before(async () => {
    database = await migratedDatabase('stuck');
    // With a demo catalogue the server would draw its posters, and write meanwhile.
    await addCatalogue(database);
  });
  after(() => database.close());

  /** Starts a server, and holds its writes up. */
  async function stick(timeout: string) {
    const port = await freePort();
    const client = anonymous.at({ url: `http://127.0.0.1:${port}` });
    const started = start('src/main.js', {
      DATABASE_URL: database.url,
      DATABASE_TIMEOUT_SECONDS: timeout,
      ...(onMysql && { DATABASE_LOCK_SECONDS: timeout }),
      PORT: String(port),
    });
    await eventually(started, async () => (await client.get('/readyz')).status === 200 || undefined);
    await database.write(onMysql ? 'START TRANSACTION' : 'BEGIN IMMEDIATE');
    if (onMysql) await database.rows('SELECT * FROM users FOR UPDATE');
    const register = async (username: string) => {
      const account = { username, email: `${username}@example.org`, password: PASSWORD, password2: PASSWORD };
      return (await client.post('/account/register/', account)).status;
    };
    return { started, client, register };
  }

  it('keeps later writes waiting for a limited time', async () => {
    const { started, client, register } = await stick('1');
    try {
      const statuses: number[] = [];
      const all = Promise.all(
        ['ana', 'bea', 'cora'].map(async (name) => statuses.push(await register(name))),
      );
      // On MySQL all three wait for the other process; here the first does, and the others for the first.
      const refused = onMysql ? 3 : 2;
      await eventually(started, () => statuses.length === refused || undefined);
      expect(statuses).to.deep.equal(Array(refused).fill(503));
      expect((await client.get('/watch/watchlist/')).status).to.equal(200);
      await database.write('ROLLBACK');
      await all;
      expect(statuses.slice(refused)).to.deep.equal(onMysql ? [] : [201]);
      expect(await register('dora')).to.equal(201);
      started.child.kill('SIGTERM');
      expect(await started.ended, started.output()).to.equal(0);
    } finally {
      started.child.kill('SIGKILL');
    }
  });

  // On SQLite the process ends when its threads do, one of which waits for the other process.
  if (onMysql) {
    it('keeps a stop waiting no longer than for its grace', async () => {
      const { started, register } = await stick('50');
      const stuck = register('ana').catch(() => 'cut off');
      try {
        started.child.kill('SIGTERM');
        const told = performance.now();
        expect(await started.ended, started.output()).to.equal(0);
        expect(performance.now() - told).to.be.within(9_000, 14_000);
        expect(await stuck).to.equal('cut off');
        await database.write('ROLLBACK');
        expect(await database.rows("SELECT * FROM users WHERE username = 'ana'")).to.deep.equal([]);
      } finally {
        started.child.kill('SIGKILL');
      }
    });
  }
});
