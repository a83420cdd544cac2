import { ConfigError } from '../config.js';
import { ListenError } from '../http/listen.js';
import { log } from '../log.js';

/** Says why the process could not start, and sets its status to 1. */
export function tellFailedStart(error: unknown): void {
  if (error instanceof ConfigError || error instanceof ListenError)
    process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, 'Marquee could not start');
  process.exitCode = 1;
}
