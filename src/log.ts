import cluster from 'node:cluster';
import { destination, pino, stdTimeFunctions } from 'pino';
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

/** The process's structured log: one JSON object a line. */
export const log = pino(
  {
    level: config.LOG_LEVEL,
    base: { pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  },
  output,
);
