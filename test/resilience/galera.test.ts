import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { expectFiguresExact } from '../ratings-integrity/support/figures.js';
import { eventually, freePorts } from '../support/processes.js';
import { skip } from '../support/skip.js';
import { DatabaseServer } from './database-server.js';
import { type Marquee, populate, startApi } from './marquee.js';
import { needServers } from './requirements.js';
import { tally, Traffic } from './traffic.js';

const PROVIDER = '/usr/lib/galera/libgalera_smm.so';
const NODES = 3;
/** The ports of a node: replication, incremental and full state transfer. */
const PORTS = 3;
/** Few, so that the writers of the nodes conflict. */
const MOVIES = [1, 2, 3, 4];

/** A node of a Galera cluster; it takes three ports in a row. */
async function createNode(ports: number[], index: number): Promise<DatabaseServer> {
  const address = `127.0.0.1:${ports[index] as number}`;
  const node = await DatabaseServer.create(() => [
    '--wsrep-on=ON',
    `--wsrep-provider=${PROVIDER}`,
    '--wsrep-cluster-name=marquee',
    `--wsrep-cluster-address=gcomm://${ports.map((port) => `127.0.0.1:${port}`).join(',')}`,
    `--wsrep-node-address=${address}`,
    `--wsrep-provider-options=base_port=${ports[index] as number};gmcast.listen_addr=tcp://${address};ist.recv_addr=127.0.0.1:${(ports[index] as number) + 1};gcache.size=128M`,
    '--wsrep-sst-method=rsync',
    `--wsrep-sst-receive-address=127.0.0.1:${(ports[index] as number) + 2}`,
    '--binlog-format=ROW',
    '--innodb-autoinc-lock-mode=2',
  ]);
  // The state transfer drops root privileges and must still write here.
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'nobody', join(node.folder, 'data')]);
  return node;
}

describe('three Galera nodes, a Marquee on each', function galera() {
  this.timeout(120_000);
  const nodes: DatabaseServer[] = [];
  const marquees: Marquee[] = [];
  let traffic: Traffic;

  before(async function nodesOrSkip() {
    await needServers(this, 'MariaDB');
    if (!existsSync(PROVIDER)) skip(this, 'galera-4 is not installed');
    const ports: number[] = [];
    for (let index = 0; index < NODES; index += 1) ports.push(await freePorts(PORTS));
    for (let index = 0; index < NODES; index += 1) nodes.push(await createNode(ports, index));
    const [first, ...others] = nodes as [DatabaseServer, ...DatabaseServer[]];
    await first.start('--wsrep-new-cluster');
    for (const node of others) await node.start();
    const users = await populate(first, 400);
    for (const node of nodes) {
      marquees.push(
        await startApi({ DATABASE_URL: node.url, DATABASE_POOL_MAX: '8', JWT_SECRET: 'x'.repeat(20) }),
      );
    }
    traffic = new Traffic(
      marquees.map(({ url }) => url),
      users,
      MOVIES,
    );
  });

  after(async () => {
    await traffic?.end();
    await Promise.all(marquees.map((marquee) => marquee.stop()));
    await Promise.all(nodes.map((node) => node.close()));
  });

  const retries = () =>
    marquees
      .map(({ started }) => started.output().split('lost against another').length - 1)
      .reduce((sum, count) => sum + count, 0);

  it('is not answered from the response cache: each process is alone on its own node', async () => {
    const [marquee] = marquees as [Marquee];
    const [node] = nodes as [DatabaseServer];
    const url = `${marquee.url}/watch/watchlist/${MOVIES[0] as number}/`;
    for (const title of ['One', 'Two', 'Three']) {
      await node.write(`UPDATE watch_lists SET title = '${title}' WHERE id = ${MOVIES[0] as number}`);
      expect(((await (await fetch(url)).json()) as { title: string }).title).to.equal(title);
    }
  });

  it('accepts concurrent reviews at all nodes: conflicts are retried, and no request fails', async () => {
    const [marquee] = marquees as [Marquee];
    traffic.begin({ writers: 12, readers: 3 });
    await eventually(marquee.started, () => traffic.acknowledged.length >= 120 || undefined);
    expect(tally(traffic.outcomes.filter(({ status }) => status !== 200 && status !== 201))).to.deep.equal(
      {},
    );
    expect(retries()).to.be.above(0);
    console.log(`      storm: ${JSON.stringify(tally(traffic.outcomes))}, ${retries()} retries`);
  });

  it('loses a node under load: acknowledged writes are kept, and the ratings are exact', async () => {
    const [, marquee, survivor] = marquees as [Marquee, Marquee, Marquee];
    const [lost, , node] = nodes as [DatabaseServer, DatabaseServer, DatabaseServer];
    await lost.kill();
    const killed = traffic.outcomes.length;
    traffic.turnTo([marquee.url, survivor.url]);
    // The others notice the loss after a while; no commit completes until then.
    await eventually(marquee.started, () => traffic.since(killed).length >= 100 || undefined);
    await traffic.end();
    console.log(
      `      after the loss: ${JSON.stringify(tally(traffic.since(killed)))}, ${retries()} retries, slowest ${Math.round(Math.max(...traffic.since(killed).map(({ milliseconds }) => milliseconds)))} ms`,
    );
    const rows = await node.rows<{ id: number }>('SET SESSION wsrep_sync_wait = 1; SELECT id FROM reviews');
    const kept = new Set((rows as unknown as { id: number }[][])[1]?.map(({ id }) => id));
    expect(kept.size).to.be.above(120);
    expect(traffic.acknowledged.filter(({ id }) => !kept.has(id))).to.deep.equal([]);
    await expectFiguresExact(node);
  });
});
