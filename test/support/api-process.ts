// A process that serves the app as its environment configures it, with the admin panel if TEST_PANEL is set. It prints its
// address.
import { startServer } from './server.js';

const server = await startServer({}, { panel: Boolean(process.env.TEST_PANEL) });
process.stdout.write(`${server.url}\n`);
