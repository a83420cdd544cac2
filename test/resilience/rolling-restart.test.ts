import { expect } from 'chai';
import { eventually } from '../support/processes.js';
import { DatabaseServer } from './database-server.js';
import { type Marquee, populate, startMarquee } from './marquee.js';
import { needServers } from './requirements.js';
import { tally, Traffic } from './traffic.js';

const WORKERS = 2;
/** How long a worker may take to be replaced, in milliseconds. */
const PATIENCE_MS = 80_000;

describe('SIGHUP under load', function rolling() {
  this.timeout(180_000);
  let database: DatabaseServer;
  let marquee: Marquee;
  let traffic: Traffic;

  before(async function serversOrSkip() {
    await needServers(this);
    database = await (await DatabaseServer.create()).start();
    const users = await populate(database, 800);
    marquee = await startMarquee({ DATABASE_URL: database.url, WEB_CONCURRENCY: String(WORKERS) });
    traffic = new Traffic([marquee.url], users, [1, 2, 3, 4, 5, 6]).begin({ writers: 3, readers: 3 });
  });

  after(async () => {
    await traffic?.end();
    await marquee?.stop();
    await database?.close();
  });

  /** The ids of the processes that have served since the log had this many characters. */
  const pidsSince = (length: number) =>
    new Set(
      marquee.started
        .output()
        .slice(length)
        .split('\n')
        .filter((line) => line.startsWith('{') && line.endsWith('}') && line.includes('"req"'))
        .map((line) => (JSON.parse(line) as { pid: number }).pid),
    );
  const says = (text: string, length: number) => {
    const ask = () => marquee.started.output().slice(length).includes(text) || undefined;
    return eventually(marquee.started, ask, PATIENCE_MS);
  };
  const more = (count: number) => {
    const before = traffic.outcomes.length;
    return eventually(marquee.started, () => traffic.outcomes.length > before + count || undefined);
  };

  it('replaces every worker without a failed request', async () => {
    await more(200);
    const former = pidsSince(0);
    expect(former.size).to.equal(WORKERS);
    const begun = marquee.started.output().length;
    marquee.started.child.kill('SIGHUP');
    await says('every worker has been replaced', begun);
    const replaced = marquee.started.output().length;
    await more(200);
    expect([...pidsSince(replaced)].filter((pid) => former.has(pid))).to.deep.equal([]);
    expect(tally(traffic.outcomes.filter(({ status }) => status !== 200 && status !== 201))).to.deep.equal(
      {},
    );
    console.log(`      ${JSON.stringify(tally(traffic.outcomes))}`);
  });

  it('keeps the old workers if a new one does not start', async () => {
    const [meta] = await database.rows<{ name: string }>('SELECT name FROM SequelizeMeta LIMIT 1');
    await database.write(`DELETE FROM SequelizeMeta WHERE name = '${meta?.name}'`);
    const begun = marquee.started.output().length;
    const former = pidsSince(0);
    marquee.started.child.kill('SIGHUP');
    await says('did not come up', begun);
    const failed = marquee.started.output().length;
    await more(200);
    expect([...pidsSince(failed)].filter((pid) => !former.has(pid))).to.deep.equal([]);
    expect(tally(traffic.outcomes.filter(({ status }) => status !== 200 && status !== 201))).to.deep.equal(
      {},
    );
    await database.write(`INSERT INTO SequelizeMeta (name) VALUES ('${meta?.name}')`);
  });

  it('loses no acknowledged review', async () => {
    await traffic.end();
    const [row] = await database.rows<{ n: number }>('SELECT COUNT(*) AS n FROM reviews');
    expect(row?.n).to.equal(traffic.acknowledged.length);
    expect(await marquee.stop()).to.equal(0);
  });
});
