import { log } from './log.js';

/** How long an answer may take before Redis counts as away, in milliseconds. */
const TIMEOUT_MS = 500;
const LONGEST_WAIT_MS = 2_000;

/** A connection to Redis that comes back by itself; while it is away `send` fails at once. */
export interface Redis {
  isReady: () => boolean;
  /** Sends a command; rejects where Redis is away or too slow. */
  send: (command: string[]) => Promise<unknown>;
  /** Calls back at each (re)connection. */
  onReady: (callback: () => void) => void;
  /** Hears a channel on this connection; whoever has subscribed to it once may do so again. */
  subscribe: (channel: string, hear: (message: string) => void) => void;
  close: () => void;
}

/** Connects to Redis in the background; the log says once when it goes and once when it is back. */
export async function openRedis(url: string): Promise<Redis> {
  // A quarter of a second that a start without Redis saves.
  const { createClient } = await import('redis');
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: TIMEOUT_MS,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, LONGEST_WAIT_MS),
    },
  });
  let away = false;
  let hanging = false;
  const lost = (error: Error) => {
    if (!away)
      log.warn({ err: error }, 'Redis is away: each process counts limits for itself and keeps no answers');
    away = true;
  };
  const found = () => {
    if (away) log.info('Redis is back: limits are shared and answers kept again');
    away = false;
    hanging = false;
  };
  const probe = () => {
    if (!hanging) return;
    withinTime(client.sendCommand(['PING'])).then(found, () => void setTimeout(probe, TIMEOUT_MS).unref());
  };
  client.on('error', lost).on('ready', found);
  client.connect().catch(() => undefined);
  return {
    isReady: () => client.isReady && !hanging,
    send: async (command) => {
      try {
        return await withinTime(client.sendCommand(command));
      } catch (error) {
        // Only the first is waited for: until it answers again, no other request is.
        if (error instanceof Late && !hanging) {
          hanging = true;
          lost(error);
          probe();
        }
        throw error;
      }
    },
    onReady: (callback) => {
      client.on('ready', callback);
      if (client.isReady) callback();
    },
    subscribe: (channel, hear) => void client.subscribe(channel, hear).catch(() => undefined),
    close: () => {
      hanging = false;
      client.destroy();
    },
  };
}

class Late extends Error {}

async function withinTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const tooLate = () => reject(new Late('Redis did not answer in time'));
    // In two steps: where this process itself stood still, one is over, and answers that are there get read.
    timer = setTimeout(() => {
      timer = setTimeout(tooLate, TIMEOUT_MS / 2);
    }, TIMEOUT_MS / 2);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
