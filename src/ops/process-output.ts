import { format } from 'node:util';
import { log } from '../log.js';

/** The levels at which console's methods are logged. */
const LEVELS = {
  log: 'info',
  info: 'info',
  debug: 'debug',
  trace: 'debug',
  warn: 'warn',
  error: 'error',
} as const;

/**
 * Logs what Node.js and libraries would print as plain text between the log's lines: warnings, what is written to the
 * console, and the error that ends the process. To be called once, by a process that serves.
 */
export function logProcessOutput(): void {
  // Node.js's own listener prints.
  process.removeAllListeners('warning').on('warning', (warning) => {
    log.warn({ err: warning }, 'Node.js warns');
  });
  for (const [method, level] of Object.entries(LEVELS)) {
    Reflect.set(console, method, (...output: unknown[]) => log[level](format(...output)));
  }
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an error that nothing handles ends the process');
    process.exit(1);
  });
}
