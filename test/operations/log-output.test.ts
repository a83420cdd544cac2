import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { ROOT } from '../../src/project-root.js';
import { freePort, SHORT_LIVED } from '../support/processes.js';
import { migratedDatabase, type ScratchDatabase } from '../support/scratch-database.js';
import { addCatalogue } from '../support/scratch-rows.js';

/** Their log lines are five times what a pipe holds. */
const REQUESTS = 60;
const LENGTH = 5_500;
const AT_ONCE = 20;

/** Waits until a server answers. */
async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 800; tries += 1) {
    if (
      await fetch(`${url}/healthz`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await sleep(50);
  }
  throw new Error('The server does not answer');
}

/** Makes more requests than a pipe holds log lines. */
async function makeRequests(url: string): Promise<void> {
  for (let made = 0; made < REQUESTS; made += AT_ONCE) {
    const paths = Array.from(
      { length: AT_ONCE },
      (_, index) => `/watch/${'x'.repeat(LENGTH)}-${made + index}/`,
    );
    const responses = await Promise.all(paths.map((path) => fetch(url + path)));
    for (const response of responses) {
      await response.text();
      expect(response.status).to.equal(404);
    }
  }
}

describe('a log that is not taken', function logs() {
  this.timeout(60_000);
  let database: ScratchDatabase;

  before(async () => {
    database = await migratedDatabase('log');
    // With a movie there is no demo catalogue, whose posters would be drawn.
    await addCatalogue(database);
  });
  after(() => database.close());

  const outputs: Record<string, { stdout: () => 'pipe' | number; read: 'never' | 'closed' }> = {
    'as the disk is full': { stdout: () => openSync('/dev/full', 'w'), read: 'never' },
    'as nobody reads the pipe': { stdout: () => 'pipe', read: 'never' },
    'as the pipe is closed': { stdout: () => 'pipe', read: 'closed' },
  };
  for (const [name, { stdout, read }] of Object.entries(outputs)) {
    it(`stops no request, and no stop, ${name}`, async () => {
      const port = await freePort();
      const output = stdout();
      const env = {
        ...process.env,
        LOG_LEVEL: 'info',
        PORT: String(port),
        DATABASE_URL: database.url,
      };
      const child = spawn(process.execPath, [...SHORT_LIVED, join(ROOT, 'dist/src/main.js')], {
        cwd: ROOT,
        env,
        stdio: ['ignore', output, 'ignore'],
      });
      if (typeof output === 'number') closeSync(output);
      if (read === 'closed') child.stdout?.destroy();
      const ended = once(child, 'exit');
      try {
        const url = `http://127.0.0.1:${port}`;
        await answers(url);
        await makeRequests(url);
        child.kill('SIGTERM');
        const [code] = (await Promise.race([ended, sleep(20_000, ['still running'])])) as [unknown];
        expect(code).to.equal(0);
      } finally {
        child.kill('SIGKILL');
      }
    });
  }
});
