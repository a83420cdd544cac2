// A process that serves the app without the admin panel, as its environment configures it. It prints its address.
import { startServer } from './server.js';

const server = await startServer();
process.stdout.write(`${server.url}\n`);
