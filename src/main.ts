import cluster from 'node:cluster';
import { secretsForWorkers } from './auth/secrets.js';
import { config } from './config.js';
import { checkPort } from './http/listen.js';
import { superviseWorkers } from './instances/workers.js';
import { log } from './log.js';
import { tellFailedStart } from './ops/failed-start.js';
import { logProcessOutput } from './ops/process-output.js';

logProcessOutput();
if (cluster.isPrimary && config.WEB_CONCURRENCY > 1) {
  await supervise();
} else {
  // Only here: a primary with workers needs none of it.
  const { serveProcess } = await import('./serve.js');
  await serveProcess();
}

async function supervise(): Promise<void> {
  try {
    await checkPort(config.PORT, config.HOST);
    if (!config.REDIS_URL)
      log.warn('without REDIS_URL each worker counts rate limits for itself, and caches nothing');
    superviseWorkers(config.WEB_CONCURRENCY, secretsForWorkers());
  } catch (error) {
    tellFailedStart(error);
    process.exit();
  }
}
