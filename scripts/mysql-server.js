// node scripts/mysql-server.js [--if-possible] [COMMAND …]: starts a MySQL server of its own for tests, on a free port and in
// memory, and stops it at the end. COMMAND runs with the server's address added to TEST_DATABASE_URL, and with MYSQLD, the
// program for tests that start servers themselves. Without COMMAND the server runs until Ctrl-C. Where MySQL cannot be
// installed this fails; with --if-possible it says so and ends with status 0.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { installMysql } from './mysql-programs.js';

const STARTS_WITHIN_MS = 60_000;
/** Nothing here outlives the server, so that it need not wait for a disk. */
const FAST = [
  '--skip-log-bin',
  '--skip-innodb-doublewrite',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
  '--innodb-redo-log-capacity=256M',
  '--mysqlx=OFF',
];

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
 * @returns its address as a TEST_DATABASE_URL, its version, and a function that stops it and removes its files
 */
async function startMysql(program) {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'marquee-mysql-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  try {
    const port = await freePort();
    const options = [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      ...(process.getuid() === 0 ? ['--user=root'] : []),
      ...FAST,
    ];
    execFileSync(program, [...options, '--initialize-insecure'], { stdio: ['ignore', 'ignore', 'pipe'] });
    // Names are not resolved, and root is only of localhost.
    writeFileSync(
      join(folder, 'first.sql'),
      "CREATE USER IF NOT EXISTS root@'127.0.0.1'; GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;",
    );
    const child = spawn(
      // The server does not outlive this script, however that ends.
      'setpriv',
      [
        '--pdeathsig=KILL',
        program,
        ...options,
        `--port=${port}`,
        `--socket=${join(folder, 's.sock')}`,
        `--pid-file=${join(folder, 'server.pid')}`,
        `--init-file=${join(folder, 'first.sql')}`,
        '--bind-address=127.0.0.1',
        '--skip-name-resolve',
        '--secure-file-priv=NULL',
        '--max-connections=500',
      ],
      // A process group of its own: Ctrl-C must reach the command first.
      { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    );
    let log = '';
    child.stderr.on('data', (text) => {
      log = (log + text).slice(-4_000);
    });
    const stop = async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      clear();
    };
    const deadline = Date.now() + STARTS_WITHIN_MS;
    for (;;) {
      try {
        const connection = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root' });
        const [[{ version }]] = await connection.query('SELECT VERSION() AS version');
        await connection.end();
        return { address: `mysql://root@127.0.0.1:${port}/marquee_test`, version, stop };
      } catch (error) {
        if (child.exitCode !== null || Date.now() > deadline) {
          await stop();
          throw new Error(`MySQL did not start: ${error.message}\n${log}`, { cause: error });
        }
      }
      await sleep(100);
    }
  } catch (error) {
    clear();
    throw error;
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** The first signal, which may come while the server starts. */
let signalled = null;
const untilSignal = new Promise((resolve) => {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      signalled ??= signal;
      resolve();
    });
  }
});

/** Waits for the command's end, or without one for a signal. Gives the exit status. */
async function serve([command, ...args], env) {
  if (!command || signalled) {
    await untilSignal;
    return command ? 1 : 0;
  }
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${command} cannot be run: ${error.message}`);
      resolve(127);
    });
    child.once('close', (status) => resolve(status ?? 1));
  });
}

const isOptional = process.argv[2] === '--if-possible';
const command = process.argv.slice(isOptional ? 3 : 2);
let program;
try {
  program = installMysql();
} catch (error) {
  console.log(`MySQL is passed over, since it cannot be installed here: ${error.message}`);
}
if (!program) {
  process.exitCode = isOptional ? 0 : 1;
} else {
  const { address, version, stop } = await startMysql(program);
  console.log(`MySQL ${version} runs at ${address}`);
  try {
    const addresses = [process.env.TEST_DATABASE_URL, address].filter(Boolean).join(',');
    process.exitCode = await serve(command, { TEST_DATABASE_URL: addresses, MYSQLD: program });
  } finally {
    await stop();
  }
}
