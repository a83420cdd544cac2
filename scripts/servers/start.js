// Starts a database server of its own for tests, on a free port and in memory.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';

const STARTS_WITHIN_MS = 60_000;

/** As root, a server must be told that it may run so. */
export const AS_ROOT = process.getuid() === 0 ? ['--user=root'] : [];

/** Nothing in the server outlives it, so that it need not wait for a disk. */
const FAST = [
  '--skip-log-bin',
  '--skip-innodb-doublewrite',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
];

const MEMORY = '/dev/shm';
/** What a server needs with the tests' databases, in bytes; a container's memory file system may be smaller. */
const ROOM = 2 ** 30;

/** A folder in memory, if there is room. */
function roomyFolder() {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ROOM ? MEMORY : tmpdir();
}

function freePort() {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a server.
 * @param kind.name of the kind, in messages
 * @param kind.initialize gives the program and the arguments that make the system's tables in a folder
 * @param kind.program the server
 * @param kind.options gives more of its options; it may write files into the folder
 * @returns its address as a TEST_DATABASE_URL, its version, and a function that stops it and removes its files
 */
export async function startServer({ name, initialize, program, options }) {
  const folder = mkdtempSync(join(roomyFolder(), 'marquee-server-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  try {
    const port = await freePort();
    const data = `--datadir=${join(folder, 'data')}`;
    const [first, ...args] = initialize(data, FAST);
    execFileSync(first, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const child = spawn(
      // The server does not outlive this script, however that ends.
      'setpriv',
      [
        '--pdeathsig=KILL',
        program,
        '--no-defaults',
        data,
        ...AS_ROOT,
        ...FAST,
        ...options(folder),
        `--port=${port}`,
        `--socket=${join(folder, 's.sock')}`,
        `--pid-file=${join(folder, 'server.pid')}`,
        '--bind-address=127.0.0.1',
        '--skip-name-resolve',
        '--max-connections=500',
      ],
      // A process group of its own: Ctrl-C must reach the command first.
      { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    );
    let log = '';
    child.once('error', (error) => {
      log = error.message;
    });
    child.stderr.on('data', (text) => {
      log = (log + text).slice(-4_000);
    });
    const stop = async () => {
      if (child.pid && child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      clear();
    };
    const deadline = Date.now() + STARTS_WITHIN_MS;
    for (;;) {
      try {
        const version = await versionAt(port);
        return { address: `mysql://root@127.0.0.1:${port}/marquee_test`, version, stop };
      } catch (error) {
        if (!child.pid || child.exitCode !== null || Date.now() > deadline) {
          await stop();
          throw new Error(`${name} did not start: ${error.message}\n${log}`, { cause: error });
        }
      }
      await sleep(100);
    }
  } catch (error) {
    clear();
    throw error;
  }
}

async function versionAt(port) {
  const connection = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root' });
  try {
    const [[{ version }]] = await connection.query('SELECT VERSION() AS version');
    return version;
  } finally {
    await connection.end();
  }
}
