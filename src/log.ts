import { pino } from 'pino';
import { config } from './config.js';

/** The process's structured log: one JSON object a line on standard output. */
export const log = pino({
  level: config.LOG_LEVEL,
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
});
