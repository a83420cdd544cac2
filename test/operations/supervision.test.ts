import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { migratedDatabase } from '../support/scratch-database.js';
import { addCatalogue } from '../support/scratch-rows.js';
import { eventually, freePort, start } from '../support/processes.js';

/** The embedded database takes one process. */
const CONCURRENCIES = dialect === 'mysql' ? ['1', '2'] : ['1'];

describe('a start that cannot serve', function cannotServe() {
  this.timeout(60_000);

  for (const WEB_CONCURRENCY of CONCURRENCIES) {
    it(`ends with one message where the port is taken, with ${WEB_CONCURRENCY} processes`, async () => {
      const port = await freePort();
      const other = createServer().listen(port, '127.0.0.1');
      await once(other, 'listening');
      const started = start('src/main.js', { WEB_CONCURRENCY, PORT: String(port), LOG_LEVEL: 'error' });
      try {
        expect(await started.ended).to.equal(1);
        expect(started.output()).to.equal(
          `Marquee cannot listen on 127.0.0.1:${port}: another program has this port: choose another PORT, or stop that program\n`,
        );
      } finally {
        started.child.kill('SIGKILL');
        other.close();
      }
    });
  }

  if (dialect === 'mysql') {
    it('ends with a status where no worker comes to serve, and waits between the starts', async () => {
      const begun = performance.now();
      const started = start('src/main.js', {
        WEB_CONCURRENCY: '2',
        PORT: String(await freePort()),
        LOG_LEVEL: 'error',
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent("import c from 'node:cluster';c.isWorker&&process.exit(3)")}`,
      });
      try {
        expect(await started.ended).to.equal(1);
        expect(performance.now() - begun).to.be.above(2_000);
        expect(started.output().match(/a worker has ended/g)).to.have.length(5);
        expect(started.output().match(/no worker came to serve/g)).to.have.length(1);
      } finally {
        started.child.kill('SIGKILL');
      }
    });
  }
});

describe('under systemd', function underSystemd() {
  this.timeout(60_000);

  it('tells it when it serves and stops, and that it lives, twice in each time of the watchdog', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'marquee-systemd-'));
    const told = join(folder, 'told');
    const command = join(folder, 'systemd-notify');
    await writeFile(command, `#!/bin/sh\necho "$@" >> ${told}\n`);
    await chmod(command, 0o755);
    const database = dialect === 'sqlite' ? await migratedDatabase('systemd') : undefined;
    // With a movie there is no demo catalogue, whose posters would be drawn.
    if (database) await addCatalogue(database);
    const started = start('src/main.js', {
      ...(database && { DATABASE_URL: database.url }),
      PORT: String(await freePort()),
      NOTIFY_SOCKET: join(folder, 'socket'),
      WATCHDOG_USEC: '400000',
      PATH: `${folder}:${process.env.PATH ?? ''}`,
    });
    const lines = async () => (await readFile(told, 'utf8')).trim().split('\n');
    try {
      await eventually(
        started,
        async () => (await lines()).filter((line) => line === 'WATCHDOG=1').length > 2 || undefined,
      );
      started.child.kill('SIGTERM');
      expect(await started.ended, started.output()).to.equal(0);
      const all = await lines();
      expect(all).to.include('READY=1').and.include('STOPPING=1');
    } finally {
      started.child.kill('SIGKILL');
      await started.ended;
      await database?.close();
      await rm(folder, { recursive: true });
    }
  });
});
