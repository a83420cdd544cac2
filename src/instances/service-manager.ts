import { execFile } from 'node:child_process';
import { log } from '../log.js';

/*
 * What systemd wants to know of a service (sd_notify). Its socket takes datagrams, which Node.js cannot send: systemd's own
 * command does.
 */

const MICROSECONDS_PER_MS = 1_000;

/** Whether a failure has been logged. */
let hasFailed = false;

/** Tells systemd of a state, such as `READY=1`. Does nothing where systemd has not asked for it. */
export function notifyServiceManager(...states: string[]): void {
  if (!process.env.NOTIFY_SOCKET) return;
  execFile('systemd-notify', states, (error) => {
    if (error && !hasFailed)
      log.warn({ err: error }, 'systemd could not be told of the state of the service');
    hasFailed = error !== null;
  });
}

/** Tells systemd twice in each time of its watchdog (`WatchdogSec`) that the event loop turns, if it has one. */
export function feedWatchdog(): void {
  const { WATCHDOG_USEC, WATCHDOG_PID } = process.env;
  const milliseconds = Number(WATCHDOG_USEC ?? 0) / MICROSECONDS_PER_MS;
  const isForOther = WATCHDOG_PID !== undefined && Number(WATCHDOG_PID) !== process.pid;
  if (!(milliseconds > 0) || isForOther) return;
  notifyServiceManager('WATCHDOG=1');
  setInterval(() => notifyServiceManager('WATCHDOG=1'), milliseconds / 2).unref();
}
