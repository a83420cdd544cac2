/*
 * A server process as `main.ts` starts it, without the admin panel, which takes seconds to load. `/bulk/NAME` runs a
 * bulk operation, as the panel and scripts do with the models. Writes its port to standard output.
 */
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../src/app.js';
import { toApiError } from '../../../src/http/errors.js';
import { createLimitedServer } from '../../../src/http/server.js';
import { migrate } from '../../../src/database/migrations.js';
import { applyPriors } from '../../../src/ratings/priors.js';
import { bulkOperations } from './bulk.js';

await migrate();
await applyPriors();
const { listener, messages } = await createApp({ panel: false });
// It keeps idle connections for longer than a storm pauses.
const server = createLimitedServer((request, response) => {
  const name = /^\/bulk\/(\w+)/.exec(request.url ?? '')?.[1];
  const operation = name === undefined ? undefined : bulkOperations[name];
  if (!operation) {
    listener(request, response);
    return;
  }
  operation().then(
    () => response.writeHead(204).end(),
    (error: unknown) => {
      const { status } = toApiError(error);
      response.writeHead(status).end(status >= 500 ? String((error as Error).stack) : '');
    },
  );
}, messages);
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
// The test that started this process may be gone.
process.stdin.on('end', () => process.exit()).resume();
