import { destination, pino, stdTimeFunctions } from 'pino';
import { config } from './config.js';

/**
 * Standard output, to which lines go some at a time, and the last of them after a moment or at the end of the process.
 * A pipe takes as many bytes whole, so that the lines of several workers do not mix.
 */
const output = destination({ fd: 1, minLength: 2_048, maxWrite: 4_096, periodicFlush: 100, sync: false });

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
