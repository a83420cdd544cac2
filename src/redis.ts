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
    if (!away) log.warn({ err: error }, 'Redis is away: limits are counted by each process for itself');
    away = true;
  };
  const found = () => {
    if (away) log.info('Redis is back: limits are shared again');
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
    onReady: (callback) => client.on('ready', callback),
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
    timer = setTimeout(() => reject(new Late('Redis did not answer in time')), TIMEOUT_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
