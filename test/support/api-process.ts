// The app, without the admin panel, in a process and with an environment of its own: prints its address and serves.
import { startServer } from './server.js';

const server = await startServer();
process.stdout.write(`${server.url}\n`);
