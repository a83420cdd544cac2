import cluster from 'node:cluster';
import { destination, pino } from 'pino';
import { config } from './config.js';

/** Writes of up to this size to a pipe are atomic (`PIPE_BUF`), so the lines of several workers do not mix. */
const PIPE_BYTES = 4_096;
const bytes = cluster.isWorker ? PIPE_BYTES : 4 * PIPE_BYTES;

/** Buffered standard output. It is flushed every 100 ms and at the end of the process. */
const output = destination({
  fd: 1,
  minLength: bytes / 2,
  maxWrite: bytes,
  periodicFlush: 100,
  sync: false,
});

let lastTime = 0;
let lastText = '';

/** The time of a line in ISO 8601. Lines of one millisecond share the text. */
function timestamp(): string {
  const now = Date.now();
  if (now !== lastTime) lastText = `,"time":"${new Date(now).toISOString()}"`;
  lastTime = now;
  return lastText;
}

/** The process's structured log: one JSON object a line. */
export const log = pino(
  {
    level: config.LOG_LEVEL,
    base: { pid: process.pid },
    timestamp,
    formatters: { level: (label) => ({ level: label }) },
  },
  output,
);
