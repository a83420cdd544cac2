import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from './app.js';
import { config } from './config.js';
import { closeDatabase } from './database/database.js';
import { checkPort, listen } from './http/listen.js';
import { createLimitedServer, drain } from './http/server.js';
import { startJobs } from './instances/jobs.js';
import { migrated, prepareDatabase } from './instances/prepare-database.js';
import { feedWatchdog, notifyServiceManager } from './instances/service-manager.js';
import { serveUnderPrimary } from './instances/workers.js';
import { log } from './log.js';
import { tellFailedStart } from './ops/failed-start.js';

/** How long running requests may take to finish once the process is told to stop. */
const GRACE_MS = 10_000;

/** How long closing may take then. The work of a request that was cut off, such as an import, is rolled back. */
const CLOSE_MS = 1_500;

/** How long a replaced worker keeps idle connections for a request that may be on its way. */
const IDLE_MS = 2_000;

/** Serves until the process is told to stop. Where it cannot, it ends the process with status 1. */
export async function serveProcess(): Promise<void> {
  try {
    await start();
  } catch (error) {
    await fail(error);
  }
}

async function start(): Promise<void> {
  let onReplaced: (() => void) | undefined;
  serveUnderPrimary(() => {
    if (onReplaced) onReplaced();
    else process.exit(0);
  });
  // The primary has looked already. A database is not made, nor a first admin shown, by a start that fails.
  if (cluster.isPrimary) await checkPort(config.PORT, config.HOST);
  await prepareDatabase();
  const { listener, messages, close } = await createApp();
  const server = createLimitedServer(listener, messages);
  await listen(server, config.PORT, config.HOST);
  const stopJobs = startJobs(migrated);
  logAddress(server);
  if (cluster.isPrimary) {
    notifyServiceManager('READY=1');
    feedWatchdog();
  }
  onReplaced = stopWhenTold(async (idleMs) => {
    stopJobs();
    await drain(server, { idleMs, graceMs: GRACE_MS });
    await Promise.race([close().then(closeDatabase), sleep(CLOSE_MS, undefined, { ref: false })]);
  });
}

function logAddress(server: ReturnType<typeof createLimitedServer>): void {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.PORT;
  log.info(
    { host: config.HOST, port },
    `Marquee serves http://${config.HOST}:${port}/watch/ and http://${config.HOST}:${port}/admin/`,
  );
}

/**
 * Ends the process at a signal.
 * @param shutDown told how long to keep idle connections
 * @returns a function that ends it when the primary has replaced it
 */
function stopWhenTold(shutDown: (idleMs: number) => Promise<void>): () => void {
  let isStopping = false;
  const stop = (reason: string, idleMs = 0) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ reason }, 'stopping');
    if (cluster.isPrimary) notifyServiceManager('STOPPING=1');
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
  return () => stop('replaced', IDLE_MS);
}

async function fail(error: unknown): Promise<void> {
  tellFailedStart(error);
  // The server may be listening already, which would keep the process alive.
  try {
    await closeDatabase();
  } finally {
    process.exit();
  }
}
