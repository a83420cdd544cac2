import cluster from 'node:cluster';
import type { Server } from 'node:http';
import { createApp } from './app.js';
import { config, ConfigError } from './config.js';
import { dialect } from './database/connection-options.js';
import { closeDatabase } from './database/database.js';
import { startJobs } from './instances/jobs.js';
import { createLimitedServer, drain } from './http/server.js';
import { log } from './log.js';
import { migrate, pendingMigrations, seed } from './database/migrations.js';
import { applyPriors } from './ratings/priors.js';
import { StreamPlatform } from './models/stream-platform.js';
import { ensureFirstAdmin } from './seeds/first-admin.js';
import { isReplacement, onReplaced, superviseWorkers } from './instances/workers.js';

/** How long running requests may take to finish once the process is told to stop. */
const GRACE_MS = 10_000;

/** How long a replaced worker keeps idle connections for a request that may be on its way. */
const IDLE_MS = 2_000;

/** How often a MySQL database that is not ready is looked at again. */
const RETRY_MS = 5_000;

/** Brings the embedded database up to date; an empty one gets the demo catalogue. */
async function prepareEmbedded(): Promise<void> {
  await migrate();
  await settleIn();
  if ((await StreamPlatform.count()) === 0) await seed();
}

/** What every start sees to in a migrated database: the priors of the ratings, and that someone can get in. */
async function settleIn(): Promise<void> {
  await applyPriors();
  const admin = await ensureFirstAdmin();
  // Not through the log, which is kept: this is shown once.
  if (admin?.password)
    process.stdout.write(`\n  First admin: ${admin.username}  password: ${admin.password}\n\n`);
}

/** Waits for a MySQL database to be there and migrated, and says once what is missing. */
async function awaitMigrated(said = ''): Promise<void> {
  const missing = await pendingMigrations().then(
    (names) =>
      names.length > 0
        ? `Migrations are pending: ${names.join(', ')}. Run npx sequelize-cli db:migrate.`
        : '',
    (error: Error) => `The database does not answer: ${error.message}`,
  );
  if (missing === '') return settleIn();
  // The worker that this one is to replace goes on serving.
  if (isReplacement) throw new Error(missing);
  if (missing !== said) log.warn(missing);
  setTimeout(() => void awaitMigrated(missing).catch(logFailure), RETRY_MS).unref();
}

function logFailure(error: unknown): void {
  log.error({ err: error }, 'the database could not be prepared');
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(config.PORT, config.HOST, resolve);
  });
}

async function start(): Promise<void> {
  if (dialect === 'sqlite') await prepareEmbedded();
  else if (isReplacement) await awaitMigrated();
  else await awaitMigrated().catch(logFailure);
  const { listener, messages, loadPanel, close } = await createApp();
  // Whom it replaces can go on answering meanwhile.
  if (isReplacement) await loadPanel();
  const server = createLimitedServer(listener, messages);
  await listen(server);
  const stopHousekeeping = startJobs();
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.PORT;
  log.info(
    { host: config.HOST, port },
    `Marquee serves http://${config.HOST}:${port}/watch/ and http://${config.HOST}:${port}/admin/`,
  );

  let stopping = false;
  const stop = (reason: string, idleMs = 0) => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    stopHousekeeping();
    drain(server, { idleMs, graceMs: GRACE_MS })
      .then(close)
      .then(closeDatabase)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'the database could not be closed');
          process.exit(1);
        },
      );
  };
  const stopAt = (signal: string) => stop(signal);
  process.on('SIGTERM', stopAt).on('SIGINT', stopAt);
  // To a worker the primary's word counts; a single process has nobody to replace it, and ends with its terminal.
  if (cluster.isWorker) process.on('SIGHUP', () => {});
  else process.on('SIGHUP', stopAt);
  onReplaced(() => stop('replaced', IDLE_MS));
  // Only now: the API need not wait for the seconds that this takes.
  await loadPanel();
}

async function fail(error: unknown): Promise<void> {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, 'Marquee could not start');
  process.exitCode = 1;
  // The server may be listening already, and would keep the process.
  try {
    await closeDatabase();
  } finally {
    process.exit();
  }
}

if (cluster.isPrimary && config.WEB_CONCURRENCY > 1) superviseWorkers(config.WEB_CONCURRENCY);
else start().catch(fail);
