import cluster from 'node:cluster';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from './app.js';
import { config, ConfigError } from './config.js';
import { closeDatabase } from './database/database.js';
import { createLimitedServer, drain } from './http/server.js';
import { startJobs } from './instances/jobs.js';
import { prepareDatabase } from './instances/prepare-database.js';
import { onReplaced, superviseWorkers } from './instances/workers.js';
import { log } from './log.js';
import { logProcessOutput } from './process-output.js';

/** How long running requests may take to finish once the process is told to stop. */
const GRACE_MS = 10_000;

/** How long closing may take then. The work of a request that was cut off, such as an import, is rolled back. */
const CLOSE_MS = 1_500;

/** How long a replaced worker keeps idle connections for a request that may be on its way. */
const IDLE_MS = 2_000;

logProcessOutput();
if (cluster.isPrimary && config.WEB_CONCURRENCY > 1) superviseWorkers(config.WEB_CONCURRENCY);
else start().catch(fail);

async function start(): Promise<void> {
  await prepareDatabase();
  const { listener, messages, close } = await createApp();
  const server = createLimitedServer(listener, messages);
  await listen(server);
  const stopJobs = startJobs();
  logAddress(server);
  stopWhenTold(async (idleMs) => {
    stopJobs();
    await drain(server, { idleMs, graceMs: GRACE_MS });
    await Promise.race([close().then(closeDatabase), sleep(CLOSE_MS, undefined, { ref: false })]);
  });
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(config.PORT, config.HOST, resolve);
  });
}

function logAddress(server: Server): void {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.PORT;
  log.info(
    { host: config.HOST, port },
    `Marquee serves http://${config.HOST}:${port}/watch/ and http://${config.HOST}:${port}/admin/`,
  );
}

/**
 * Ends the process at a signal, or when the primary has replaced it.
 * @param shutDown told how long to keep idle connections
 */
function stopWhenTold(shutDown: (idleMs: number) => Promise<void>): void {
  let isStopping = false;
  const stop = (reason: string, idleMs = 0) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ reason }, 'stopping');
    shutDown(idleMs).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the database could not be closed');
        process.exit(1);
      },
    );
  };
  const stopAt = (signal: string) => stop(signal);
  process.on('SIGTERM', stopAt).on('SIGINT', stopAt);
  // A worker is replaced by its primary. A single process has no replacement, and ends with its terminal.
  if (cluster.isWorker) process.on('SIGHUP', () => {});
  else process.on('SIGHUP', stopAt);
  onReplaced(() => stop('replaced', IDLE_MS));
}

async function fail(error: unknown): Promise<void> {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, 'Marquee could not start');
  process.exitCode = 1;
  // The server may be listening already, which would keep the process alive.
  try {
    await closeDatabase();
  } finally {
    process.exit();
  }
}
