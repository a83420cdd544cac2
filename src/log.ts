import cluster from 'node:cluster';
import { destination, pino } from 'pino';
import { config } from './config.js';

/** A pipe takes as many bytes whole: the lines of several workers do not mix. */
const PIPE_BYTES = 4_096;
const bytes = cluster.isWorker ? PIPE_BYTES : 4 * PIPE_BYTES;

/** Standard output: lines go some at a time, and the last of them after a moment or at the end of the process. */
const output = destination({
  fd: 1,
  minLength: bytes / 2,
  maxWrite: bytes,
  periodicFlush: 100,
  sync: false,
});

let last = 0;
let lastText = '';

/** The time of a line, in ISO 8601; lines of one millisecond share its text. */
function timestamp(): string {
  const now = Date.now();
  if (now !== last) lastText = `,"time":"${new Date(now).toISOString()}"`;
  last = now;
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
